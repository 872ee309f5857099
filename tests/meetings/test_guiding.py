"""A meeting's next step, in a sentence and at most one button, for each who may see the meeting."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from meetings import guiding, minuting, planning, signing, summoning, wording
from meetings.models import Meeting
from members.models import Person
from tests import builders
from tests.builders import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]
TODAY = timezone.localdate()
DAYS = datetime.timedelta


def step(meeting: Meeting, person: Person) -> tuple[str, str]:
    """The sentence and the button."""
    meeting = Meeting.objects.select_related("council__municipality", "secretary").get(
        pk=meeting.pk
    )
    found = guiding.next_step(guiding.situation_of(meeting, person))
    return found.text.replace(wording.NBSP, " "), found.action


def said(date: datetime.date) -> str:
    return wording.named_day(date).replace(wording.NBSP, " ")


def test_before_the_meeting_the_secretary_is_led_on_and_the_others_are_told(cast: Cast) -> None:
    meeting = builders.planned(cast, TODAY + DAYS(3))
    due = said(meeting.summons_due_on)
    assert step(meeting, cast.secretary) == (
        f"Kallelsen skulle ha gått ut {due}. Den går till 5 personer, med dagordning och "
        "handlingar.",
        "Granska och skicka kallelsen",
    )
    assert step(meeting, cast.member) == (
        f"Kallelsen har inte gått ut än. Den kommer senast {due}.", "",
    )  # fmt: skip
    summoning.summon(by=cast.secretary, meeting=meeting)
    assert step(meeting, cast.secretary)[1] == "Öppna protokollet"
    read = "Kallelsen som PDF"
    assert step(meeting, cast.member) == (
        "Du är kallad. Läs dagordningen och handlingarna före mötet.", read,
    )  # fmt: skip
    assert step(meeting, cast.reader) == (
        "Kallelsen är skickad. Här är dagordning och handlingar.", read,
    )  # fmt: skip
    minuting.open_minutes(by=cast.secretary, meeting=meeting)
    assert step(meeting, cast.secretary) == (
        "Protokollet är öppnat. Förbered texterna redan nu och pricka av vid mötet.",
        "Skriv protokollet",
    )


def test_a_cancelled_meeting_asks_nothing_of_anybody(cast: Cast) -> None:
    meeting = builders.planned(cast, TODAY + DAYS(3))
    planning.cancel_meeting(by=cast.secretary, meeting=meeting)
    assert [step(meeting, one) for one in (cast.member, cast.secretary)] == [
        ("Mötet är inställt. Du behöver inte göra något.", ""),
        (
            "Mötet är inställt. Ska det hållas en annan dag planerar du ett nytt.",
            "Planera ett möte",
        ),
    ]


def test_in_justering_it_is_told_who_is_waited_for_and_for_how_long(cast: Cast) -> None:
    round_ = builders.in_signing(cast, TODAY - DAYS(1))
    meeting, due = round_.meeting, said(round_.due_on)
    text, action = step(meeting, cast.chair)
    assert text.startswith(f"Senast {due}, om {(round_.due_on - TODAY).days} dagar.")
    assert text.endswith("att läsa. Jörgen Almhöjd justerar också.")
    assert action == "Läs och justera"
    builders.approve(round_.signers.get(person=cast.chair))
    waits = f"Väntar på att Jörgen Almhöjd justerar, senast {due}."
    assert step(meeting, cast.chair) == (f"Du har justerat. {waits}", "Läs det som justeras")
    assert step(meeting, cast.secretary) == (waits, "Läs det som justeras")
    assert step(meeting, cast.member) == (
        f"Protokollet justeras av Gunilla Strömvik och Jörgen Almhöjd, senast {due}.", "",
    )  # fmt: skip


def test_what_comes_back_is_put_right_by_who_writes(cast: Cast) -> None:
    round_ = builders.in_signing(cast, TODAY - DAYS(1))
    signer = round_.signers.get(person=cast.adjuster)
    signing.return_minutes(by=cast.adjuster, signer=signer, comment="Fel datum.")
    meeting = round_.meeting
    assert step(meeting, cast.secretary) == (
        "Jörgen Almhöjd lämnade tillbaka protokollet. Ändra det som behövs och skicka det igen.",
        "Rätta protokollet",
    )
    again = "Protokollet skrivs om efter synpunkter"
    assert step(meeting, cast.chair) == (f"{again} och är inte klart att justera.", "Läs utkastet")
    assert step(meeting, cast.member) == (f"{again}. Du kan läsa det här när det är justerat.", "")


def test_what_everyone_has_approved_and_no_key_has_sealed_is_told_truthfully(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    round_ = builders.in_signing(cast, TODAY - DAYS(1))
    settings.SEALS, settings.SEALS_TEST = tmp_path, False
    meeting = builders.approve_all(round_)
    text = "Alla har justerat. Protokollet låses så snart kommunens stämpel kan sättas på det."
    assert [step(meeting, one) for one in (cast.administrator, cast.chair, cast.member)] == [
        (text, "Se vad som är i vägen"), (text, "Läs det som är justerat"), (text, ""),
    ]  # fmt: skip


def test_a_correction_waits_for_its_signers_alone(cast: Cast) -> None:
    meeting = builders.sealed(cast, TODAY - DAYS(1))
    signing.open_correction(
        by=cast.secretary, meeting=meeting, item=None, old="Sessionssalen", new="Vågsalen",
        reason="Skrivfel.",
    )  # fmt: skip
    waits = "Rättelsen av uppgifterna utanför paragraferna väntar på att du justerar."
    assert step(meeting, cast.chair) == (waits, "Läs och justera")
    for person in (cast.member, cast.secretary):
        assert step(meeting, person)[0].startswith("Protokollet justerades den ")
