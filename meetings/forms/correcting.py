from __future__ import annotations

from typing import Any

from django import forms

from meetings import snapshot

ELSEWHERE = "utanfor"
OUTSIDE = "Uppgifterna utanför paragraferna"


class CorrectionForm(forms.Form):
    """What stands wrong in sealed minutes, and what is right."""

    use_required_attribute = False

    item = forms.ChoiceField(
        label="Var", error_messages={"invalid_choice": "Paragrafen finns inte i protokollet."}
    )
    old = forms.CharField(
        label="Så står det",
        help_text="Skriv av orden precis som de står i det låsta protokollet.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv orden som är fel."},
    )
    new = forms.CharField(
        label="Så ska det stå",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv vad som ska stå i stället."},
    )
    reason = forms.CharField(
        label="Varför",
        help_text="Till exempel: Skrivfel. Beloppet framgår av bilaga 2.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Skriv varför det rättas."},
    )

    def __init__(self, *args: Any, content: snapshot.Snapshot, **kwargs: Any) -> None:
        """`content`: the sealed text as far as the one who corrects it may read it."""
        super().__init__(*args, **kwargs)
        lines = [line for line in content["items"] if "withheld" not in line]
        item = self.fields["item"]
        item.choices = [*map(choice, lines), (ELSEWHERE, OUTSIDE)]  # type: ignore[attr-defined]
        if any("secrecy" in line for line in lines):
            item.help_text = (
                "Det som omfattas av sekretess rättas i en handling som bara de läser som får läsa "
                "det. Andra ser att det är rättat, men inte hur. Allt annat läses av alla."
            )

    def clean_item(self) -> int | None:
        chosen = self.cleaned_data["item"]
        return None if chosen == ELSEWHERE else int(chosen)


def choice(line: snapshot.ItemLine) -> tuple[str, str]:
    name = f"{line['label']} {line['heading']}".strip()
    return str(line["key"]), f"{name} (sekretess)" if "secrecy" in line else name
