"""Where pages end: what stays together, what is repeated, and that nothing leaves the paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest

from meetings import pdf, snapshot
from tests.meetings import pages, paper, snapshots

A, B = snapshots.paragraphs, snapshots.headings
BOTH = pytest.mark.parametrize("base", [A, B], ids=["paragraphs", "headings"])
SENTENCE = (
    "Rådet går igenom läget i kommunen och i länet, område för område, och jämför med samma tid "
    "förra året. "
)


def numbered(base: Callable[[], snapshot.Snapshot], number: int, **more: Any) -> snapshot.ItemLine:
    """An item whose heading and text can be told from those of the others on the same pages."""
    more |= {"number": number} if base is A else {}
    text = more.pop("text", f"<p>Början{number}x. {SENTENCE * 5}</p>")
    return snapshots.item(number, f"Rubrik{number}x", text, **more)


@BOTH
def test_a_heading_keeps_its_first_three_lines_wherever_the_page_ends(base):
    """With what stands between them too: who presents it, and the registry number."""
    fills = range(34, 42)
    found = pages.swept(
        base,
        lambda fill: numbered(
            base, fill, presenters="Ida Ek informerar.", registry_number=f"KS 2026/{fill}"
        ),
        fills,
    )
    for fill in fills:
        heading = pages.page_of(found, f"Rubrik{fill}x")
        assert heading == pages.page_of(found, f"Början{fill}x"), fill
        assert len(pages.following(found, f"Början{fill}x")) >= 3, fill


@BOTH
def test_a_report_keeps_its_label_its_first_lines_and_the_heading_above(base):
    fills = range(35, 42)
    found = pages.swept(
        base,
        lambda fill: numbered(
            base, fill, text="",
            reports=[snapshots.report(f"Polis{fill}x", f"<p>Början{fill}x. {SENTENCE * 14}</p>",
                                      "Ida Ek")],
        ),
        fills,
    )  # fmt: skip
    for fill in fills:
        begun = pages.page_of(found, f"Början{fill}x")
        assert pages.page_of(found, f"Rubrik{fill}x") == begun, fill
        assert pages.page_of(found, f"Polis{fill}x") == begun, fill
        assert len(pages.following(found, f"Början{fill}x")) >= 3, fill


@BOTH
def test_a_decision_is_whole_with_its_label_and_the_line_before_it(base):
    fills = range(28, 37)
    found = pages.swept(
        base,
        lambda fill: numbered(
            base, fill, text=f"<p>{SENTENCE * 2}Slutet{fill}x.</p>",
            decisions=[f"Först{fill}x {SENTENCE}", f"Sedan{fill}x {SENTENCE}", f"Sist{fill}x."],
        ),
        fills,
    )  # fmt: skip
    for fill in fills:
        (first,) = (line for line in found if f"Först{fill}x" in line.words)
        for other in (f"Sedan{fill}x", f"Sist{fill}x", f"Slutet{fill}x"):
            assert pages.page_of(found, other) == [first.page], fill
        beside = [line for line in found if line.page == first.page and line.left < pages.TEXT - 9]
        assert [o.words for o in beside if abs(o.top - first.top) < 6] == ["Beslut"], fill


def test_a_sentence_that_leads_in_to_a_list_stays_with_its_first_point():
    fills = range(35, 42)
    points = "".join(f"<li><p>Punkt nummer {n} är så här.</p></li>" for n in range(1, 11))
    found = pages.swept(
        A,
        lambda fill: numbered(
            A, fill, text=f"<p>{SENTENCE}</p><p>De tio{fill}x är:</p><ol>{points}</ol>"
        ),
        fills,
    )
    for fill in fills:
        words = [line.words for line in pages.following(found, f"De tio{fill}x")]
        assert words[1:2] == ["1."] or words[1].startswith("1. Punkt"), fill


def of_one(text: str, **more: Any) -> snapshot.Snapshot:
    """Minutes of one item with this text."""
    of = A()
    of["items"] = [snapshots.item(1, "Uppföljning", text, number=1, **more)]
    of["attachments"] = []
    return of


def test_what_goes_on_over_a_page_says_whose_it_is():
    report = snapshots.report("Polismyndigheten", f"<p>{SENTENCE * 60}</p>")
    found = pages.lines(paper.minutes(of_one("", reports=[report])))
    above = [line for line in found if 80 < line.top < pages.TOP - 2]
    assert [line.words for line in above] == ["§ 1, forts. Polismyndigheten"]
    assert abs(above[0].left - pages.LEFT) < 1
    of = of_one(f"<p>{SENTENCE}</p>")
    of["members"] = [snapshots.present(f"Bo Ek {n}", "Polisen") for n in range(60)]
    assert "Ledamöter, forts." in paper.page_texts(paper.minutes(of))[1]


def test_a_page_that_begins_with_something_new_says_nothing_of_the_one_before():
    found = pages.lines(paper.minutes(A()))
    above = {line.page: line.words for line in found if 80 < line.top < pages.TOP - 2}
    assert above == {3: "§ 6, forts.", 4: "§ 8, forts."}  # pages 4 and 5


ROWS = "".join(
    f"<tr><td>Rad {n}a</td><td>{'Skadegörelse mot en busskur vid torget. ' * (1 + n % 4)}"
    f"Rad {n}b</td></tr>" for n in range(60)
)  # fmt: skip


def test_a_long_table_begins_at_once_repeats_its_head_and_splits_no_row():
    table = f"<table><tr><th>Dag</th><th>Händelse</th></tr>{ROWS}</table>"
    found = pages.in_body(pages.lines(paper.minutes(of_one(f"<p>Inledning.</p>{table}"))))
    (begun,) = pages.page_of(found, "Inledning.")
    heads = [line.page for line in found if line.words == "Händelse"]
    assert heads == sorted(set(pages.page_of(found, "Rad ")))
    assert len(heads) >= 3
    assert pages.page_of(found, "Rad 0a") == [begun]
    for row in range(60):
        assert pages.page_of(found, f"Rad {row}a") == pages.page_of(found, f"Rad {row}b"), row


def test_a_short_table_is_kept_whole():
    rows = "".join(f"<tr><td>Rad {n}x</td><td>{n}</td></tr>" for n in range(8))
    table = f"<table><tr><th>Område</th><th>Antal</th></tr>{rows}</table>"
    for fill in (30, 36):
        found = pages.lines(paper.minutes(of_one(pages.filler(fill) + table)))
        assert len({*pages.page_of(found, "Rad 0x"), *pages.page_of(found, "Rad 7x")}) == 1


HEADS = ("Område", "Kv 1 2025", "Kv 2 2025", "Kv 3 2025", "Kv 4 2025", "Hela året",
         "Förändring mot 2024", "Ansvarig förvaltning")  # fmt: skip
CELLS = ("Södra industriområdet", "1 412", "371", "398", "402", "2 583", "−10 %",
         "Samhällsbyggnadsförvaltningen")  # fmt: skip
TABLES: dict[str, list[tuple[str, ...]]] = {
    "eight columns": [HEADS, CELLS],
    "twelve columns": [("Månad",) * 12, ("Kommunövergripande",) * 12],
    "long words": [
        ("Område", "Adress"),
        ("Brottsförebyggandesamverkansöverenskommelseuppföljningsansvarig",
         "https://www.example.com/en/mycket/lang/adress/som/inte/gar/att/bryta?fraga=1"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_no_table_is_wider_than_the_paper_and_no_column_runs_into_the_next(name):
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLES[name]
    )
    content = paper.minutes(of_one(f"<table>{rows}</table>"))
    found = [line for line in pages.in_body(pages.lines(content)) if line.page == 1]
    assert max(line.right for line in found) <= pages.RIGHT + 1
    for line in found:
        beside = [o for o in found if abs(o.top - line.top) < 3 and o.left > line.left + 1]
        assert all(other.left > line.right + 1 for other in beside), line
    if name == "eight columns":
        assert "2583" in "".join(paper.words(content).split())  # no figure is divided


def test_merged_cells_keep_their_columns():
    rows = (
        '<tr><th>Område</th><th colspan="2">Första halvåret</th></tr>'
        '<tr><td rowspan="2">Centrum</td><td>12</td><td>3</td></tr><tr><td>9</td><td>1</td></tr>'
    )
    found = pages.in_body(pages.lines(paper.minutes(of_one(f"<table>{rows}</table>"))))
    left = {line.words: round(line.left) for line in found if line.page == 1}
    assert abs(left["12"] - left["9"]) <= 1
    assert abs(left["3"] - left["1"]) <= 1
    assert left["Första halvåret"] <= left["12"] + 1 < left["3"]


@pytest.mark.parametrize("kept", ["kl. 13.30–15.00", "den 26–27 mars", "§§ 11–18", "2019–2020"])
def test_figures_with_a_dash_between_stay_on_one_line(kept):
    texts = "".join(f"<p>{'x' * n} {SENTENCE}{'y' * n} {kept} är det.</p>" for n in range(2, 40))
    found = pages.lines(paper.minutes(of_one(texts)))
    whole = kept.removeprefix("den ")
    assert sum(whole in line.words for line in found) == 38


def test_an_address_gets_no_hyphen_and_leaves_no_holes_in_the_line():
    address = "https://www.example.com/brottsforebyggande/samverkan?fraga=ett&amp;svar=tva"
    text = f"<p>Läs mer på {address} och skriv till oss. {SENTENCE}</p>" * 3
    content = paper.minutes(of_one(text))
    assert "".join(paper.words(content).split()).count(address.replace("&amp;", "&")) == 3
    lines = [line for line in pages.in_body(pages.lines(content)) if line.page == 1]
    assert any(line.right < pages.RIGHT - 8 for line in lines)  # ranged left, not stretched


NAMES = "Łukasz Østergård-Ćosić, Þórður Jónsson, Nguyễn Thị Hường, Σωκράτης Παπάς, Дмитро Їжак"


def test_names_from_afar_are_set_in_the_same_type():
    content = paper.minutes(of_one(f"<p>{NAMES} och <strong>{NAMES}</strong></p>"))
    assert paper.words(content).count(NAMES) == 2
    assert fonts_of(content) == {"Source"}


def test_a_sign_that_no_font_has_is_written_as_its_number_and_nothing_is_an_empty_box():
    content = paper.minutes(of_one("<p>Bra 👍🏽 jobbat 一 och ❤️, e\u0301tt x ≥ 3 → y ✓.</p>"))
    assert "Bra [U+1F44D] jobbat [U+4E00] och ❤, étt x ≥ 3 → y ✓." in paper.words(content)
    assert fonts_of(content) == {"Source", "DejaVu"}
    assert paper.failures(content, "3a") == []


def fonts_of(content: bytes) -> set[str]:
    """The families of every letter on the pages."""
    found = set()
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                name = thing.get_font().get_base_name()
                found.add(name.split("+")[-1].split("-")[0].replace(" ", ""))
            page.close()
    return found


@pytest.mark.parametrize("long", [False, True])
def test_the_first_item_never_leaves_a_page_of_attendance_nearly_empty(long):
    for count in (20, 26):
        of = of_one(f"<p>{SENTENCE * 30}</p>")
        name = "Ann-Charlotte Nguyễn Østergård" if long else "Bo Ek"
        of["members"] = [snapshots.present(f"{name} {n}", "Polisen") for n in range(count)]
        found = pages.in_body(pages.lines(paper.minutes(of)))
        item = next(line for line in found if line.words == "Uppföljning")
        before = [line for line in found if line.page == item.page - 1]
        assert max(line.top for line in before) > pages.HEIGHT / 2


def test_the_running_head_of_long_names_stays_above_its_rule_and_in_its_columns():
    of = A()
    of["cover"] |= {
        "municipality": "Norra Älvbygdens och Mellanbygdens kommunalförbund",
        "short_name": "Lokala brottsförebyggande rådet i Norra Älvbygden",
    }
    head = [line for line in pages.lines(paper.minutes(of)) if line.page == 1 and line.top < 80]
    assert max(line.top for line in head) < 66
    place = [line for line in head if line.left < pages.TEXT - 5]
    assert max(line.right for line in place) < pages.TEXT - 3


@pytest.mark.parametrize("state", ["draft", "signing", "approved"])
def test_minutes_with_nothing_in_them_are_a_cover_and_a_page_of_signatures(state):
    of = A()
    of["cover"] |= {"starts_at": "", "ends_at": "", "place": "", "scope": "", "secretary": "",
                    "chair": "", "registry_number": ""}  # fmt: skip
    of |= {"members": [], "others": [], "apologies": [], "items": [], "attachments": []}
    of["signers"] = [{**line, "name": "", "person": None} for line in of["signers"]]
    content = pdf.render_minutes(snapshot=of, standing=snapshots.standing(state, of), arms=None)
    assert len(paper.page_texts(content)) == 2
    assert paper.failures(content, "3a") == paper.failures(content, "ua1") == []


@pytest.mark.parametrize("name", ["kort", "lång"])
def test_the_page_of_signatures_is_one_page_whole(name):
    of = A() if name == "lång" else of_one("<p>Kort.</p>")
    found = pages.lines(paper.minutes(of))
    last = found[-1].page
    assert pages.page_of(found, "Underskrifter")[-1:] == [last]
    assert pages.page_of(found, "Händelselogg") == [last]
