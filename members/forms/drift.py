"""Forms of the installation's administration (members.admin), where the model's own do not do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members import setting_up, svg
from members.forms.blocks import BlocksField
from members.models import ApprovalLevel, Council, Municipality, Organisation, Person
from members.models.council import default_levels


class LinesField(forms.CharField):
    """A list of texts, one on each line: the texts may hold commas."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class SignersField(forms.ChoiceField):
    """Who signs, as one of the sets in setting_up."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [(word, label) for word, (_, label) in setting_up.SIGNER_SETS.items()]
        super().__init__(choices=choices, label="Vilka justerar", **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return setting_up.signer_set(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        word = super().clean(value)
        return [role.value for role in setting_up.SIGNER_SETS[word][0]]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != data


class CouncilAdminForm(forms.ModelForm):
    signers = SignersField()
    approval_levels = forms.MultipleChoiceField(
        label="Godkännande vid justering",
        choices=ApprovalLevel.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=default_levels,
    )
    decision_phrases = LinesField(
        label="Fasta beslutsfraser", required=False, help_text="En på varje rad."
    )

    text_blocks = BlocksField()

    class Meta:
        model = Council
        fields = "__all__"  # noqa: DJ007  all of it is for the administrator to set


class OrganisationAdminForm(forms.ModelForm):
    aliases = LinesField(label="Andra namn", required=False, help_text="Ett på varje rad.")

    class Meta:
        model = Organisation
        fields = ("municipality", "name", "kind", "aliases")


class MunicipalityAdminForm(forms.ModelForm):
    drawing = forms.FileField(
        label="Kommunvapen",
        required=False,
        help_text="En SVG-fil på högst 200 kB. Den visas överst i protokollet.",
        widget=forms.FileInput(attrs={"accept": ".svg,image/svg+xml"}),
    )
    no_drawing = forms.BooleanField(label="Ta bort vapnet", required=False)

    class Meta:
        model = Municipality
        fields = ("name", "code")

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip()
        if code and not (code.isdigit() and len(code) == 4):
            raise ValidationError("Kommunkoden är fyra siffror, som 0880.")
        return code

    def clean_drawing(self) -> bytes:
        upload = self.cleaned_data["drawing"]
        if not upload:
            return b""
        if upload.size > svg.MAX_BYTES:
            raise ValidationError("Filen är för stor. Den får vara högst 200 kB.")
        return svg.clean(upload.read())


class PersonAdminForm(forms.ModelForm):
    email = forms.EmailField(
        label="E-post",
        required=False,
        help_text="Den som har adressen kan välja nytt lösenord. Byt bara efter säker kontakt.",
    )

    class Meta:
        model = Person
        fields = ("name", "email", "is_active", "is_staff", "is_superuser")

    def clean_email(self) -> str | None:
        return Person.objects.tidy_email(self.cleaned_data["email"] or "") or None
