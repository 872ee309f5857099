"""Who has the desk open, at which §, and what others have changed since one's page last asked.

Nothing here is content: no trail, no lock, and no state of the meeting is asked for. Saving a text
knows nothing of it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from meetings.models import (
    ActionItem,
    AgendaItem,
    AtDesk,
    Attachment,
    Attendance,
    ItemKind,
    Meeting,
    OrganisationReport,
)
from meetings.models.presence import LINGERS
from members import prepared
from members.models import AuditEntry, Person

# The wall screen stays on the § while the secretary's page is asleep behind another window.
FOLLOWED = datetime.timedelta(minutes=10)
MOST_ENTRIES = 500


def attend(*, by: Person, meeting: Meeting, item: int | None, writing: bool) -> None:
    """The person's page is open, at the § with that pk (of this meeting), or at none."""
    now = timezone.now()
    here = Q(item=item) if item else Q(item__isnull=True)
    row = AtDesk.objects.filter(meeting=meeting, person=by)
    moved = Case(When(here, then=F("moved_at")), default=Value(now))
    if not row.update(moved_at=moved, item=item, writing=writing, seen_at=now):
        # Nobody cleans up elsewhere: whoever comes sweeps after those who went long ago.
        AtDesk.objects.filter(seen_at__lt=now - datetime.timedelta(days=1)).delete()
        AtDesk.objects.bulk_create(
            [
                AtDesk(
                    meeting=meeting, person=by, item_id=item, writing=writing,
                    moved_at=now, seen_at=now,
                )
            ],
            update_conflicts=True,
            unique_fields=["meeting", "person"],
            update_fields=["item", "writing", "moved_at", "seen_at"],
        )  # fmt: skip


def leave(*, by: Person, meeting: Meeting) -> None:
    """The page was closed: gone at once for the others. The wall screen may still follow."""
    gone = timezone.now() - LINGERS
    AtDesk.objects.filter(meeting=meeting, person=by, seen_at__gt=gone).update(
        seen_at=gone, writing=False
    )


def others_at_desk(meeting: Meeting, besides: Person) -> list[AtDesk]:
    rows = meeting.at_desk.here().exclude(person=besides)
    return list(rows.select_related("person").order_by("pk"))


def item_at_hand(meeting: Meeting) -> int | None:
    """The § the secretary of the day has at hand; else that of whoever came to one last."""
    lately = meeting.at_desk.filter(
        seen_at__gt=timezone.now() - FOLLOWED, item__removed_at__isnull=True, item__isnull=False
    )
    last = lately.order_by(
        Case(When(person=meeting.secretary_id, then=0), default=1), "-moved_at"
    ).first()
    return last.item_id if last else None


def text_versions(meeting: Meeting) -> dict[str, dict[int, int]]:
    """The version of every text that stands, by pk: of §§ and of reports."""
    reports = OrganisationReport.objects.standing().filter(item__meeting=meeting)
    return {
        "items": dict(meeting.items.standing().values_list("pk", "text_version")),
        "reports": dict(
            reports.filter(item__removed_at__isnull=True).values_list("pk", "text_version")
        ),
    }


@dataclass
class News:
    """What others have done beside the texts: which §§ and which lists to read anew."""

    cursor: int
    sections: set[int] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)  # outline, attendance, attachments, actions


LISTS = {
    Attendance._meta.label_lower: {"attendance"},
    Attachment._meta.label_lower: {"attachments"},
    ActionItem._meta.label_lower: {"actions"},
}
OF_ORDER = {
    "item.added", "item.removed", "item.restored", "item.moved", "item.changed",
    "item.closed", "item.opened",
}  # fmt: skip
NO_CHANGE = {"closed.read"}


def cursor_of(meeting: Meeting) -> int:
    """How far the trail of the meeting goes now."""
    last = last_entry(meeting.pk)
    return last[0] if last else 0


@prepared.question
def last_entry(meeting: int) -> QuerySet[AuditEntry, int]:
    rows = AuditEntry.objects.filter(meeting_id=meeting).order_by("-pk")
    return rows.values_list("pk", flat=True)[:1]


def news_since(meeting: Meeting, cursor: int, besides: Person | None) -> News:
    """From the trail, where every act but the saving of a text is noted. A page that has acted
    itself leaves out (besides) what its own person did."""
    entries = AuditEntry.objects.filter(meeting_id=meeting.pk, pk__gt=cursor).order_by("pk")
    rows = list(
        entries.values_list("pk", "person_id", "action", "subject_type", "subject_id")[
            :MOST_ENTRIES
        ]
    )
    news = News(rows[-1][0] if rows else cursor)
    by_kind: dict[str, set[int]] = {}
    for _, person, action, kind, subject in rows:
        if (besides and person == besides.pk) or subject is None or action in NO_CHANGE:
            continue
        by_kind.setdefault(kind, set()).add(subject)
        news.lists |= LISTS.get(kind, set())
        if action in OF_ORDER:
            news.lists.add("outline")
        if action == "adjusters.elected":
            news.lists.add("attendance")
    news.sections = sections_of(meeting, by_kind)
    return news


def sections_of(meeting: Meeting, by_kind: dict[str, set[int]]) -> set[int]:
    """The §§ that the changed things stand in."""
    found = set(by_kind.get(AgendaItem._meta.label_lower, set()))
    for model in (OrganisationReport, ActionItem):
        pks = by_kind.get(model._meta.label_lower)
        if pks:
            rows = model._default_manager.filter(pk__in=pks)
            found |= set(rows.values_list("item_id", flat=True))
    if Meeting._meta.label_lower in by_kind:  # when and where the next meeting is
        following = meeting.items.standing().filter(kind=ItemKind.NEXT_MEETING)
        found |= set(following.values_list("pk", flat=True))
    return found
