"""The only door to a meeting and what belongs to it: 404 alike for missing and for not yours."""

from __future__ import annotations

from typing import NoReturn, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from meetings import followup
from meetings.models import (
    ActionItem,
    AgendaItem,
    Attachment,
    Attendance,
    Meeting,
    OrganisationReport,
    ReviewComment,
    RoundState,
    SealedMinutes,
    Signer,
    SigningRound,
    TextKind,
    Topic,
)
from meetings.states import BEFORE, State
from members import prepared
from members.models import AuditEntry, Council, Person
from members.roles import Right

Row = TypeVar("Row", bound=Model)
NOT_HERE = "Sidan finns inte, eller så har du inte tillgång till den."
PAPERS_OPEN = (*BEFORE, State.APPROVED, State.CANCELLED)  # to all who read the meeting


def meeting_for(user: Person, slug: str, key: str, *, may: Right = Right.READ) -> Meeting:
    """The meeting, if the person holds the right in its council today; else Http404."""
    return first(meetings_at(user.pk, may, slug, key))


@prepared.question
def meetings_at(user: int, may: Right, slug: str, key: str) -> QuerySet[Meeting]:
    return (
        Meeting.objects.visible_to(Person(pk=user), may)
        .select_related("council__municipality", "chair", "secretary")
        .filter(council__slug=slug, key=key)[:1]
    )


def key_since(user: Person, slug: str, key: str) -> str | None:
    """The address that a meeting got when it was moved from this one; None also when the person
    may not see it."""
    moved = AuditEntry.objects.filter(
        council__slug=slug, action="meeting.changed", facts__was=key
    ).order_by("-pk")
    seen = Meeting.objects.visible_to(user).exclude(key=key)
    return seen.filter(pk__in=moved.values("subject_id")[:1]).values_list("key", flat=True).first()


def item_for(user: Person, slug: str, key: str, pk: int, *, may: Right = Right.WRITE) -> AgendaItem:
    """An item that has not been removed."""
    meeting = meeting_for(user, slug, key, may=may)
    item = found(meeting.items.standing().filter(pk=pk))
    item.meeting = meeting
    return item


def item_text_for(user: Person, slug: str, key: str, pk: int) -> AgendaItem:
    """An item whose text is saved: one query and no more than that needs, for it is asked for
    every second by everybody who writes."""
    return first(written_items(user.pk, slug, key, pk))


@prepared.question
def written_items(user: int, slug: str, key: str, pk: int) -> QuerySet[AgendaItem]:
    items = AgendaItem.objects.standing().filter(pk=pk, meeting__key=key)
    councils = Council.objects.visible_to(Person(pk=user), Right.WRITE).filter(slug=slug)
    rows = items.filter(meeting__council__in=councils).select_related("meeting")
    return rows.only("text_version", "meeting__state")[:1]


def removed_item_for(user: Person, slug: str, key: str, pk: int) -> AgendaItem:
    """A removed item, for taking it back."""
    meeting = meeting_for(user, slug, key, may=Right.WRITE)
    return found(meeting.items.filter(removed_at__isnull=False, pk=pk))


def report_text_for(user: Person, slug: str, key: str, pk: int) -> OrganisationReport:
    """As item_text_for, for a report of the round table."""
    return first(written_reports(user.pk, slug, key, pk))


@prepared.question
def written_reports(user: int, slug: str, key: str, pk: int) -> QuerySet[OrganisationReport]:
    reports = OrganisationReport.objects.standing().filter(pk=pk, item__meeting__key=key)
    councils = Council.objects.visible_to(Person(pk=user), Right.WRITE).filter(slug=slug)
    return (
        reports.filter(item__meeting__council__in=councils, item__removed_at__isnull=True)
        .select_related("item__meeting")
        .only("text_version", "item__meeting__state")[:1]
    )


def report_for(user: Person, slug: str, key: str, pk: int) -> OrganisationReport:
    meeting = meeting_for(user, slug, key, may=Right.WRITE)
    reports = OrganisationReport.objects.filter(item__meeting=meeting, pk=pk)
    return found(reports.select_related("item__meeting__council"))


def attendance_for(user: Person, slug: str, key: str, pk: int) -> Attendance:
    meeting = meeting_for(user, slug, key, may=Right.WRITE)
    return found(meeting.attendance.select_related("meeting__council").filter(pk=pk))


def action_for(user: Person, slug: str, key: str, pk: int) -> ActionItem:
    """An action item of minutes being written."""
    meeting = meeting_for(user, slug, key, may=Right.WRITE)
    return found(
        ActionItem.objects.filter(item__meeting=meeting, pk=pk).select_related(
            "item__meeting__council", "council"
        )
    )


def earlier_action_for(user: Person, slug: str, key: str, pk: int) -> tuple[Meeting, ActionItem]:
    """An action item of an earlier meeting of the council, to report on at a meeting one writes."""
    meeting = meeting_for(user, slug, key, may=Right.WRITE)
    earlier = (
        ActionItem.objects.visible_to(user)
        .standing()
        .filter(council=meeting.council_id, item__meeting__date__lt=meeting.date, pk=pk)
    )
    return meeting, found(earlier.select_related("council", "item__meeting"))


