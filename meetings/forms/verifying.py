"""What one gives to have a file checked: the file, or its hash."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from meetings import verifying

TWO_FILES = "Välj en fil i taget."


class HashForm(forms.Form):
    sha256 = forms.CharField(
        label="Kontrollsumma (SHA-256)",
        max_length=500,
        help_text="64 tecken, 0–9 och a–f. Mellanslag gör inget.",
        error_messages={"required": "Skriv eller klistra in kontrollsumman."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def clean_sha256(self) -> str:
        typed: str = self.cleaned_data["sha256"]
        found = verifying.read_hash(typed)
        if not found:
            length = len("".join(typed.split()))
            raise forms.ValidationError(
                "Det är ingen kontrollsumma. Den har 64 tecken, bara 0–9 och a–f. "
                f"Du skrev {length} tecken."
            )
        return found


class FileForm(forms.Form):
    file = forms.FileField(
        label="Protokollet som PDF-fil",
        allow_empty_file=True,  # an empty file gets an answer as every other file
        error_messages={"required": "Välj en fil.", "missing": "Välj en fil."},
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def clean_file(self) -> Any:
        file: UploadedFile = self.cleaned_data["file"]
        if len(self.files.getlist("file")) > 1:
            raise forms.ValidationError(TWO_FILES)
        return file
