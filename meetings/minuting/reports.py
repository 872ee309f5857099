"""Round-table reports: one block per organisation, in a chosen order."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meetings import moving, richtext
from meetings.models import AgendaItem, OrganisationReport
from meetings.states import State
from members import audit
from members.models import Organisation, Person

audit.register(
    {
        "report.added": "lade till {what}",
        "report.moved": "flyttade {what}",
        "report.removed": "tog bort {what}",
        "report.restored": "tog tillbaka {what}",
    }
)
audit.describe(
    OrganisationReport,
    named="rapporten från {text}",
    unnamed="en rapport",
    meeting=lambda report: report.item.meeting_id,
)


@transaction.atomic
def add_report(
    *,
    by: Person,
    item: AgendaItem,
    organisation: Organisation | None = None,
    label: str = "",
    reporter: Person | None = None,
) -> OrganisationReport:
    """Add an empty report last; its text is then saved by save_text. Asking twice gives the same.

    `label` is the organisation as printed, by default its name. A report may come from an
    organisation that nobody present stands for.
    """
    moving.lock_item(item, State.MINUTING)
    label = richtext.one_line(label) or (organisation.name if organisation else "")
    if not label:
        raise ValidationError("Välj eller skriv vilken organisation rapporten kommer från.")
    if organisation and organisation.municipality_id != item.meeting.council.municipality_id:
        raise ValidationError("Organisationen finns inte i kommunens register.")
    if organisation:
        known = item.reports.filter(organisation=organisation).first()
        if known is not None:
            return restore_report(by=by, report=known)
    last = item.reports.aggregate(last=Max("position"))["last"] or 0
    report = OrganisationReport(
        item=item, organisation=organisation, label=label, reporter=reporter, position=last + 1
    )
    report.clean_fields()
    report.save()
    audit.record(by=by, action="report.added", council=item.meeting.council, subject=report)
    return report


@transaction.atomic
def move_report(*, by: Person, report: OrganisationReport, to: int) -> None:
    """Put the report at place `to` among the item's (0 is first)."""
    moving.lock_item(report.item, State.MINUTING)
    rows = [row for row in report.item.reports.standing() if row.pk != report.pk]
    rows.insert(max(0, min(to, len(rows))), report)
    for position, row in enumerate(rows, start=1):
        OrganisationReport.objects.filter(pk=row.pk).update(position=position)
    audit.record(by=by, action="report.moved", council=report.item.meeting.council, subject=report)


@transaction.atomic
def remove_report(*, by: Person, report: OrganisationReport) -> None:
    """Take a report away with its text kept; restore_report brings it back."""
    moving.lock_item(report.item, State.MINUTING)
    if OrganisationReport.objects.standing().filter(pk=report.pk).update(removed_at=timezone.now()):
        council = report.item.meeting.council
        audit.record(by=by, action="report.removed", council=council, subject=report)


@transaction.atomic
def restore_report(*, by: Person, report: OrganisationReport) -> OrganisationReport:
    """Undo remove_report; a report that stands is returned as it is."""
    moving.lock_item(report.item, State.MINUTING)
    removed = OrganisationReport.objects.filter(pk=report.pk, removed_at__isnull=False)
    if removed.update(removed_at=None):
        council = report.item.meeting.council
        audit.record(by=by, action="report.restored", council=council, subject=report)
    report.refresh_from_db()
    return report
