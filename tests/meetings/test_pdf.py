"""What is printed: both styles, every state, extract and agenda; what is empty is left out."""

from __future__ import annotations

import re

import pytest

from meetings import pdf, snapshot
from tests.meetings import pages, paper, snapshots


def test_the_cover_of_a_paragraph_protocol_says_who_when_and_where():
    cover = paper.page_texts(paper.minutes(snapshots.paragraphs()))[0]
    assert cover.startswith(
        "Älvhamra lokala brottsförebyggande råd Protokoll den 5 mars 2026 "
        "Tid Torsdag den 5 mars kl. 13.00–15.40 Plats Vågsalen, kommunhuset Omfattning §§ 1–8 "
        "Ledamöter Namn Organisation Roll och närvaro Karin Hedlund Kommunstyrelsen ordförande "
    )
    assert "Nermina Hadžić Utbildningsnämnden t.o.m. § 5" in cover
    assert "Łukasz Østergård-Ćosić Älvbygdens gymnasieförbund på distans" in cover
    assert "Övriga närvarande Jonatan Ryd Länsstyrelsen § 4, på distans" in cover
    assert "Förhindrade Per Dahlin Samhällsbyggnadsförvaltningen" in cover
    assert "Sekreterare Petra Lindh Åström Justeras Karin Hedlund, ordförande " in cover
    assert "PROTOKOLL Lokala BRÅ Sammanträdesdatum 2026-03-05 Sida 1 (6)" in cover


def test_the_head_of_a_heading_protocol_groups_people_by_organisation():
    first = paper.page_texts(paper.minutes(snapshots.headings()))[0]
    assert first.startswith(
        "Brottsförebyggande rådet Minnesanteckningar den 21 augusti 2026 Närvarande "
        "Organisation Namn Kommunstyrelsen Rolf Ahlgren (ordförande) och Eva-Lotta "
    )
    shared = "Ulf Gerdmar och Pontus Karlén (t.o.m. Ljungdagarna)"
    assert f"Västra Ljungs räddningstjänst {shared}" in first
    assert "MINNESANTECKNINGAR BRÅ Mötesdatum 2026-08-21 Sida 1 (3)" in first
    for label in ("Tid ", "Plats ", "Omfattning", "Förhindrade", "Övriga närvarande"):
        assert label not in first


def test_time_and_place_are_printed_in_a_heading_protocol_that_has_them():
    of = snapshots.headings()
    of["cover"]["starts_at"], of["cover"]["place"] = "13:30", "H-salen"
    first = paper.page_texts(paper.minutes(of))[0]
    assert "Tid Fredag den 21 augusti kl. 13.30 Plats H-salen" in first


def test_everything_of_an_item_comes_in_the_order_it_is_read():
    text = paper.words(paper.minutes(snapshots.paragraphs()))
    in_order = [
        "§ 2 Val av justerare Beslut Mikael Sandgren utses att justera dagens protokoll.",
        "§ 4 Länsstyrelsens stöd till det lokala brottsförebyggande arbetet Jonatan Ryd, regional",
        "Enligt förordningen (2016:1258) om regional samordning inom det brottsförebyggande",
        "1. Gemensam lägesbild", "10. Arbete mot våldsbejakande extremism.",
        "öppnar den 1 april. Beslut Informationen läggs till handlingarna.",
        "– Ökad närvaro", "Område 2024 2025 Förändring Centrum, med resecentrum 412 371 −10 %",
        "Uppdrag Fredrik Holmsten undersöker till nästa möte", "Dnr KS 2026/87",
        "Beslut 1. Rådet ställer sig bakom", "3. Processen utvärderas",
        "Expedieras till Samhällsbyggnadsförvaltningen,", "§ 8 Aktuellt från respektive",
        "Polisen Fredrik Holmsten Bilar trotsar förbudet", "Socialförvaltningen Inget särskilt",
        "Förslag Karin Hedlund föreslår", "Nästa möte Torsdagen den 4 juni kl. 13.00–15.30",
        "Uppdragslista § Vad Ansvarig Klart senast", "6 Bjuda in till årets fyra",
        "Bilagor Nr Innehåll Till Omfång 1 Uppföljning av medborgarlöften, hösten 2025 § 5 6 sidor",
        "Underskrifter Protokollet är justerat den 13 mars 2026.",
    ]  # fmt: skip
    places = [text.find(part) for part in in_order]
    assert -1 not in places, in_order[places.index(-1)]
    assert places == sorted(places)


@pytest.mark.parametrize("of", [snapshots.paragraphs, snapshots.headings])
def test_points_of_a_text_keep_their_own_numbers_and_are_no_paragraphs(of):
    minutes = of()
    points = (
        '<p>”Runt” – "rakt" — så.</p><ol start="4"><li><p>Torget</p><ol type="a"><li><p>kiosk</p>'
        "</li><li><p>bänk</p><ul><li><p>av trä</p></li></ul></li></ol></li><li><p>Parken</p></li>"
        "</ol>"
    )
    minutes["items"] = [{**minutes["items"][0], "text": points}, *minutes["items"][1:]]
    text = paper.words(paper.minutes(minutes))
    assert '”Runt” – "rakt" — så. 4. Torget a. kiosk b. bänk – av trä 5. Parken' in text
    assert not re.search(r"§.{0,3}Torget", text)


