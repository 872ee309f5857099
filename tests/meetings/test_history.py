"""A meeting's history: every act a Swedish sentence with its §, for those who keep the council."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings import archiving, attaching, followup, history, minuting, planning, signing, summoning
from meetings.models import ActionStatus, ItemKind, Meeting, Mode, SealedMinutes
from members import audit
from members.models import AuditEntry, Organisation, Person
from tests import builders
from tests.builders import Cast
from tests.meetings import paper

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


def told(meeting: Meeting, *, reads_draft: bool = True) -> list[str]:
    """The sentences, oldest first, with plain spaces."""
    meeting.refresh_from_db()
    lines = history.history_of(meeting, reads_draft=reads_draft)
    return [f"{line.words} {line.times}".strip().replace(NBSP, " ") for line in reversed(lines)]


def told_of(meeting: Meeting, act: Callable[[], object]) -> str:
    """The one sentence an act adds."""
    before = told(meeting)
    act()
    new = told(meeting)[len(before) :]
    assert len(new) == 1
    return new[0]


def item(meeting: Meeting, kind: ItemKind):
    return meeting.items.standing().get(kind=kind)


def test_a_meeting_from_plan_to_call(cast: Cast) -> None:
    meeting, by = builders.planned(cast), cast.secretary
    added = planning.add_item(by=by, meeting=meeting, heading="Medborgarlöften")
    planning.change_item(by=by, item=added, presenters="Patrik")
    planning.move_item(by=by, item=added, to=3)
    paper_ = builders.attach(cast, meeting)
    attaching.change_attachment(by=by, attachment=paper_, title="Uppföljning 2025", item=None)
    attaching.remove_attachment(by=by, attachment=paper_)
    gone = builders.removed_item(cast, meeting)
    planning.restore_item(by=by, item=gone)
    planning.remove_item(by=by, item=gone)
    planning.change_meeting(
        by=by, meeting=meeting, date=meeting.date, starts_at=None, ends_at=None, place="Vågsalen"
    )
    summoning.summon(by=by, meeting=meeting)
    planning.cancel_meeting(by=by, meeting=meeting)
    assert told(meeting) == [
        "Karin Tallhed planerade mötet",
        "Karin Tallhed lade till § 4 Medborgarlöften",
        "Karin Tallhed ändrade § 4 Medborgarlöften",
        "Karin Tallhed flyttade § 4 Medborgarlöften",
        "Karin Tallhed lade till bilagan uppföljning",
        "Karin Tallhed ändrade bilagan Uppföljning 2025",
        "Karin Tallhed tog bort bilagan Uppföljning 2025",
        "Karin Tallhed lade till punkten Struken punkt",
        "Karin Tallhed tog bort punkten Struken punkt",
        "Karin Tallhed tog tillbaka punkten Struken punkt",
        "Karin Tallhed tog bort punkten Struken punkt",
        "Karin Tallhed ändrade mötets uppgifter",
        "Karin Tallhed kallade till mötet",
        "Karin Tallhed ställde in mötet",
    ]


def test_what_is_done_on_the_desk(cast: Cast) -> None:
    meeting, by = builders.minuting_open(cast), cast.secretary
    table, opening = item(meeting, ItemKind.ROUND_TABLE), item(meeting, ItemKind.OPENING)
    election, coming = item(meeting, ItemKind.ADJUSTER), item(meeting, ItemKind.NEXT_MEETING)
    police = Organisation.objects.get(name="Polisen")
    builders.mark(by, meeting, cast.member, Mode.APOLOGY)
    builders.mark(by, meeting, cast.chair, Mode.REMOTE)
    minuting.mark_rest_present(by=by, meeting=meeting)
    guest = minuting.add_guest(by=by, meeting=meeting, name="Ylva Gäst")
    minuting.go(by=by, row=guest, item=opening)
    minuting.remove_from_list(by=by, row=guest)
    minuting.set_decisions(by=by, item=opening, points=["Ett."])
    minuting.elect_adjusters(by=by, item=election, persons=[cast.adjuster])
    report = minuting.add_report(by=by, item=table, organisation=police)
    minuting.move_report(by=by, report=report, to=0)
    action = followup.give_action(by=by, item=table, text="Laga pollarna.")
    followup.change_action(by=by, action=action, persons=[cast.member])
    followup.follow_up(by=by, action=action, status=ActionStatus.DONE)
    followup.set_topics(by=by, item=coming, topics=[("Trygghet", "")])
    later = builders.DAY + datetime.timedelta(days=60)
    followup.set_next_meeting(by=by, meeting=meeting, date=later)
    assert told(meeting)[1:] == [
        "Karin Tallhed öppnade protokollet",
        "Karin Tallhed antecknade Patrik Norrbäck med förhinder",
        "Karin Tallhed antecknade Gunilla Strömvik som närvarande på distans",
        "Karin Tallhed antecknade resten (4) som närvarande",
        "Karin Tallhed lade till Ylva Gäst på närvarolistan",
        "Karin Tallhed antecknade när Ylva Gäst gick",
        "Karin Tallhed tog bort Ylva Gäst från närvarolistan",
        "Karin Tallhed ändrade besluten i § 1 Inledning",
        "Karin Tallhed antecknade val av justerare i § 2 Val av justerare",
        "Karin Tallhed lade till rapporten från Polisen i § 4",
        "Karin Tallhed flyttade rapporten från Polisen i § 4",
        "Karin Tallhed antecknade uppdraget ”Laga pollarna.” i § 4",
        "Karin Tallhed ändrade uppdraget ”Laga pollarna.” i § 4",
        "Karin Tallhed ändrade läget för uppdraget ”Laga pollarna.” i § 4 till ”Klart”",
        "Karin Tallhed ändrade listan med ämnen att ta upp i § 5 Nästa möte",
        "Karin Tallhed antecknade nästa möte",
    ]


def test_justering_and_the_seal_and_an_extract(cast: Cast) -> None:
    meeting = builders.sealed(cast)
    minutes = archiving.minutes_of(meeting)
    first = meeting.items.standing()[0]
    archiving.certify_extract(by=cast.secretary, minutes=minutes, item=first.pk)
    assert told(meeting)[-5:] == [
        "Karin Tallhed skickade protokollet till justering",
        "Gunilla Strömvik justerade protokollet som ordförande",
        "Jörgen Almhöjd justerade protokollet som justerare",
        "Programmet låste protokollet efter justeringen",
        "Karin Tallhed bestyrkte ett utdrag ur protokollet",
    ]


def test_notes_are_called_notes_and_have_no_sections(cast: Cast) -> None:
    round_ = builders.notes_in_signing(cast)
    signing.return_minutes(
        by=cast.other_chair, signer=round_.signers.get(person=cast.other_chair), comment="Nej."
    )
    sentences = told(round_.meeting)
    assert "Niklas Törngren lade till punkt 1 Läget i centrum" in sentences
    assert "Niklas Törngren öppnade minnesanteckningarna" in sentences
    assert sentences[-2:] == [
        "Niklas Törngren skickade minnesanteckningarna till justering",
        "Rolf Ahlgren lämnade tillbaka minnesanteckningarna",
    ]


def test_saves_of_a_text_are_counted_together_by_day_and_person(cast: Cast) -> None:
    meeting = builders.minuting_open(cast)
    opening = item(meeting, ItemKind.OPENING)
    for n in range(12):
        builders.write(cast.secretary, opening, f"<p>Text {n}.</p>")
    minuting.save_text(by=cast.chair, target=opening, html="<p>För sent.</p>", base_version=0)
    assert told(meeting)[2:] == [
        "Karin Tallhed ändrade texten i § 1 Inledning (12 gånger)",
        "Gunilla Strömvik sparade en text i § 1 Inledning som inte blev den gällande",
    ]


def test_a_text_of_a_report_is_told_with_whose_it_is(cast: Cast) -> None:
    meeting = builders.minuting_open(cast)
    table = item(meeting, ItemKind.ROUND_TABLE)
    report = minuting.add_report(by=cast.secretary, item=table, label="Polisen")
    minuting.save_text(by=cast.secretary, target=report, html="<p>Lugnt.</p>", base_version=0)
    assert told(meeting)[-1] == "Karin Tallhed ändrade texten i rapporten från Polisen i § 4"


def test_the_same_thing_in_a_row_is_one_line_with_its_first_time() -> None:
    start = datetime.datetime(2026, 3, 12, 12, 2, tzinfo=datetime.UTC)
    minutes = datetime.timedelta(minutes=1)
    lines = [
        history.Line(start + 40 * minutes, "Anna ändrade § 4"),
        history.Line(start + 20 * minutes, "Anna ändrade § 4", 3, start + 10 * minutes),
        history.Line(start, "Anna öppnade protokollet"),
        history.Line(start - 24 * 60 * minutes, "Anna öppnade protokollet"),
    ]
    found = list(history.merged(lines))
    assert [(line.clock, line.words, line.times) for line in found] == [
        ("13.42", "Anna ändrade § 4", "(4 gånger från 13.12)"),
        ("13.02", "Anna öppnade protokollet", ""),
        ("13.02", "Anna öppnade protokollet", ""),
    ]
    assert [day.day for day, _ in history.by_day(found)] == [12, 11]


def test_who_does_not_read_the_draft_is_told_that_but_not_what(cast: Cast) -> None:
    meeting, by = builders.minuting_open(cast), cast.secretary
    table = item(meeting, ItemKind.ROUND_TABLE)
    builders.mark(by, meeting, cast.member, Mode.APOLOGY)
    minuting.add_report(by=by, item=table, label="Polisen")
    followup.give_action(by=by, item=table, text="Hemlig sak.")
    builders.attach(cast, meeting, filename="hemlig.txt")
    assert told(meeting, reads_draft=False)[2:] == [
        "Karin Tallhed antecknade en person med förhinder",
        "Karin Tallhed lade till en rapport i § 4",
        "Karin Tallhed antecknade ett uppdrag i § 4",
        "Karin Tallhed lade till en bilaga",
    ]


def test_every_entry_about_a_meeting_or_its_parts_says_which(cast: Cast) -> None:
    meeting = builders.sealed(cast)
    about = AuditEntry.objects.filter(subject_type__startswith="meetings.")
    assert set(about.values_list("meeting_id", flat=True)) == {meeting.pk}
    assert not AuditEntry.objects.exclude(subject_type__startswith="meetings.").exclude(
        meeting_id=None
    )


# --- The page


def page(client: Client, meeting: Meeting, query: str = "") -> str:
    url = reverse("history", args=[meeting.council.slug, meeting.key])
    return client.get(url + query).text


def test_the_page_is_by_day_with_the_newest_first(
    cast: Cast, as_: Callable[[Person], Client]
) -> None:
    meeting = builders.minuting_open(cast)
    shown = page(as_(cast.secretary), meeting)
    today = timezone.localdate().isoformat()
    assert re.findall(r'<h2 id="dag-([\d-]+)"', shown) == [today]
    assert shown.index("öppnade protokollet") < shown.index("planerade mötet")
    assert re.search(r"<time datetime=\"[^\"]+\">\d\d\.\d\d</time> <span>Karin Tallhed ", shown)


def test_the_administrator_reads_it_and_members_do_not(
    cast: Cast, as_: Callable[[Person], Client]
) -> None:
    meeting = builders.minuting_open(cast)
    builders.attach(cast, meeting, filename="hemlig.txt")
    assert "lade till en bilaga" in page(as_(cast.administrator), meeting)
    assert "hemlig" not in page(as_(cast.administrator), meeting)
    url = reverse("history", args=[meeting.council.slug, meeting.key])
    for person in (cast.chair, cast.member, cast.other_secretary):
        assert as_(person).get(url).status_code == 404


def test_the_meeting_links_to_it_for_those_who_may(
    cast: Cast, as_: Callable[[Person], Client]
) -> None:
    meeting = builders.planned(cast)
    address = reverse("meeting", args=[meeting.council.slug, meeting.key])
    link = reverse("history", args=[meeting.council.slug, meeting.key])
    people = (cast.secretary, cast.administrator, cast.chair, cast.member)
    found = [link in as_(person).get(address).text for person in people]
    assert found == [True, True, False, False]


def test_a_long_history_is_paged(
    cast: Cast, as_: Callable[[Person], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetings.views.history.PER_PAGE", 1)
    meeting = builders.minuting_open(cast)
    assert "öppnade protokollet" in page(as_(cast.secretary), meeting)
    assert "planerade mötet" in page(as_(cast.secretary), meeting, "?sida=2")
    assert "planerade mötet" in page(as_(cast.secretary), meeting, "?sida=99")


def test_names_and_headings_are_only_text(cast: Cast, as_: Callable[[Person], Client]) -> None:
    meeting = builders.planned(cast)
    planning.add_item(by=cast.secretary, meeting=meeting, heading="<b>{what}</b> & %s")
    assert "lade till § 6 &lt;b&gt;{what}&lt;/b&gt; &amp; %s" in page(
        as_(cast.secretary), meeting
    ).replace(NBSP, " ")


# --- The anchor on the paper


def test_the_sealed_paper_prints_the_head_of_the_trail(cast: Cast) -> None:
    meeting = builders.sealed(cast)
    entry = AuditEntry.objects.get(action="minutes.sealed")
    head = audit.Head(entry.facts["trail_sequence"], bytes.fromhex(entry.facts["trail_hash"]))
    noted = AuditEntry.objects.get(council=meeting.council, sequence=head.sequence)
    assert bytes(noted.hash) == head.hash
    assert (noted.action, noted.sequence) == ("signing.approved", entry.sequence - 1)
    texts = paper.page_texts(bytes(SealedMinutes.objects.get(meeting=meeting).pdf))
    assert archiving.minutes_of(meeting).standing.trail == head.printed
    printed = head.printed.replace(NBSP, " ")
    assert [f"Händelselogg {printed}" in text.replace(NBSP, " ") for text in texts] == [
        *[False] * (len(texts) - 1), True,
    ]  # fmt: skip


def test_the_history_is_read_by_its_index(cast: Cast) -> None:
    meeting = builders.planned(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {audit.history_of_meeting(meeting.pk).query}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "audit_meeting" in plan
