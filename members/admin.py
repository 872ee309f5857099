"""The installation's own administration, in Django's admin: who may use the program at all.

Municipalities, councils, people, mandates and their administrators. The trail and the mails can
be read and not changed. Every change is recorded in the trail, as everywhere else.
"""

from __future__ import annotations

from typing import Any

# Imported so that they have registered their models, which are then taken away below.
import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin
import django.contrib.auth.admin
from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from members import audit, joining, mail, setting_up
from members.forms.drift import (
    CouncilAdminForm,
    MunicipalityAdminForm,
    OrganisationAdminForm,
    PersonAdminForm,
)
from members.models import (
    Administrator,
    AuditEntry,
    Council,
    Mandate,
    Municipality,
    Organisation,
    OutgoingMail,
    Person,
)
from members.views.person import person_of

admin.site.site_header = "BRÅ, driftadministration"
admin.site.site_title = "BRÅ"
admin.site.index_title = "Vad vill du sköta?"
# One way to sign in, with its rate limits. And no other registers of accounts beside Person.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
for surplus in (
    django.contrib.auth.models.Group,
    allauth.account.models.EmailAddress,
    allauth.mfa.models.Authenticator,
    allauth.socialaccount.models.SocialAccount,
    allauth.socialaccount.models.SocialApp,
    allauth.socialaccount.models.SocialToken,
):
    admin.site.unregister(surplus)


class RecordedAdmin(admin.ModelAdmin):
    """Every change here is an entry in the trail, with the fields it touched."""

    actions_on_top = True

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data or not change:
            self.record(request, "drift.saved", obj, fields=form.changed_data)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        self.record(request, "drift.removed", obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    def record(self, request: HttpRequest, action: str, obj: Model, **facts: Any) -> None:
        audit.record(by=person_of(request), action=action, subject=obj, **facts)


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Municipality)
class MunicipalityAdmin(RecordedAdmin):
    form = MunicipalityAdminForm
    list_display = ("name", "code")
    search_fields = ("name",)
    fields = ("name", "code", "shown_arms", "drawing", "no_drawing")
    readonly_fields = ("shown_arms",)

    @admin.display(description="Vapnet nu")
    def shown_arms(self, obj: Municipality) -> str:
        if not obj.arms_sha256:
            return "Inget"
        return format_html(
            '<img src="{}" alt="{}" height="60">',
            reverse("arms", args=[obj.pk, obj.arms_sha256]),
            f"{obj}s vapen",
        )

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        drawing = form.cleaned_data["drawing"]
        if isinstance(obj, Municipality) and (drawing or form.cleaned_data["no_drawing"]):
            setting_up.set_arms(by=person_of(request), municipality=obj, drawing=drawing)


@admin.register(Council)
class CouncilAdmin(RecordedAdmin):
    form = CouncilAdminForm
    list_display = ("name", "municipality", "slug", "minutes_style")
    list_filter = ("municipality",)
    search_fields = ("name", "short_name")
    prepopulated_fields = {"slug": ("short_name",)}


@admin.register(Organisation)
class OrganisationAdmin(RecordedAdmin):
    form = OrganisationAdminForm
    list_display = ("name", "kind", "municipality")
    list_filter = ("municipality", "kind")
    search_fields = ("name", "aliases")


@admin.register(Person)
class PersonAdmin(RecordedAdmin):
    form = PersonAdminForm
    list_display = ("name", "email", "way_in", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("name", "email")
    actions = ("invite_chosen",)

    @admin.display(description="Kan logga in", boolean=True)
    def way_in(self, obj: Person) -> bool:
        return obj.can_sign_in

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        if not isinstance(obj, Person):
            raise TypeError("not a person")
        email = obj.email
        if change:  # the address moves with its rights, in an activity of its own
            obj.email = Person.objects.values_list("email", flat=True).get(pk=obj.pk)
        else:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        joining.move_account(by=person_of(request), person=obj, email=email or "")

    @admin.action(description="Bjud in valda personer")
    def invite_chosen(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        for person in queryset:
            try:
                joining.invite(by=person_of(request), council=None, person=person)
            except ValidationError as error:
                self.message_user(
                    request, f"{person}: {' '.join(error.messages)}", messages.WARNING
                )
            else:
                self.message_user(request, f"Ett mejl till {person} är på väg.")


@admin.register(Mandate)
class MandateAdmin(RecordedAdmin):
    list_display = ("person", "role", "council", "organisation", "starts_on", "ends_on")
    list_filter = ("council", "role")
    search_fields = ("person__name", "organisation__name")
    autocomplete_fields = ("person", "organisation", "personal_substitute")
    list_select_related = ("person", "council", "organisation")


@admin.register(Administrator)
class AdministratorAdmin(RecordedAdmin):
    list_display = ("person", "municipality", "starts_on", "ends_on")
    list_filter = ("municipality",)
    autocomplete_fields = ("person",)
    list_select_related = ("person", "municipality")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "told", "council", "sequence")
    list_filter = ("council",)
    search_fields = ("person_name",)
    fields = ("at", "told", "council", "noted", "sequence", "mark")
    list_select_related = ("council",)

    @admin.display(description="händelse")
    def told(self, obj: AuditEntry) -> str:
        """What belongs to a meeting is told without its words: they are the council's own, and
        some of them may be under secrecy."""
        return audit.sentence(obj, what=audit.what(obj, veiled=obj.meeting_id is not None))

    @admin.display(description="uppgifter")
    def noted(self, obj: AuditEntry) -> str:
        return "" if obj.meeting_id is not None else str(obj.facts)

    @admin.display(description="kontrollsumma")
    def mark(self, obj: AuditEntry) -> str:
        return audit.mark_of(bytes(obj.hash))


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """Without the text: links to choose a password are for the receiver's eyes."""

    list_display = ("subject", "to_email", "created_at", "sent_at", "attempts", "given_up_at")
    list_filter = ("council",)
    search_fields = ("to_email", "subject")
    fields = (
        "subject", "to_email", "council", "created_at", "due_at", "attempts", "sent_at",
        "given_up_at", "last_error",
    )  # fmt: skip
    actions = ("send_again",)
    ordering = ("-pk",)

    @admin.action(description="Försök igen med valda uppgivna mejl", permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        count = sum(mail.retry(by=person_of(request), row=row) for row in queryset)
        words = "Ett mejl skickas" if count == 1 else f"{count} mejl skickas"
        self.message_user(request, f"{words} om." if count else "Inga av dem var uppgivna.")
