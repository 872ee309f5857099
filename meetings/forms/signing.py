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

    comment = forms.CharField(
        label="Vad behöver ändras?",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": "Synpunkten får ha högst 10 000 tecken."},
    )
    item = forms.ChoiceField(label="Gäller", required=False)

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
        """For showing: the field does not read "frivilligt", for returning needs it."""
        self.fields["comment"].required = True
        return self

    def leaves_nothing_unsent(self) -> bool:
        """Add the error of approving with a remark written, which would be lost."""
        if self.cleaned_data.get("comment", "").strip():
            self.add_error("comment", BOTH)
        return self.is_valid()
