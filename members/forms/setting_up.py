from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from members import setting_up, single_sign_on
from members.forms.blocks import BlocksField
from members.forms.plain import PlainForm
from members.models import Accent, ApprovalLevel, Council, LegalForm, MinutesStyle, Numbering

OWN_SET = "own"
# Each with what it is worth, for somebody who is to choose.
LEVELS = [
    (
        ApprovalLevel.PASSKEY,
        "Passkey, starkast. Telefonen eller datorn skriver under just den text som visades, efter "
        "finger, ansikte eller skärmlås. Det går att kontrollera i efterhand av vem som helst",
    ),
    (
        ApprovalLevel.PASSWORD_CODE,
        "Lösenord och en engångskod från en app. Ett lösenord som har kommit bort räcker inte",
    ),
    (
        ApprovalLevel.PASSWORD,
        "Bara lösenord, svagast. Den som har fått tag i lösenordet kan justera i personens namn",
    ),
]
PHRASE_MAX = 200


ELSEWHERE = (
    ApprovalLevel.SSO,
    "Kommunens egen inloggning. Personen får logga in där på nytt i samma stund",
)


def days_field(label: str, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Skriv ett helt antal dagar, som 7."},
    )


class CouncilForm(PlainForm):
    """All settings of a council, each with what it does in plain words."""

    name = forms.CharField(
        label="Rådets namn", max_length=150, help_text="Hela namnet, som rubrik på protokollet"
    )
    short_name = forms.CharField(
        label="Kort namn",
        max_length=60,
        help_text="Där det är ont om plats, som Lokala BRÅ",
    )
    minutes_style = forms.ChoiceField(
        label="Protokollets form",
        widget=forms.RadioSelect,
        choices=[
            (MinutesStyle.PARAGRAPHS, "Protokoll med paragrafer: § 1, § 2 och så vidare"),
            (MinutesStyle.HEADINGS, "Minnesanteckningar med rubriker, utan paragrafer"),
        ],
    )
    numbering = forms.ChoiceField(
        label="Paragrafernas nummer",
        help_text="Minnesanteckningar har inga nummer",
        widget=forms.RadioSelect,
        choices=[
            (Numbering.PER_MEETING, "Börjar om från § 1 vid varje möte"),
            (Numbering.PER_YEAR, "Fortsätter i följd hela året"),
            (Numbering.NONE, "Inga nummer"),
        ],
    )
    number_prefix = forms.CharField(
        label="Före numret",
        required=False,
        max_length=10,
        help_text="Om paragraferna heter något, som FHR § 12. Oftast tomt",
    )
    signers = forms.ChoiceField(
        label="Vilka justerar",
        help_text="I den ordning namnen står under protokollet. Justerare väljs vid mötet",
    )
    legal_form = forms.ChoiceField(
        label="Rättslig form",
        help_text="Ett råd är oftast rådgivande. För en nämnd gäller kommunallagens regler om "
        "protokoll, justering och anslag",
        choices=LegalForm.choices,
    )
    days_for_summons = days_field(
        "Dagar från kallelse till möte", "Så många dagar före mötet ska kallelsen vara skickad"
    )
    days_for_signing = days_field(
        "Dagar för justering",
        "Så många dagar efter mötet ska protokollet vara justerat. 14 dagar gäller för en nämnd",
    )
    uses_posting = forms.BooleanField(
        label="Justeringen anslås på kommunens anslagstavla",
        required=False,
        help_text="Krävs för en nämnd. De flesta råd gör det inte",
    )
    approval_levels = forms.MultipleChoiceField(
        label="Hur man visar att det är man själv som justerar",
        help_text="Kryssa för det rådet godtar. Den som justerar får välja bland dem. Gäller "
        "genast, också för protokoll som redan är ute",
        widget=forms.CheckboxSelectMultiple,
        choices=LEVELS,
        error_messages={"required": "Kryssa för minst ett sätt."},
    )
    lists_apologies = forms.BooleanField(
        label="Skriv ut i protokollet vilka som hade förhinder eller var frånvarande",
        required=False,
    )
    members_read_closed = forms.BooleanField(
        label="Ledamöter och ersättare läser punkter som omfattas av sekretess",
        required=False,
        help_text="Annars bara sekreteraren, ordföranden, vice ordföranden och de som justerar. "
        "Adjungerade, läsare, gäster och administratören läser dem aldrig",
    )
    accent = forms.ChoiceField(
        label="Färg",
        required=False,
        choices=Accent.choices,
        widget=forms.RadioSelect,
        help_text="På paragrafernas nummer och linjerna vid besluten, i protokoll och kallelser",
    )
    decision_phrases = forms.CharField(
        label="Fasta beslutsfraser",
        required=False,
        max_length=20_000,
        help_text="En på varje rad. De blir knappar under beslutet när protokollet skrivs",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    text_blocks = BlocksField()

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        initial = {name: getattr(council, name) for name in self.base_fields}
        initial["decision_phrases"] = "\n".join(council.decision_phrases)
        initial["signers"] = setting_up.signer_set(council.signers) or OWN_SET
        super().__init__(*args, initial=initial, **kwargs)
        self.own_set = list(council.signers)
        sets = [(word, label) for word, (_, label) in setting_up.SIGNER_SETS.items()]
        if initial["signers"] == OWN_SET:
            sets.append((OWN_SET, setting_up.signers_in_words(council.signers)))
        levels = self.fields["approval_levels"]
        if single_sign_on.service() and isinstance(levels, forms.MultipleChoiceField):
            levels.choices = [*LEVELS[:-1], ELSEWHERE, LEVELS[-1]]
        signers = self.fields["signers"]
        if isinstance(signers, forms.ChoiceField):
            signers.choices = sets

    def clean_signers(self) -> list[str]:
        word = self.cleaned_data["signers"]
        if word == OWN_SET:
            return self.own_set
        return [role.value for role in setting_up.SIGNER_SETS[word][0]]

    def clean_accent(self) -> str:
        return self.cleaned_data["accent"] or Accent.TEAL

    def clean_approval_levels(self) -> list[str]:
        chosen = self.cleaned_data["approval_levels"]
        return [level for level in ApprovalLevel.values if level in chosen]

    def clean_decision_phrases(self) -> list[str]:
        lines = self.cleaned_data["decision_phrases"].splitlines()
        phrases = list(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))
        if any(len(phrase) > PHRASE_MAX for phrase in phrases):
            raise forms.ValidationError(f"En fras får vara högst {PHRASE_MAX} tecken.")
        return phrases

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        style, numbering = cleaned.get("minutes_style"), cleaned.get("numbering")
        if style == MinutesStyle.PARAGRAPHS and numbering == Numbering.NONE:
            self.add_error("numbering", "Ett protokoll med paragrafer behöver nummer.")
        if style == MinutesStyle.HEADINGS and numbering and numbering != Numbering.NONE:
            self.add_error("numbering", "Minnesanteckningar har inga nummer. Välj ”Inga nummer”.")
        return cleaned
