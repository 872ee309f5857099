"""A source becomes justerade minutes, step by step as a secretary would, through the activities."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from html import escape
from itertools import groupby

from django.core.files.base import ContentFile

from meetings import attaching, followup, minuting, planning, signing
from meetings.models import AgendaItem, ItemKind, Meeting, Mode, OrganisationReport
from members import joining, organising
from members.models import (
    ApprovalLevel,
    Council,
    MinutesStyle,
    Municipality,
    Numbering,
    Organisation,
    Person,
)
from members.roles import Role, SignerRole
from tests import builders
from tests.flows.real_minutes import reading
from tests.flows.real_minutes.reading import Item, Source

BEGAN = datetime.date(2015, 1, 1)
KINDS = (
    (r"^Inledning$", ItemKind.OPENING),
    (r"^Val av justerare$", ItemKind.ADJUSTER),
    (r"^Fastställande av dagordningen$", ItemKind.AGENDA),
    (r"^Vad är på gång", ItemKind.COMING_EVENTS),
    (r"^Aktuellt från ", ItemKind.ROUND_TABLE),
    (r"^Nästa möte$", ItemKind.NEXT_MEETING),
)
ROLES = {"Ordförande": Role.CHAIR}
SIGNERS = {
    "Ordförande": SignerRole.CHAIR,
    "Justerare": SignerRole.ADJUSTER,
    "Sekreterare": SignerRole.SECRETARY,
}


class Entering:
    """One source on its way: the council, its people by name, and the meeting."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.council = council_of(source)
        self.by = joining.add_person(name="Uppläggaren")
        self.people = self.register()
        self.secretary = self.people[source.secretary]
        self.meeting: Meeting

    # --- Before the meeting ---

    def register(self) -> dict[str, Person]:
        """Members with organisation and seat, all with an account; the secretary's second seat."""
        people: dict[str, Person] = {}
        printed_roles = dict(self.source.signers)
        for number, (name, organisation) in enumerate(self.source.members):
            person = joining.add_person(
                name=name, email=f"ledamot{number}@{self.council.slug}.example"
            )
            joining.accept_invitation(person=person, password=builders.PASSWORD)
            people[name] = Person.objects.get(pk=person.pk)
            self.seat(
                people[name], ROLES.get(printed_roles.get(name, ""), Role.MEMBER), organisation
            )
        self.seat(people[self.source.secretary], Role.SECRETARY, "")
        return people

    def seat(self, person: Person, role: Role, organisation: str) -> None:
        joining.give_mandate(
            by=self.by,
            council=self.council,
            person=person,
            role=role,
            organisation=self.organisation(organisation),
            starts_on=BEGAN,
        )

    def organisation(self, name: str) -> Organisation | None:
        return organising.organisation_or_new(
            by=self.by, municipality=self.council.municipality, text=name
        )

    def plan(self) -> None:
        standing: list[tuple[ItemKind | str, str]] = [
            (kind, item.heading) for item in self.source.items if (kind := kind_of(item))
        ]
        planning.set_standing_items(by=self.secretary, council=self.council, items=standing)
        start, end = clock_times(self.source)
        self.meeting = planning.plan_meeting(
            by=self.secretary,
            council=self.council,
            date=self.source.date,
            starts_at=start,
            ends_at=end,
            place="".join(self.source.cover.get("Plats", [])),
        )
        for item in self.source.items:
            if not kind_of(item):
                planning.add_item(
                    by=self.secretary,
                    meeting=self.meeting,
                    heading=item.heading,
                    kind=ItemKind.INFORMATION,
                )
        for place, item in enumerate(self.source.items):
            row = self.meeting.items.get(heading=item.heading)
            planning.move_item(by=self.secretary, item=row, to=place)

    # --- At the meeting ---

    def minute(self) -> None:
        self.meeting = minuting.open_minutes(by=self.secretary, meeting=self.meeting)
        minuting.mark_rest_present(by=self.secretary, meeting=self.meeting)
        for name, organisation in self.source.others:
            minuting.add_guest(
                by=self.secretary,
                meeting=self.meeting,
                name=name,
                organisation_name=organisation,
                mode=Mode.PRESENT,
            )
        rows = list(self.meeting.items.standing())
        for row, item in zip(rows, self.source.items, strict=True):
            self.enter(row, item)
        self.meeting.refresh_from_db()

    def enter(self, row: AgendaItem, item: Item) -> None:
        if item.presenters:
            planning.change_item(by=self.secretary, item=row, presenters=item.presenters)
        if row.kind == ItemKind.ROUND_TABLE:
            self.reports(row, item)
        elif item.blocks:
            self.write(row, item.blocks)
        if row.kind == ItemKind.ADJUSTER:
            elected = [self.people[self.source.signer("Justerare")]]
            minuting.elect_adjusters(by=self.secretary, item=row, persons=elected)
        elif item.decisions:
            minuting.set_decisions(by=self.secretary, item=row, points=item.decisions)
        if any("bifogas" in decision for decision in item.decisions):
            self.attach(row)
        if row.kind == ItemKind.NEXT_MEETING:
            self.next_meeting(row, item)
        self.tasks(row, item)

    def write(self, target: AgendaItem | OrganisationReport, blocks: list[str]) -> None:
        html = html_of(blocks)
        saved = minuting.save_text(by=self.secretary, target=target, html=html, base_version=0)
        assert saved.kind == "saved"

    def reports(self, row: AgendaItem, item: Item) -> None:
        reports, proposals = reading.reports_of(item.blocks)
        made: list[OrganisationReport] = []
        for report in reports:
            made.append(
                minuting.add_report(
                    by=self.secretary,
                    item=row,
                    organisation=self.organisation(report.label),
                    label=report.label,
                )
            )
            self.write(made[-1], report.blocks)
        for proposal in proposals:
            followup.give_action(by=self.secretary, item=row, text=proposal, report=made[0])

    def attach(self, row: AgendaItem) -> None:
        attaching.attach(
            by=self.secretary,
            meeting=self.meeting,
            item=row,
            file=ContentFile("Ordnad närvaro: följd upp.\n".encode()),
            filename="uppföljning.txt",
        )

    def next_meeting(self, row: AgendaItem, item: Item) -> None:
        """Date, times and place for the program; the sentence itself stays as it was written."""
        found = NEXT.search(item.blocks[0])
        assert found, item.blocks[0]
        month = reading.MONTHS.index(found["month"]) + 1
        followup.set_next_meeting(
            by=self.secretary,
            meeting=self.meeting,
            date=datetime.date(self.source.date.year, month, int(found["day"])),
            starts_at=clock(found["start"]),
            ends_at=clock(found["end"]),
            place=found["place"],
        )
        followup.set_topics(
            by=self.secretary, item=row, topics=[topic_of(line) for line in item.topics]
        )
        for line in item.after_topics:
            task = TASK_FOR_ROLE.match(line)
            assert task, line
            followup.give_action(by=self.secretary, item=row, text=line, role_in_words=task["who"])

    def tasks(self, row: AgendaItem, item: Item) -> None:
        """What someone shall do, noted without writing it a second time: it stands in the text."""
        for sentence in sentences(item.blocks):
            first = sentence.split(" ")[0]
            persons = [person for name, person in self.people.items() if name.split()[0] == first]
            by_role = TASK_IN_TEXT.match(sentence)
            if "till nästa möte att " in sentence and persons:
                followup.give_action(
                    by=self.secretary, item=row, text=sentence, in_text=True, persons=persons[:1],
                    due_next_meeting=True,
                )  # fmt: skip
            elif by_role:
                followup.give_action(
                    by=self.secretary, item=row, text=sentence, in_text=True,
                    role_in_words=by_role["who"],
                )  # fmt: skip

    # --- After ---

    def sign(self) -> Meeting:
        round_ = signing.open_round(by=self.secretary, meeting=self.meeting)
        for signer in round_.signers.all():
            builders.approve(signer)
        return Meeting.objects.get(pk=self.meeting.pk)


