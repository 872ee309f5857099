"""Mail: a row in the outbox, and the delivery of one.

`queue` is called inside the transaction that causes the mail, so that it is rolled back with it;
`deliver_next` is what manage.py worker repeats.
"""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from members import audit
from members.models import Council, OutgoingMail, Person

TRIES = 6
DOMAIN = "bra.localhost"


def queue(
    *,
    to: str,
    subject: str,
    body: str,
    person: Person | None = None,
    council: Council | None = None,
) -> OutgoingMail:
    """Put one mail to one address in the outbox. Line breaks in the subject are folded away."""
    domain = settings.BASE_URL.split("://", 1)[-1].split(":")[0] or DOMAIN
    return OutgoingMail.objects.create(
        to_email=to,
        subject=" ".join(subject.split())[:250],
        body=body,
        person=person,
        council=council,
        message_id=f"<{uuid.uuid4()}@{domain}>",
    )


def queue_letter(
    *, to: Person, letter: str, context: dict[str, object], council: Council | None = None
) -> OutgoingMail | None:
    """Queue templates/mail/<letter>.subject.txt and .txt for a person; None without an address."""
    if not to.email:
        return None
    return queue_letter_to(
        address=to.email, person=to, letter=letter, context=context, council=council
    )


def queue_letter_to(
    *,
    address: str,
    person: Person,
    letter: str,
    context: dict[str, object],
    council: Council | None = None,
) -> OutgoingMail:
    """As queue_letter, to another address than the person has now: one they had, say."""
    context = {"person": person, "council": council, "base_url": settings.BASE_URL, **context}
    return queue(
        to=address,
        subject=render_to_string(f"mail/{letter}.subject.txt", context).strip(),
        body=render_to_string(f"mail/{letter}.txt", context).strip() + "\n",
        person=person,
        council=council,
    )


def deliver_next() -> OutgoingMail | None:
    """Send the mail that is due first; None when there is none. Any number of workers may run.

    The row is locked while it is sent: if the worker dies, the lock dies with its connection and
    the next one sends it. A failure is tried again with growing pauses, six times.
    """
    with transaction.atomic():
        row = OutgoingMail.objects.due().select_for_update(skip_locked=True).first()
        if row is None:
            return None
        row.attempts += 1
        try:
            as_message(row).send()
        except Exception as error:  # whatever the mail server says is kept, and tried again
            row.last_error = f"{type(error).__name__}: {error}"[:2000]
            row.due_at = timezone.now() + datetime.timedelta(minutes=4**row.attempts)
            if row.attempts >= TRIES:
                row.given_up_at = timezone.now()
        else:
            row.sent_at = timezone.now()
            row.last_error = ""
        row.save(update_fields=["attempts", "last_error", "due_at", "given_up_at", "sent_at"])
        return row


@transaction.atomic
def retry(*, by: Person, row: OutgoingMail) -> bool:
    """Have the worker try a mail it gave up on again, from the beginning; False if it had not."""
    row = OutgoingMail.objects.select_for_update().get(pk=row.pk)
    if row.given_up_at is None or row.sent_at is not None:
        return False
    row.given_up_at, row.attempts, row.due_at = None, 0, timezone.now()
    row.save(update_fields=["given_up_at", "attempts", "due_at"])
    audit.record(by=by, action="mail.retried", council=row.council, subject=row)
    return True


def as_message(row: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it goes over SMTP."""
    message = EmailMultiAlternatives(
        subject=row.subject,
        body=row.body,
        to=[row.to_email],
        headers={"Message-ID": row.message_id, "Auto-Submitted": "auto-generated"},
    )
    if row.body_html:
        message.attach_alternative(row.body_html, "text/html")
    return message
