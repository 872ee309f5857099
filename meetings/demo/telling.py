"""Lives through the meetings told in minutes/: each thing is done by its activity, in its time."""

from __future__ import annotations

import datetime
import re
from typing import Any

from meetings import planning, secrecy, signing, summoning
from meetings.demo import afterwards, reading, sitting
from meetings.demo.calendar import Calendar
from meetings.demo.clock import Clock
from meetings.demo.settling import Settled
from meetings.models import AgendaItem, Meeting, SigningRound
from members import mail

TIMES = re.compile(r"(\d+)\.(\d\d)–(\d+)\.(\d\d)")
# Days from meeting to freezing, and from freezing to each approval: nobody is always as quick.
PACE = ((1, 2, 4), (4, 1, 3), (2, 3, 3), (6, 1, 5), (3, 2, 7), (1, 1, 1))
FRESH = datetime.timedelta(days=7)  # mail younger than this is left for the worker to send


class Telling:
    """One town's meetings, told in the order they were held."""

    def __init__(self, settled: Settled, calendar: Calendar, clock: Clock) -> None:
        self.settled, self.calendar, self.clock = settled, calendar, clock
        self.by = settled.secretary
        self.count = 0

    def date_of(self, told: reading.Told) -> datetime.date:
        return self.calendar.iso(told.when[:10])

    def tell(self, told: reading.Told) -> None:
        """One meeting, as far as it has come."""
        self.count += 1
        meeting = self.plan(told)
        if told.state == "cancelled":
            self.put(meeting.date, -6, 10)
            planning.cancel_meeting(by=self.by, meeting=meeting)
            return
        if told.state == "planned":
            return
        self.put(meeting.date, -14, 9)
        summoning.summon(by=self.by, meeting=meeting)
        self.send_mail()
        if told.state == "summoned":
            return
        self.clock.put(meeting.date, meeting.local_start.hour if meeting.local_start else 9)
        sitting.sit(self.settled, self.calendar, meeting, told)
        if told.state != "minuting":
            self.to_signing(meeting, told)
        self.plan_following(meeting)
        self.send_mail()

    # --- Before ---

    def plan(self, told: reading.Told) -> Meeting:
        """The meeting with its agenda: planned by the one before it, or six weeks ahead."""
        date = self.date_of(told)
        start, end = times_of(told.when)
        facts: dict[str, Any] = {"place": told.place, "registry_number": told.setting("dnr")}
        meeting = self.settled.council.meetings.filter(date=date).first()
        if meeting is None:
            self.put(date, -42, 14)
            meeting = planning.plan_meeting(
                by=self.by, council=self.settled.council, date=date,
                starts_at=start, ends_at=end, **facts,
            )  # fmt: skip
        else:
            self.put(date, -28, 10)
            planning.change_meeting(
                by=self.by, meeting=meeting, date=date, starts_at=start, ends_at=end, **facts
            )
        self.set_agenda(meeting, told)
        return Meeting.objects.select_related("council__municipality").get(pk=meeting.pk)

    def set_agenda(self, meeting: Meeting, told: reading.Told) -> None:
        """The items told of, in their order. A meeting still ahead keeps its standing items."""
        known = {item.heading: item for item in meeting.items.standing()}
        ahead = told.state in ("planned", "summoned")
        for item in told.items:
            if item.heading not in known:
                known[item.heading] = planning.add_item(
                    by=self.by, meeting=meeting, heading=item.heading,
                    kind=item.settings.get("slag", "information"),
                    after=last_before_closing(meeting) if ahead else None,
                )  # fmt: skip
            self.set_item(known[item.heading], item)
            sitting.attach(self.by, meeting, known[item.heading], item)
        if ahead:
            return
        headings = [item.heading for item in told.items]
        for heading in known.keys() - set(headings):
            planning.remove_item(by=self.by, item=known[heading])
        order = [item.heading for item in meeting.items.standing()]
        for place, heading in enumerate(headings):
            if order[place] != heading:
                moved = planning.move_item(by=self.by, item=known[heading], to=place)
                order = [item.heading for item in moved]

    def set_item(self, row: AgendaItem, item: reading.Item) -> None:
        said = item.settings
        fields: dict[str, Any] = {
            "presenters": said.get("föredrar"),
            "registry_number": said.get("dnr"),
            "dispatch": said.get("till"),
            "proposed_decision": said.get("förslag till beslut"),
            "kind": said.get("slag"),
        }
        fields = {name: value for name, value in fields.items() if value}
        if "klockan" in said:
            fields["planned_time"] = datetime.time.fromisoformat(said["klockan"].replace(".", ":"))
        if fields:
            planning.change_item(by=self.by, item=row, **fields)
        if "sekretess" in said:
            provision, public_heading = said["sekretess"].split(" | ")
            secrecy.close_item(
                by=self.by, item=row, secrecy=provision, public_heading=public_heading
            )

    # --- After ---

    def to_signing(self, meeting: Meeting, told: reading.Told) -> None:
        """Freeze, and as many approvals as the state tells of."""
        freezing, *approving = PACE[self.count % len(PACE)]
        first = meeting.date + datetime.timedelta(days=freezing)
        if told.state == "signing":
            first = self.calendar.today - datetime.timedelta(days=4)
        elif told.state == "returned":
            first = self.calendar.today - datetime.timedelta(days=9)
        if heading := told.setting("omedelbart"):
            afterwards.adjust_at_once(self, meeting, heading)
        self.clock.put(first, 9, 31)
        round_ = signing.open_round(by=self.by, meeting=meeting)
        self.send_mail()
        if told.state == "returned":
            self.give_back(round_, told)
            return
        if told.setting("justerat") == "på papper":
            self.put(first, approving[-1], 15)
            afterwards.sign_on_paper(self, round_)
            return
        signers = list(round_.signers.select_related("person"))
        if told.state == "signing":
            signers, approving = signers[:1], [1]
        for signer, days in sorted(zip(signers, approving, strict=True), key=lambda pair: pair[1]):
            self.clock.put(first + datetime.timedelta(days=days), 18 if days % 2 else 8, 12)
            afterwards.approve(signer)
        if said := told.setting("rättelse"):
            self.put(first, 40, 10)
            afterwards.correct(self, meeting, *said.split(" | "))

    def give_back(self, round_: SigningRound, told: reading.Told) -> None:
        name, heading, remark = told.setting("återlämnat").split(" | ")
        signer = round_.signers.select_related("person").get(name=name)
        self.clock.put(self.calendar.today - datetime.timedelta(days=3), 19, 48)
        item = round_.meeting.items.get(heading=heading)
        signing.return_minutes(by=signer.person, signer=signer, comment=remark, item=item)

    def plan_following(self, meeting: Meeting) -> None:
        meeting.refresh_from_db()
        if meeting.next_date:
            planning.plan_next(by=self.by, meeting=meeting)

    def send_mail(self) -> None:
        """What was written long ago has been sent long ago."""
        if self.clock.moment.date() < self.calendar.today - FRESH:
            while mail.deliver_next():
                pass

    def put(self, date: datetime.date, days: int, hour: int) -> None:
        """The clock on a day counted from a meeting, but never later than yesterday."""
        yesterday = self.calendar.today - datetime.timedelta(days=1)
        self.clock.put(min(date + datetime.timedelta(days=days), yesterday), hour)


def times_of(when: str) -> tuple[datetime.time | None, datetime.time | None]:
    """ "13.30–15.30" somewhere in the text."""
    found = TIMES.search(when)
    if not found:
        return None, None
    hour, minute, last_hour, last_minute = map(int, found.groups())
    return datetime.time(hour, minute), datetime.time(last_hour, last_minute)


def last_before_closing(meeting: Meeting) -> AgendaItem | None:
    """Where an item joins the agenda of a meeting ahead: before the round table."""
    before = None
    for item in meeting.items.standing():
        if item.kind in ("round_table", "coming_events", "next_meeting"):
            return before
        before = item
    return before