def action_seen_by(user: Person, pk: int) -> ActionItem:
    """An action item one may read: of justerade minutes, or of a draft one reads."""
    seen = ActionItem.objects.visible_to(user).standing().filter(pk=pk)
    return found(seen.select_related("council__municipality", "item__meeting"))


def action_followed_by(user: Person, pk: int) -> ActionItem:
    """One whose status the person may set: the secretary and the chair of its council (who read
    drafts), and those who have it, by name or through the organisation they stand for there."""
    leads = Q(council__in=Council.objects.visible_to(user, Right.READ_DRAFT))
    has = Q(pk__in=followup.of_person(ActionItem.objects.all(), user).values("pk"))
    seen = ActionItem.objects.visible_to(user).standing().filter(pk=pk)
    return found(seen.filter(leads | has).select_related("council", "item__meeting"))


def topic_for(user: Person, slug: str, key: str, pk: int) -> Topic:
    meeting = meeting_for(user, slug, key, may=Right.WRITE)
    return found(Topic.objects.filter(item__meeting=meeting, pk=pk).select_related("item__meeting"))


def readable_attachments(user: Person) -> QuerySet[Attachment]:
    """Papers one may open: of any meeting whose draft one reads, whose signer one is, that is
    still ahead, or that is justerat. While minutes are written, new ones are part of the draft."""
    visible, drafts = Council.objects.visible_to(user), drafts_of(user)
    return (
        Attachment.objects.standing()
        .filter(
            Q(meeting__council__in=visible, meeting__state__in=PAPERS_OPEN)
            | Q(meeting__council__in=drafts)
            | Q(meeting__in=signed_by(user))
        )
        .visible_to(user)
    )


def drafts_of(user: Person) -> QuerySet[Council]:
    return Council.objects.visible_to(user, Right.READ_DRAFT)


def papers_of(user: Person, meeting: Meeting) -> list[Attachment]:
    """As papers_told, read."""
    return papers_told(user, meeting).rows()


def papers_told(user: Person, meeting: Meeting) -> prepared.Answer[Attachment]:
    """Those of a meeting that a door above has let the person in to: the same, asked for cheaper.

    The rule of all meetings at once is a quarter of what the page of one costs. Those of closed
    items stand on the page of the closed part, and in no list.
    """
    opens = (
        meeting.state in PAPERS_OPEN
        or bool(councils_with(user.pk, Right.READ_DRAFT, meeting.council_id))
        or signed_by(user).filter(pk=meeting.pk).exists()
    )
    return prepared.together(open_papers.of(meeting.pk))[0] if opens else prepared.NOTHING


@prepared.question
def councils_with(user: int, right: Right, council: int) -> QuerySet[Council, int]:
    """The council's key, where the person holds the right there."""
    councils = Council.objects.visible_to(Person(pk=user), right)
    return councils.filter(pk=council).values_list("pk", flat=True)


@prepared.question
def open_papers(meeting: int) -> QuerySet[Attachment]:
    return Attachment.objects.standing().open_to_everyone().filter(meeting=meeting)


def attachment_for(user: Person, slug: str, key: str, number: int) -> Attachment:
    """A paper by its bilaga number."""
    return found(
        readable_attachments(user)
        .select_related("meeting__council", "item")
        .filter(meeting__council__slug=slug, meeting__key=key, number=number)
    )


def signer_for(user: Person, slug: str, key: str) -> Signer:
    """The person's place in the latest round they are or were named in; else Http404.

    Signers need no running mandate: a chair whose term has ended still signs. Whether the round
    is still open is said by the page, not by a 404, because they were asked by mail. Of whatever
    kind: a meeting has one text out for justering at a time.
    """
    return found(
        Signer.objects.filter(
            person=user,
            round__meeting__council__slug=slug,
            round__meeting__key=key,
        )
        .select_related("round__meeting__council__municipality", "round__version", "person")
        .order_by("-round__pk")
    )


def open_round_for(user: Person, slug: str, key: str) -> SigningRound | None:
    """The round of whatever kind that is open at a meeting the person writes or signs.

    None when there is none; Http404 for anybody else.
    """
    writes = Q(pk__in=Meeting.objects.visible_to(user, Right.WRITE).values("pk"))
    signs = Q(pk__in=Signer.objects.filter(person=user).values("round__meeting"))
    meeting = found(Meeting.objects.filter(writes | signs).filter(council__slug=slug, key=key))
    return (
        SigningRound.every.filter(meeting=meeting, state=RoundState.OPEN)
        .select_related("meeting__council__municipality", "version")
        .first()
    )


def paper_for(user: Person, slug: str, key: str, kind: TextKind, number: int) -> SigningRound:
    """The round of an extract or a correction whose text the person may read.

    Sealed: whoever reads the council's minutes. Out for justering: who reads drafts. Both: who
    signs it.
    """
    sealed = Q(state=RoundState.COMPLETED, meeting__council__in=Council.objects.visible_to(user))
    draft = Q(state=RoundState.OPEN, meeting__council__in=drafts_of(user))
    places = Signer.objects.filter(person=user).values("round")
    own = Q(state__in=(RoundState.OPEN, RoundState.COMPLETED), pk__in=places)
    return found(
        SigningRound.every.filter(sealed | draft | own)
        .filter(kind=kind, number=number, meeting__council__slug=slug, meeting__key=key)
        .select_related("meeting__council__municipality", "version__meeting", "version__frozen_by")
    )