def test_topics_for_the_next_meeting_stand_under_it():
    text = paper.words(paper.minutes(snapshots.headings()))
    assert (
        "i Ljungsalen, kommunhuset. Ämnen att ta upp – Länsstyrelsens samordning (Ylva Strandell "
        "inbjuden) – Fortsatt information" in text
    )


def test_words_that_stand_in_the_text_are_not_set_off_again():
    text = paper.words(paper.minutes(snapshots.paragraphs()))
    assert text.count("Bjuda in till årets fyra trygghetsvandringar.") == 1
    assert "Uppdrag Bjuda in" not in text


def test_a_proposal_is_no_action_in_the_list():
    text = paper.words(paper.minutes(snapshots.paragraphs()))
    assert text.count("Karin Hedlund föreslår att en skrivelse görs") == 1


def test_who_is_added_only_where_the_sentence_does_not_say_it():
    of = snapshots.headings()
    of["items"][0]["actions"] = [
        snapshots.action("Uppdrag", "Mäta områdena var för sig.", "Jesper Kvist", "", False),
        snapshots.action("Uppdrag", "Malin Tornborg ringer regionen.", "Malin Tornborg", "", False),
    ]
    text = paper.words(paper.minutes(of))
    assert "Mäta områdena var för sig. Ansvarig: Jesper Kvist. Malin Tornborg ringer" in text
    assert "Ansvarig: Malin" not in text


def test_a_long_name_in_the_list_of_actions_is_divided_with_a_hyphen():
    of = snapshots.headings()
    names = [
        "Samhällsbyggnadsnämnden",
        "Köpmannaföreningen i Ljungsäter",
        "Strandköpingsbostäder AB",
    ]
    of["items"][0]["actions"] = [
        snapshots.action("Uppdrag", f"Sak {i}.", name, "", True) for i, name in enumerate(names)
    ]
    text = paper.words(paper.minutes(of))
    assert [text.count(name) for name in names] == [1, 1, 1]


def test_what_is_empty_leaves_no_heading():
    of = snapshots.headings()
    of["items"] = [snapshots.item(1, "Inledning", "<p>Mötet öppnas.</p>")]
    of["cover"]["registry_number"] = ""
    text = paper.words(paper.minutes(of, "draft", arms=None))
    for heading in ("Uppdragslista", "Bilagor", "Beslut", "Expedieras", "Ämnen", "Dnr"):
        assert heading not in text


@pytest.mark.parametrize("of", [snapshots.paragraphs(), snapshots.headings()])
def test_a_draft_says_so_twice_on_every_page(of):
    for page in paper.page_texts(paper.minutes(of, "draft")):
        assert page.count("Utkast – ej justerat") == 2
        assert "Arbetsmaterial. Lämna synpunkter i systemet, inte per e-post." in page
        assert "Sparat 2026-03-09 kl. 10.31" in page
        assert "Text-id" not in page


def test_no_other_paper_is_marked_as_a_draft():
    for state in ("signing", "approved"):
        assert "Utkast" not in paper.words(paper.minutes(snapshots.paragraphs(), state))


def test_before_approval_the_last_page_claims_nothing():
    last = paper.page_texts(paper.minutes(snapshots.paragraphs(), "signing"))[-1]
    assert last.startswith(
        "Underskrifter Protokollet är inte justerat än. Texten låstes den 9 mars 2026 och väntar "
        "på godkännande av ordföranden och justeraren. Vid protokollet Petra Lindh Åström "
        "Sekreterare Låste texten för justering 2026-03-09 kl. 10.31 Justeras Karin Hedlund "
        "Ordförande Väntar på godkännande Mikael Sandgren Justerare Väntar på godkännande "
    )
    assert "Digitalt godkännande" not in last
    assert "protokoll.json" not in last
    assert " I filen – Händelselogg – " in last


def test_after_approval_the_last_page_tells_who_how_and_when():
    of = snapshots.paragraphs()
    text_id = snapshot.sha256_of(snapshot.canonical(of))
    last = paper.page_texts(paper.minutes(of))[-1]
    assert (
        "Justerat av Karin Hedlund Ordförande Digitalt godkännande med lösenord "
        "2026-03-13 kl. 09.12 Mikael Sandgren Justerare Digitalt godkännande med lösenord" in last
    )
    assert "Originalet är den digitala filen" in last
    assert f"Text-id {snapshot.short_hash(text_id)} SHA-256 {text_id[:32]}" in last
    assert text_id[32:] in last
    assert "Händelselogg nr 1 482, c41d 09aa 7be2" in last
    for claim in ("Förseglat", "elektroniskt underskrivet", "BankID", "kontroll"):
        assert claim not in last


