"""The council's text blocks as one field: a name on a line of its own, its text below.

An empty line parts them. That is how they would be kept in a document, and they can be pasted.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

NAME_MAX, TEXT_MAX, MOST = 60, 4000, 50

Block = dict[str, str]


class BlocksField(forms.CharField):
    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Textblock",
            required=False,
            max_length=MOST * TEXT_MAX,
            help_text="Text som rådet ofta skriver. Namnet på en egen rad, texten på raderna under "
            "och en tom rad före nästa namn. De hämtas med / när protokollet skrivs",
            widget=forms.Textarea(attrs={"rows": 12}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n\n".join(f"{block['name']}\n{block['text']}" for block in value)

    def to_python(self, value: Any) -> list[Block]:  # type: ignore[override]
        if isinstance(value, list):
            return value
        written = str(value or "").replace("\0", "").replace("\r\n", "\n").strip()
        parts = [part for part in re.split(r"\n\s*\n", written) if part.strip()]
        return [block_of(part) for part in parts]

    def validate(self, value: Any) -> None:
        names = [block["name"].casefold() for block in value]
        twice = next((one["name"] for one in value if names.count(one["name"].casefold()) > 1), "")
        if twice:
            raise ValidationError(f"Två textblock heter ”{twice}”. Ge dem olika namn.")
        if len(value) > MOST:
            raise ValidationError(f"Det är {len(value)} textblock, och högst {MOST} får plats.")

    def run_validators(self, value: Any) -> None:
        """The lengths are seen to block by block."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)


def block_of(part: str) -> Block:
    lines = [" ".join(line.split()) for line in part.splitlines() if line.strip()]
    name, text = lines[0], "\n".join(lines[1:])
    if len(name) > NAME_MAX:
        raise ValidationError(
            f"”{name[:NAME_MAX]}…” är för långt för ett namn, högst {NAME_MAX} tecken. Skriv "
            "namnet på en egen rad, och texten på raden under."
        )
    if not text:
        raise ValidationError(f"”{name}” har ingen text. Skriv texten på raden under namnet.")
    if len(text) > TEXT_MAX:
        raise ValidationError(f"Texten till ”{name}” får vara högst {TEXT_MAX} tecken.")
    return {"name": name, "text": text}
