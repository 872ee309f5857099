from __future__ import annotations

from typing import Any

from django import forms

from meetings import archiving
from meetings.models import AgendaItem, Signer

WHOLE = "Hela protokollet"
BOTH = (
    "Du har skrivit en synpunkt. Lämna tillbaka med den, eller ta bort den om du vill justera ändå."
)


class SigningForm(forms.Form):
    """Approve or return. One form, so that a remark is still there after a wrong password.

    Which of the two is told by the button: its address is that of the act.
    """

    use_required_attribute = False

    password = forms.CharField(
        label="Ditt lösenord",
        required=False,
        strip=False,
        max_length=1000,
        help_text="Samma som när du loggar in",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    comment = forms.CharField(
        label="Vad behöver ändras?",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": "Synpunkten får ha högst 10 000 tecken."},
    )
    item = forms.ChoiceField(label="Gäller", required=False)
    challenge = forms.CharField(required=False, widget=forms.HiddenInput, max_length=1000)
    shown = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, *args: Any, signer: Signer, minutes: archiving.Minutes, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.signer, self.minutes, content = signer, minutes, minutes.content
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", WHOLE if content["cover"]["style"] == "paragraphs" else "Alla anteckningar"),
            *(
                (str(line["key"]), f"{line['label']} {line['heading']}".strip())
                for line in content["items"]
            ),
        ]

    def clean_item(self) -> AgendaItem | None:
        chosen = self.cleaned_data["item"]
        if not chosen:
            return None
        return AgendaItem.objects.filter(
            meeting=self.signer.round.meeting_id, pk=int(chosen)
        ).first()

    def as_asked_for(self) -> SigningForm:
        """For showing: neither field reads "frivilligt", for each of the two acts needs its own."""
        self.fields["password"].required = self.fields["comment"].required = True
        return self

    def asks_for_password(self) -> bool:
        """Add the errors of approving: no password, or a remark that approving would lose."""
        if self.cleaned_data.get("comment", "").strip():
            self.add_error("comment", BOTH)
        elif not self.cleaned_data.get("password"):
            self.add_error("password", "Skriv ditt lösenord.")
        return self.is_valid()