def remark_for(user: Person, slug: str, key: str, pk: int) -> ReviewComment:
    """A remark on minutes that the person writes."""
    meeting = meeting_for(user, slug, key, may=Right.WRITE)
    comments = ReviewComment.objects.filter(round__meeting=meeting, pk=pk)
    return found(comments.select_related("round__meeting__council", "round__version", "person"))


def signed_by(user: Person) -> QuerySet[Meeting]:
    """Meetings in justering or justerade where the person is a signer of the round that counts.

    Not of a returned round: somebody replaced in the next one no longer reads the draft.
    """
    return Meeting.objects.signed_by(user)


def minutes_for(user: Person, slug: str, key: str) -> Meeting:
    """A meeting with minutes the person may read now: justerade, or by right or as signer before.

    Http404 also while there are no minutes, because they are not begun or the meeting cancelled.
    """
    justerade = Q(pk__in=Meeting.objects.visible_to(user).values("pk"), state=State.APPROVED)
    drafts = Meeting.objects.visible_to(user, Right.READ_DRAFT)
    by_right = Q(pk__in=drafts.values("pk"), state__in=(State.MINUTING, State.SIGNING))
    return found(
        Meeting.objects.filter(justerade | by_right | Q(pk__in=signed_by(user).values("pk")))
        .filter(council__slug=slug, key=key)
        .select_related("council__municipality", "chair", "secretary")
    )


def closed_part_for(user: Person, slug: str, key: str) -> Meeting:
    """A meeting with items under secrecy that the person may read now.

    As its papers: of a draft only who reads the draft or signs it. Http404 also where nothing is
    closed, so that the address tells nobody whether something is.
    """
    return first(closed_parts(user.pk, slug, key))


@prepared.question
def closed_parts(user: int, slug: str, key: str) -> QuerySet[Meeting]:
    person = Person(pk=user)
    drafts, signed = drafts_of(person), signed_by(person)
    open_now = Q(state__in=PAPERS_OPEN) | Q(council__in=drafts) | Q(pk__in=signed)
    meetings = Meeting.objects.with_closed_for(person).filter(open_now)
    closed = AgendaItem.objects.standing().under_secrecy()
    return meetings.filter(
        council__slug=slug, key=key, pk__in=closed.values("meeting")
    ).select_related("council__municipality", "chair", "secretary")[:1]


def reads_closed(user: Person, meeting: Meeting) -> bool:
    """Whether closed_part_for would let the person in: for showing the way to it."""
    return bool(closed_parts(user.pk, meeting.council.slug, meeting.key))


def closed_paper_for(user: Person, slug: str, key: str, number: int) -> SigningRound:
    """The round of a correction of a closed item: for who may read the paper, and what is closed.

    Http404 also where nothing of the correction is closed.
    """
    closed_part_for(user, slug, key)
    round_ = paper_for(user, slug, key, TextKind.CORRECTION, number)
    return round_ if round_.version.closed_items.exists() else nothing()


def sealed_for(user: Person, slug: str, key: str) -> SealedMinutes:
    """Justerade minutes of a council one may read, or that one has signed. Without the file."""
    sealed = sealed_seen_by(user, slug, key)
    if sealed is None:
        raise Http404(NOT_HERE)
    return sealed


def sealed_seen_by(user: Person, slug: str, key: str) -> SealedMinutes | None:
    """As sealed_for; None where there are none, or none for this person.

    Nearly everyone who asks may read the council, so who has signed is asked afterwards: together
    the two rules cost twice as much.
    """
    rows = sealed_read(user.pk, slug, key) or sealed_signed(user.pk, slug, key)
    return rows[0] if rows else None


@prepared.question
def sealed_read(user: int, slug: str, key: str) -> QuerySet[SealedMinutes]:
    readable = Council.objects.visible_to(Person(pk=user))
    return sealed_at(slug, key).filter(meeting__council__in=readable)[:1]


@prepared.question
def sealed_signed(user: int, slug: str, key: str) -> QuerySet[SealedMinutes]:
    return sealed_at(slug, key).filter(meeting__in=signed_by(Person(pk=user)))[:1]


def sealed_at(slug: str, key: str) -> QuerySet[SealedMinutes]:
    return (
        SealedMinutes.objects.filter(meeting__council__slug=slug, meeting__key=key)
        .select_related("meeting__council__municipality", "version", "round")
        .defer("pdf")
    )


def found(rows: QuerySet[Row]) -> Row:
    """The first row, or the one answer for missing and forbidden."""
    return rows.first() or nothing()


def first(rows: list[Row]) -> Row:
    """As found, of what a prepared question gave."""
    return rows[0] if rows else nothing()


def nothing() -> NoReturn:
    """The one answer for missing and forbidden."""
    raise Http404(NOT_HERE)
