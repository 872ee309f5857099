"""What the secretary does while a meeting sits: attendance, texts, decisions, who does what."""

from __future__ import annotations

import datetime
import re

from django.core.files.base import ContentFile

from meetings import attaching, followup, minuting
from meetings.demo import papers, reading
from meetings.demo.calendar import Calendar
from meetings.demo.settling import Settled
from meetings.models import ActionItem, ActionStatus, AgendaItem, ItemKind, Meeting, Mode
from meetings.models import OrganisationReport as Report
from members.models import Organisation, Person

ABSENCES = {"förhindrade": Mode.APOLOGY, "frånvarande": Mode.ABSENT, "distans": Mode.REMOTE}
STATUSES = {
    "klart": ActionStatus.DONE,
    "pågår": ActionStatus.OPEN,
    "avskrivet": ActionStatus.DROPPED,
}
NEXT = re.compile(r"(\d{4}-\d\d-\d\d) (\d+)\.(\d\d)–(\d+)\.(\d\d) (.+)")
TOPIC = re.compile(r"(.+?)(?: \((.+)\))?$")


def sit(settled: Settled, calendar: Calendar, meeting: Meeting, told: reading.Told) -> None:
    """Take the minutes of one meeting, whole."""
    meeting = minuting.open_minutes(by=settled.secretary, meeting=meeting)
    Sitting(settled, calendar, meeting, told).take_minutes()


def attach(by: Person, meeting: Meeting, row: AgendaItem, item: reading.Item) -> None:
    """The papers of an item."""
    for line in item.papers:
        filename, title, holds = line.split(" | ")
        attaching.attach(
            by=by, meeting=meeting, item=row, title=title, filename=filename,
            file=ContentFile(papers.paper(filename, title, holds)),
        )  # fmt: skip


class Sitting:
    def __init__(
        self, settled: Settled, calendar: Calendar, meeting: Meeting, told: reading.Told
    ) -> None:
        self.settled, self.calendar, self.meeting, self.told = settled, calendar, meeting, told
        self.by = settled.secretary

    def take_minutes(self) -> None:
        self.take_attendance()
        rows = {row.heading: row for row in self.meeting.items.standing()}
        for item in self.told.items:
            self.minute(rows[item.heading], item)
        self.note_coming_and_going(rows)

    # --- Who is there ---

    def take_attendance(self) -> None:
        for setting, mode in ABSENCES.items():
            for name in self.told.names(setting):
                self.mark(name, mode)
        for line in self.told.names("ersätter"):
            name, _, other = line.partition(" för ")
            minuting.add_person(
                by=self.by, meeting=self.meeting, person=self.settled.people[name],
                serves_for=self.settled.people[other],
            )  # fmt: skip
        for line in self.told.settings.get("gäst", []):
            name, title, organisation = line.split(", ", 2)
            minuting.add_guest(
                by=self.by, meeting=self.meeting, name=name, title=title,
                organisation_name=organisation,
            )  # fmt: skip
        if self.told.state != "minuting":
            minuting.mark_rest_present(by=self.by, meeting=self.meeting)
            return
        # A meeting just held: two have not been ticked off yet.
        for row in list(self.meeting.attendance.filter(mode=Mode.EXPECTED))[:-2]:
            minuting.mark(by=self.by, row=row, mode=Mode.PRESENT)

    def mark(self, name: str, mode: Mode) -> None:
        row = self.meeting.attendance.get(person=self.settled.people[name])
        minuting.mark(by=self.by, row=row, mode=mode)

    def note_coming_and_going(self, rows: dict[str, AgendaItem]) -> None:
        acts = (
            ("gick", " efter ", minuting.go),
            ("kom", " till ", minuting.come),
            ("jäv", " i ", minuting.set_conflict),
        )
        for setting, between, act in acts:
            for line in self.told.names(setting):
                name, _, heading = line.partition(between)
                row = self.meeting.attendance.get(person=self.settled.people[name])
                act(by=self.by, row=row, item=rows[heading])

    # --- What is said ---

    def minute(self, row: AgendaItem, item: reading.Item) -> None:
        self.write(row, item.lines)
        reports = [self.report(row, told) for told in item.reports]
        for told, report in zip(item.reports, reports, strict=True):
            self.write(report, told.lines)
        if row.kind == ItemKind.ADJUSTER:
            elected = [self.settled.people[name] for name in self.told.names("justerare")]
            minuting.elect_adjusters(by=self.by, item=row, persons=elected)
        if item.decisions:
            minuting.set_decisions(by=self.by, item=row, points=item.decisions)
        self.give_actions(row, item)
        self.follow_up(item)
        self.look_ahead(row, item)

    def write(self, target: AgendaItem | Report, lines: list[str]) -> None:
        html = reading.html_of(lines)
        if html:
            saved = minuting.save_text(by=self.by, target=target, html=html, base_version=0)
            if saved.kind != "saved":
                raise RuntimeError(f"{target}: {saved.message}")

    def report(self, row: AgendaItem, told: reading.Report) -> Report:
        return minuting.add_report(
            by=self.by, item=row, organisation=self.settled.organisation(told.organisation),
            label=told.organisation, reporter=self.settled.people.get(told.reporter),
        )  # fmt: skip

    # --- What shall be done ---

    def give_actions(self, row: AgendaItem, item: reading.Item) -> None:
        for told in item.actions:
            persons, organisations, role = self.owners(told.who)
            followup.give_action(
                by=self.by, item=row, text=told.text, in_text=told.in_text, persons=persons,
                organisations=organisations, role_in_words=role,
                due_next_meeting=told.due == "nästa möte",
                due_on=self.calendar.iso(told.due) if told.due[:1].isdigit() else None,
            )  # fmt: skip
        for text in item.proposals:
            followup.give_action(by=self.by, item=row, text=text)

    def owners(self, names: list[str]) -> tuple[list[Person], list[Organisation], str]:
        """Persons and organisations by name; a word in small letters is a role."""
        persons, organisations, role = [], [], ""
        for name in names:
            if person := self.settled.person(name):
                persons.append(person)
            elif organisation := self.settled.organisation(name):
                organisations.append(organisation)
            elif name == name.lower():
                role = name
            else:
                raise LookupError(f"{name} finns inte i demouppgifterna")
        return persons, organisations, role

    def follow_up(self, item: reading.Item) -> None:
        for line in item.followed_up:
            words, status, note = line.split(" | ")
            followup.follow_up(
                by=self.by, meeting=self.meeting, status=STATUSES[status], note=note,
                action=ActionItem.objects.get(
                    council=self.settled.council, text__startswith=words
                ),
            )  # fmt: skip

    def look_ahead(self, row: AgendaItem, item: reading.Item) -> None:
        if said := item.settings.get("nästa"):
            date, hour, minute, last_hour, last_minute, place = NEXT.findall(said)[0]
            followup.set_next_meeting(
                by=self.by, meeting=self.meeting, date=self.calendar.iso(date), place=place,
                starts_at=datetime.time(int(hour), int(minute)),
                ends_at=datetime.time(int(last_hour), int(last_minute)),
            )  # fmt: skip
        if item.topics:
            topics = [found.groups("") for line in item.topics if (found := TOPIC.match(line))]
            followup.set_topics(by=self.by, item=row, topics=[(a, b) for a, b in topics])
