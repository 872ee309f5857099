"""Closing an item: the provision, and what stands in its place in every public list."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings import moving, richtext
from meetings.models import AgendaItem
from meetings.states import WRITABLE
from members import audit
from members.models import Person

audit.register(
    {
        "item.closed": "markerade {what} som sekretess",
        "item.opened": "tog bort sekretessen för {what}. {reason}",
    }
)

# Those a local council is likely to meet (domain.md b6); any other is written freely.
PROVISIONS = (
    ("OSL 35 kap. 1 §", "enskilda i polisens arbete mot brott"),
    ("OSL 26 kap. 1 §", "enskilda i socialtjänsten"),
    ("OSL 18 kap. 1 §", "förundersökning och annat arbete mot brott"),
    ("OSL 18 kap. 2 §", "underrättelser om brott"),
    ("OSL 18 kap. 8 §", "säkerhet och bevakning"),
    ("OSL 23 kap.", "förskola och skola"),
    ("OSL 21 kap.", "enskildas personliga förhållanden"),
)
MOST = 120


@transaction.atomic
def close_item(
    *, by: Person, item: AgendaItem, secrecy: str, public_heading: str = ""
) -> AgendaItem:
    """Close an item under a provision; of one that is closed, change provision or public heading.

    Raises ValidationError by field, and for an item that has to be open.
    """
    meeting = moving.lock_item(item, *WRITABLE)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if not item.may_be_closed:
        raise ValidationError(
            "Inledning, val av justerare, dagordning och nästa möte är alltid öppna. Lägg det som "
            "omfattas av sekretess i en egen punkt."
        )
    item.secrecy = checked("secrecy", secrecy)
    item.public_heading = checked("public_heading", public_heading)
    if not item.secrecy:
        raise ValidationError({"secrecy": "Skriv vilket lagrum som gäller, som OSL 35 kap. 1 §."})
    if item.public_heading.casefold() == item.heading.casefold():
        raise ValidationError(
            {"public_heading": "Det är samma rubrik som punkten har. Skriv en som inget avslöjar."}
        )
    item.save(update_fields=["secrecy", "public_heading"])
    audit.record(
        by=by, action="item.closed", council=meeting.council, subject=item, secrecy=item.secrecy
    )
    return item


@transaction.atomic
def open_item(*, by: Person, item: AgendaItem, reason: str) -> AgendaItem:
    """Open a closed item again: all of it can then be read. The reason is kept in the trail.

    Opening what is open changes nothing. Raises ValidationError without a reason.
    """
    meeting = moving.lock_item(item, *WRITABLE)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if not item.is_secret:
        return item
    reason = richtext.one_line(reason)
    if not reason:
        raise ValidationError({"reason": "Skriv varför sekretessen inte längre gäller."})
    if len(reason) > 300:
        raise ValidationError({"reason": "Skälet får ha högst 300 tecken."})
    # Noted by the name it had while it was closed: the trail tells no more than it did.
    audit.record(
        by=by, action="item.opened", council=meeting.council, subject=item, reason=reason,
        secrecy=item.secrecy,
    )  # fmt: skip
    item.secrecy = item.public_heading = ""
    item.save(update_fields=["secrecy", "public_heading"])
    return item


def checked(field: str, text: str) -> str:
    line = richtext.one_line(text)
    if len(line) > MOST:
        raise ValidationError({field: f"Högst {MOST} tecken går bra."})
    return line
