from __future__ import annotations

from django import forms


class ScanForm(forms.Form):
    """The paper that was signed with a pen, scanned."""

    use_required_attribute = False

    file = forms.FileField(
        label="Det inskannade pappret, PDF",
        allow_empty_file=True,  # an empty file gets the activity's own sentence
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": "Välj en fil.", "missing": "Välj en fil."},
    )
    signed_on = forms.DateField(
        label="Dagen då den sista skrev under",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Skriv vilken dag den sista skrev under.",
            "invalid": "Skriv dagen som 2026-03-19.",
        },
    )
    seen = forms.BooleanField(
        label="Jag har sett att alla namnteckningar finns och att sidorna är hela",
        error_messages={"required": "Kryssa i att du har sett namnteckningarna."},
    )
