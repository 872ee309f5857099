from __future__ import annotations

from django import forms

from members import organising
from members.forms.plain import PlainForm
from members.models import OrganisationKind


class OrganisationForm(PlainForm):
    name = forms.CharField(label="Namn", max_length=200)
    kind = forms.ChoiceField(
        label="Slag", choices=OrganisationKind.choices, initial=OrganisationKind.OTHER
    )
    aliases = forms.CharField(
        label="Andra namn",
        required=False,
        max_length=2000,
        help_text="Kortformer och äldre namn, ett på varje rad. Som SBK eller Brandkåren",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_aliases(self) -> list[str]:
        """The names by line; commas are names' own."""
        aliases = organising.tidy_all(self.cleaned_data["aliases"].splitlines())
        too_long = [alias for alias in aliases if len(alias) > 200]
        if too_long:
            raise forms.ValidationError("Ett namn får vara högst 200 tecken.")
        return aliases