def test_an_approval_counts_for_its_own_name_and_role_only():
    of = snapshots.paragraphs()
    ready = snapshots.standing("approved", of)
    half = pdf.Standing(
        state="signing", text_id=ready.text_id, frozen_at=ready.frozen_at,
        approvals=ready.approvals[:1],
    )  # fmt: skip
    rows = pdf.minutes_context(snapshot=of, standing=half)["minutes"]["signatures"]["rows"]
    assert [(row["name"], row["done"]) for row in rows] == [
        ("Petra Lindh Åström", False), ("Karin Hedlund", True), ("Mikael Sandgren", False),
    ]  # fmt: skip


def test_an_extract_holds_its_own_item_and_who_attested_it():
    text = paper.words(paper.extract(6))
    assert text.startswith(
        "Protokollsutdrag Älvhamra lokala brottsförebyggande råd, 5 mars 2026 § 6 "
    )
    assert (
        "Justerat 2026-03-13 av Karin Hedlund, ordförande, och Mikael Sandgren, justerare "
        "Utdragsbestyrkande Petra Lindh Åström, sekreterare, 2026-03-13 kl. 09.12" in text
    )
    assert "Utdrag ur protokoll §§ 1–8, text-id" in text
    assert "§ 5 " not in text


def test_an_extract_of_unapproved_minutes_says_that():
    assert "Justerat Protokollet är inte justerat än." in paper.words(paper.extract(6, "signing"))


def test_an_item_of_other_minutes_cannot_be_extracted():
    with pytest.raises(KeyError):
        paper.extract(21)


def test_the_agenda_lists_items_with_times_papers_and_kind():
    text = paper.words(pdf.render_agenda(agenda=snapshots.agenda(), arms=None))
    assert "Kallelse till möte den 4 juni 2026 Tid Torsdag den 4 juni kl. 13.00–15.30" in text
    assert "Svara senast Torsdag den 28 maj." in text
    assert "13.50 4 Skrivelse om trafiken på Hamngatan Beslut Ida Mårtensson," in text
    assert "Förslag till beslut: Rådet ställer sig bakom skrivelsen." in text
    assert "Handling: förslag till skrivelse. Kommer senare: karta." in text
    assert "14.10 Paus 15 min 14.45 5 Aktuellt" in text


@pytest.mark.parametrize("of", [snapshots.paragraphs, snapshots.headings])
def test_the_councils_colour_marks_decisions_and_the_file_keeps_both_standards(of):
    usual = paper.minutes(of())
    coloured = of()
    coloured["cover"]["accent"] = "blue"
    made = paper.minutes(coloured)
    arms = drawn_in(made, TEAL)
    assert (arms, drawn_in(usual, BLUE)) == (1, 0)
    assert drawn_in(made, BLUE) == drawn_in(usual, TEAL) - arms > 10
    assert paper.failures(made, "3a") == paper.failures(made, "ua1") == []


TEAL, BLUE = (0x0E, 0x4F, 0x57), (0x1B, 0x4B, 0x91)


def drawn_in(made: bytes, tone: tuple[int, int, int]) -> int:
    """How often something is filled with the tone."""
    said = " ".join(f"{part / 255:.6f}".rstrip("0") for part in tone)
    return sum(str(stream).count(f"{said} rg") for stream in paper.page_streams(made))


def test_style_b_joins_the_names_of_an_organisation_and_breaks_none_of_them():
    of = snapshots.headings()
    of["members"] = [
        snapshots.present("Rolf Ahlgren", "Kommunstyrelsen", "ordförande"),
        snapshots.present("Eva-Lotta Brandelius", "Kommunstyrelsen"),
        snapshots.present(snapshots.LONG_NAME, "Kommunstyrelsen", "t.o.m. Ljungdagarna"),
        snapshots.present("Jesper Kvist", "Polisen"),
    ]
    made = paper.minutes(of)
    names = f"Eva-Lotta Brandelius och {snapshots.LONG_NAME}"
    listed = f"Kommunstyrelsen Rolf Ahlgren (ordförande), {names} (t.o.m. Ljungdagarna)"
    assert f"{listed} Polisen Jesper Kvist" in paper.words(made).replace("\N{NO-BREAK SPACE}", " ")
    lines = [line.words for line in pages.lines(made)]
    assert [any(name in line for line in lines) for name in (
        "Rolf Ahlgren", "Eva-Lotta Brandelius", snapshots.LONG_NAME,
    )] == [True] * 3  # fmt: skip


@pytest.mark.parametrize("column", ["organisation", "note"])
def test_names_of_organisations_are_not_cut_near_their_end(column):
    """ "Köpmannaföreninge-n" and "Köpmannaföre-ningen" were seen."""
    of = snapshots.paragraphs()
    of["items"], of["others"], of["apologies"] = of["items"][:1], [], []
    for n, line in enumerate(of["members"]):
        line["organisation"] = line["note"] = ""
        line[column] = f"{'m' * n} Köpmannaföreningen"  # type: ignore[literal-required]
    made = paper.minutes(of)
    ends = {"Köpmannaföreningen", "föreningen", "naföreningen"}
    last = [line.words.split()[-1] for line in pages.lines(made) if "ningen" in line.words]
    assert len(last) == len(of["members"])
    assert {word.strip("\ufffe") for word in last} <= ends