NEXT = re.compile(
    r"den (?P<day>\d+) (?P<month>\w+), klockan (?P<start>[\d.]+) -(?P<end>[\d.]+) "
    r"i (?P<place>.+)\.$"
)
TASK_FOR_ROLE = re.compile(r"^(?P<who>\w+) får i uppdrag att ")
TASK_IN_TEXT = re.compile(r"^(?P<who>.{3,60}?) (?:diskuterar vidare kring|har uppdraget att) ")
TOPIC = re.compile(r"^(?P<text>.+?) \((?P<who>[^)]+)\)(?P<stop>\.?)$")


def council_of(source: Source) -> Council:
    everything = " ".join(block for item in source.items for block in item.blocks)
    town = re.search(r"[A-ZÅÄÖ]\w+ kommun\b", everything)
    assert town
    return Council.objects.create(
        municipality=Municipality.objects.create(name=town[0]),
        name=source.council,
        short_name=source.short_name,
        slug=f"rad-{source.date}",
        minutes_style=MinutesStyle.PARAGRAPHS if source.paragraphs else MinutesStyle.HEADINGS,
        numbering=Numbering.PER_MEETING if source.paragraphs else Numbering.NONE,
        signers=[SIGNERS[role] for _, role in source.signers],
        approval_levels=[ApprovalLevel.PASSWORD],
    )


def kind_of(item: Item) -> ItemKind | None:
    """What kind a heading tells of, so that it is one of the council's standing items."""
    return next((kind for sign, kind in KINDS if re.search(sign, item.heading)), None)


def clock_times(source: Source) -> tuple[datetime.time | None, datetime.time | None]:
    said = re.findall(r"\d\d:\d\d", " ".join(source.cover.get("Tid", [])))
    return (clock(said[0]), clock(said[1])) if said else (None, None)


def clock(said: str) -> datetime.time:
    """ "13:00", "13.30" or "15"."""
    hour, _, minute = said.replace(":", ".").partition(".")
    return datetime.time(int(hour), int(minute or 0))


def topic_of(line: str) -> tuple[str, str]:
    """Text and who; a full stop after the bracket belongs to the text."""
    found = TOPIC.match(line)
    return (found["text"] + found["stop"], found["who"]) if found else (line, "")


def html_of(blocks: Iterable[str]) -> str:
    """Paragraphs and lists, as the editor would save them."""
    html = []
    for kind, lines in groupby(blocks, key=list_kind):
        marked = [escape(re.sub(r"^(- |\d+\. )", "", line), quote=False) for line in lines]
        if kind:
            points = "".join(f"<li><p>{line}</p></li>" for line in marked)
            html.append(f"<{kind}>{points}</{kind}>")
        else:
            html += [f"<p>{line}</p>" for line in marked]
    return "".join(html)


def list_kind(line: str) -> str:
    if reading.NUMBERED.match(line):
        return "ol"
    return "ul" if reading.BULLET.match(line) else ""


def sentences(blocks: Iterable[str]) -> list[str]:
    return [part for block in blocks for part in re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", block)]
