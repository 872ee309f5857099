from __future__ import annotations

from typing import Any

from django import forms

from meetings import archiving
from meetings.models import Signer

BOTH = (
    "Du har skrivit en synpunkt. Lämna tillbaka med den, eller ta bort den om du vill justera ändå."
)


class SigningForm(forms.Form):
    """A remark on the whole, on the page that approves or returns. One form with the act of
    approving, so that what is written is still there after a wrong password.

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

    def __init__(
        self, *args: Any, signer: Signer, minutes: archiving.Minutes, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.signer, self.minutes = signer, minutes

    def as_asked_for(self) -> SigningForm:
        """For showing: the field does not read "frivilligt", for returning with it needs it."""
        self.fields["comment"].required = True
        return self

    def leaves_nothing_unsent(self) -> bool:
        """Add the error of approving with a remark written, which would be lost."""
        if self.cleaned_data.get("comment", "").strip():
            self.add_error("comment", BOTH)
        return self.is_valid()
