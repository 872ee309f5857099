"""What the installation's own administrator can look at: rounds, approvals, seals. Read only.

Meetings and minutes are worked on in the program, never here: an edit in the admin would go past
the activities, the trail and the promise that what is signed is what was shown.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from meetings.models import (
    Approval,
    Meeting,
    MinutesVersion,
    SealedMinutes,
    SigningRound,
)


class ReadOnly(admin.ModelAdmin):
    """Lists and shows; adds, changes and deletes nothing."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Meeting)
class MeetingAdmin(ReadOnly):
    """That a meeting is and how far it has come; its words are the council's own."""

    list_display = ("council", "date", "state")
    list_filter = ("state", "council")
    date_hierarchy = "date"
    list_select_related = ("council",)
    fields = (
        "council", "key", "state", "date", "minutes_style", "numbering", "signers",
        "planned_at", "summoned_at", "minuting_at", "frozen_at", "approved_at", "cancelled_at",
    )  # fmt: skip


@admin.register(SigningRound)
class SigningRoundAdmin(ReadOnly):
    list_display = ("meeting", "number", "state", "due_on", "opened_at", "closed_at")
    list_filter = ("state",)
    list_select_related = ("meeting__council",)


@admin.register(MinutesVersion)
class MinutesVersionAdmin(ReadOnly):
    list_display = ("meeting", "number", "sha256", "frozen_by", "frozen_at")
    list_select_related = ("meeting__council", "frozen_by")
    fields = ("meeting", "number", "sha256", "program_version", "frozen_by", "frozen_at")


@admin.register(Approval)
class ApprovalAdmin(ReadOnly):
    list_display = ("signer", "round", "method", "snapshot_sha256", "at")
    list_select_related = ("signer", "round__meeting__council")
    fields = ("round", "signer", "method", "snapshot_sha256", "consent_text", "at")


@admin.register(SealedMinutes)
class SealedMinutesAdmin(ReadOnly):
    list_display = ("meeting", "pages", "pdf_sha256", "sealed_at")
    list_select_related = ("meeting__council",)
    fields = ("meeting", "version", "round", "pages", "pdf_sha256", "sealed_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("pdf")
