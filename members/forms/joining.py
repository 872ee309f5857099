from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from members import joining, organising
from members.forms.days import DayField
from members.forms.plain import PlainForm
from members.models import Council, Mandate, Person
from members.roles import COUNCIL_ROLES, Role

ROLE_CHOICES = [(role.value, role.label) for role in COUNCIL_ROLES]
SOMEBODY_NEW = "new"


class SeatForm(PlainForm):
    """A person and their seat: what add and change have in common."""

    name = forms.CharField(
        label="Namn",
        max_length=200,
        help_text="Som det ska stå i protokollet",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="E-post",
        required=False,
        max_length=254,
        help_text="Behövs för att läsa kallelser och protokoll här",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    organisation = forms.CharField(
        label="Organisation",
        required=False,
        max_length=200,
        help_text="Välj eller skriv en ny, som Tekniska förvaltningen",
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label="Roll i rådet",
        choices=ROLE_CHOICES,
        initial=Role.MEMBER,
        help_text="Sekreteraren skriver och bjuder in",
    )
    title = forms.CharField(
        label="Titel", required=False, max_length=100, help_text="Som kommunpolis"
    )
    starts_on = DayField(label="Från och med")
    ends_on = DayField(
        label="Till och med",
        required=False,
        help_text="Sista dagen, om den är bestämd",
    )
    personal_substitute = forms.ModelChoiceField(
        label="Personlig ersättare",
        queryset=Person.objects.none(),
        required=False,
        empty_label="Ingen",
        help_text="Någon som redan finns i registret",
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.council = council
        self.organisations = organising.organisations_of(council)
        seated = Mandate.objects.not_ended(timezone.localdate()).filter(council=council)
        self.substitutes.queryset = Person.objects.filter(pk__in=seated.values("person"))

    @property
    def substitutes(self) -> forms.ModelChoiceField:
        field = self.fields["personal_substitute"]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError("personal_substitute is chosen among people")
        return field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Sista dagen kan inte vara före första dagen.")
        return cleaned


class AddMemberForm(SeatForm):
    """Asks who is meant when somebody of that name is known, instead of adding them twice."""

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["starts_on"].initial = timezone.localdate
        self.alike = self.people_alike() if self.is_bound else {}
        if self.alike:
            who = [(key, who_it_is(person)) for key, person in self.alike.items()]
            self.fields["person"] = forms.ChoiceField(
                label="Namnet finns redan i registret. Vem menar du?",
                choices=[*who, (SOMEBODY_NEW, "Någon annan med samma namn")],
                error_messages={
                    "required": "Välj vem du menar.",
                    "invalid_choice": "Välj vem du menar.",
                },
                widget=forms.RadioSelect,
            )
            self.order_fields(("name", "person", "email"))

    def people_alike(self) -> dict[str, Person]:
        """Whom the name may mean. Nobody when the address says who it is."""
        name, email = str(self.data.get("name", "")), str(self.data.get("email", ""))
        if not name.strip() or "\0" in name + email:
            return {}
        if joining.person_at(Person.objects.tidy_email(email)):
            return {}
        found = joining.namesakes(by=self.by, name=name[:200])
        return {str(person.pk): person for person in found}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["person"] = self.alike.get(cleaned.get("person", ""))
        if self.wants_invitation and not self.address_of(cleaned):
            self.add_error("email", "Fyll i en e-postadress, så går det att bjuda in personen.")
        return cleaned

    @property
    def wants_invitation(self) -> bool:
        """Whether "Spara och bjud in" was pressed."""
        return "invite" in self.data

    @staticmethod
    def address_of(cleaned: dict[str, Any]) -> str:
        person = cleaned.get("person")
        return (person and person.email) or cleaned.get("email") or ""


class ChangeMemberForm(SeatForm):
    """Name and address are shown but locked when they are not the secretary's to change."""

    def __init__(self, *args: Any, mandate: Mandate, by: Person, **kwargs: Any) -> None:
        person = mandate.person
        kwargs["initial"] = {
            "name": person.name,
            "email": person.email or "",
            "organisation": mandate.organisation.name if mandate.organisation else "",
            **{name: getattr(mandate, name) for name in ("role", "title", "starts_on", "ends_on")},
            "personal_substitute": mandate.personal_substitute_id,
        }
        super().__init__(*args, council=mandate.council, **kwargs)
        seated = Q(mandates__in=Mandate.objects.filter(council=mandate.council))
        self.substitutes.queryset = (
            Person.objects.filter(seated | Q(substitute_for=mandate))
            .exclude(pk=person.pk)
            .distinct()
        )
        if not joining.may_correct(by=by, person=person):
            for name in ("name", "email"):
                self.fields[name].disabled = True
                self.fields[name].help_text = ""
            self.fields[
                "name"
            ].help_text = (
                "Kan inte ändras här. Personen har ett eget konto, eller sitter i fler råd"
            )


class EndForm(PlainForm):
    last_day = DayField(label="Sista dagen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate


class OwnNameForm(PlainForm):
    name = forms.CharField(
        label="Namn",
        max_length=200,
        help_text="Så här står du i protokoll som skrivs från och med nu",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        name = joining.tidy_name(self.cleaned_data["name"])
        if not name:
            raise ValidationError("Fyll i ditt namn.")
        return name


def who_it_is(person: Person) -> str:
    """ "Anna Ek, Polisen": told apart by what they stand for, or by address."""
    seat = person.mandates.select_related("organisation", "council").order_by("-starts_on").first()
    stands_for = seat.organisation or seat.council.short_name if seat else None
    return ", ".join(str(part) for part in (person.name, stands_for, person.email) if part)
