"""Closing an item under secrecy, and opening it again."""

from __future__ import annotations

from django import forms

from meetings.models import AgendaItem
from meetings.models.agenda import NEUTRAL_HEADING
from meetings.secrecy import PROVISIONS


class CloseItemForm(forms.Form):
    use_required_attribute = False

    secrecy = forms.CharField(
        label="Omfattas av sekretess enligt",
        max_length=120,
        help_text="Lagrummet. Välj ett vanligt eller skriv ett annat",
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "provisions"}),
        error_messages={"required": "Skriv vilket lagrum som gäller, som OSL 35 kap. 1 §."},
    )
    public_heading = forms.CharField(
        label="Rubrik som alla ser",
        required=False,
        max_length=120,
        help_text=f"Säger inget om saken. Lämnas den tom står det {NEUTRAL_HEADING}",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    provisions = PROVISIONS

    @classmethod
    def of(cls, item: AgendaItem, data: object = None) -> CloseItemForm:
        initial = {"secrecy": item.secrecy, "public_heading": item.public_heading}
        return cls(data, initial=initial)  # type: ignore[arg-type]


class OpenItemForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label="Varför gäller sekretessen inte längre?",
        max_length=300,
        help_text="Skälet antecknas i mötets historik",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Skriv varför sekretessen inte längre gäller."},
    )
