"""What a signer writes under a §, and what the secretary answers."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from meetings import signing, snapshot
from meetings.models import ItemReview

MOST_FIELDS = 300  # a § of more parts is changed in words: a page cannot send endless fields
PART = re.compile(r"(text|decision|action)-\d{1,4}|report-\d{1,4}-\d{1,4}|decision-new")
TOO_LONG = "Texten får ha högst 10 000 tecken."


class CommentForm(forms.Form):
    """A remark in words: about the whole, or why a § should be worded otherwise."""

    use_required_attribute = False

    comment = forms.CharField(
        label="Varför?",
        required=False,
        max_length=10_000,
        help_text="Valfritt om du har ändrat i texten",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )


class ProposalForm(CommentForm):
    """The wording of one item, part by part, to be changed, and why."""

    def __init__(
        self, *args: Any, line: snapshot.ItemLine, review: ItemReview | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        proposal = (review.proposal if review else None) or {}
        self.typed_before: dict[str, str] = proposal.get("typed", {})
        self.parts = signing.fields_of(line) if "withheld" not in line else self.own_words()
        if len(self.parts) > MOST_FIELDS or "at_once" in line:
            self.parts = []
        for part in self.parts:
            if part.editable:
                self.fields[part.name] = self.field_of(part)
        comment = self.fields.pop("comment")
        comment.initial = review.comment if review else ""
        if not self.parts:
            comment.label, comment.help_text = "Vad behöver ändras?", ""
        self.fields["comment"] = comment  # last, as on the page

    def own_words(self) -> list[signing.Field]:
        """What was sent, where the text itself may no longer be read: one's own words stay, and
        neither they nor their labels tell more of it."""
        names = [name for name in self.data if PART.fullmatch(name)]
        return [
            signing.Field(name, f"Det du skrev, {place}" if len(names) > 1 else "Det du skrev", "")
            for place, name in enumerate(names, start=1)
        ]

    def field_of(self, part: signing.Field) -> forms.CharField:
        words = self.typed_before.get(part.name, part.words)
        rows = max(1, min(12, 1 + len(words) // 60 + words.count("\n")))
        if part.name == "decision-new":
            rows = 1
        return forms.CharField(
            label=part.label,
            required=False,
            strip=False,
            initial=words,
            widget=forms.Textarea(attrs={"rows": rows, "lang": "sv", "spellcheck": "true"}),
        )

    def as_asked_for(self) -> ProposalForm:
        """For showing: a part of the text does not read "frivilligt"."""
        for part in self.parts:
            if part.editable and part.name != "decision-new":
                self.fields[part.name].required = True
        return self

    @property
    def rows(self) -> list[tuple[forms.BoundField | None, str]]:
        """The fields in order, and between them the tables, which are only shown."""
        return [
            (self[part.name], "") if part.editable else (None, part.html) for part in self.parts
        ]

    def typed(self) -> dict[str, str]:
        """What the parts hold now, by name."""
        return {
            part.name: self.cleaned_data.get(part.name, "") for part in self.parts if part.editable
        }


class LateForm(CommentForm):
    """What one had written about the whole when somebody else closed the round."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].label = "Din synpunkt"
        self.fields["comment"].help_text = ""


class AnswerForm(forms.Form):
    """The secretary's words to the one who made the remark."""

    use_required_attribute = False

    text = forms.CharField(
        label="Svar",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv ett svar.", "max_length": TOO_LONG},
    )
