"""The settings of a council, as the form sends them, and the arms of a municipality."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from members import audit, setting_up, svg
from members.models import Accent, AuditEntry, Council, Person
from tests.builders import Cast

As = Callable[[Person], Client]
FIELDS = {
    "name": "Strandköpings lokala råd",
    "short_name": "Lokala BRÅ",
    "minutes_style": "paragraphs",
    "numbering": "per_year",
    "number_prefix": "FHR",
    "signers": "chair-2",
    "legal_form": "board",
    "days_for_summons": "10",
    "days_for_signing": "14",
    "uses_posting": "on",
    "accent": "red",
    "approval_levels": ["password_code", "passkey"],
    "decision_phrases": "Rådet noterar, och tackar.\n\n  Rådet  noterar, och tackar.\nKlart.",
    "text_blocks": "Öppnande\r\nMötet  öppnas.\r\nAlla hälsas välkomna.\r\n \r\n\r\nSlut\r\nTack.",
}


def send(client: Client, council: Council, **changes: Any) -> Any:
    return client.post(reverse("council_settings", args=[council.slug]), FIELDS | changes)


def test_every_setting_is_saved(cast: Cast, as_: As) -> None:
    send(as_(cast.secretary), cast.council)
    council = Council.objects.get(pk=cast.council.pk)
    assert (council.name, council.short_name) == ("Strandköpings lokala råd", "Lokala BRÅ")
    assert (council.numbering, council.number_prefix) == ("per_year", "FHR")
    assert council.signers == ["chair", "adjuster", "adjuster"]
    assert (council.legal_form, council.days_for_summons) == ("board", 10)
    assert council.approval_levels == ["passkey", "password_code"]
    assert (council.uses_posting, council.lists_apologies) == (True, False)
    assert council.accent == "red"
    assert council.decision_phrases == ["Rådet noterar, och tackar.", "Klart."]
    assert council.text_blocks == [
        {"name": "Öppnande", "text": "Mötet öppnas.\nAlla hälsas välkomna."},
        {"name": "Slut", "text": "Tack."},
    ]


def test_the_trail_tells_what_it_was(cast: Cast) -> None:
    setting_up.change_council(by=cast.secretary, council=cast.council, days_for_summons=9)
    entry = audit.history_of(cast.council)[0]
    assert (entry.action, entry.person) == ("council.changed", cast.secretary)
    assert entry.facts == {"was": {"days_for_summons": 7}, "now": {"days_for_summons": 9}}


def test_saving_what_is_already_so_leaves_no_trace(cast: Cast) -> None:
    before = AuditEntry.objects.count()
    setting_up.change_council(by=cast.secretary, council=cast.council, days_for_summons=7)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"numbering": "none"}, "Ett protokoll med paragrafer behöver nummer."),
        ({"minutes_style": "headings"}, "Minnesanteckningar har inga nummer."),
        ({"days_for_signing": "0"}, "Det ska vara minst 1."),
        ({"days_for_signing": "fjorton"}, "Skriv ett helt antal dagar"),
        ({"days_for_signing": "99999999999999999999"}, "Det får vara högst 60."),
        ({"name": ""}, "Fyll i det här."),
        ({"name": "x" * 100_000}, "Skriv högst 150 tecken. Nu är det 100000."),
        ({"signers": "alla"}, "Välj något av alternativen."),
        ({"approval_levels": []}, "Kryssa för minst ett sätt."),
        ({"approval_levels": ["bankid"]}, "Välj något av alternativen."),
        ({"decision_phrases": "x" * 201}, "högst 200 tecken"),
        ({"text_blocks": "Hälsning\n\nSlut\nTack."}, "”Hälsning” har ingen text."),
        ({"text_blocks": "A\nx\n\na\ny"}, "Två textblock heter ”A”."),
        ({"text_blocks": "x" * 61}, "för långt för ett namn"),
        ({"text_blocks": "A\n" + "x" * 4001}, "får vara högst 4000 tecken"),
        ({"text_blocks": "\n\n".join(f"{n}\nx" for n in range(51))}, "Det är 51 textblock"),
    ],
)
def test_what_cannot_be_is_told_and_kept(
    cast: Cast, as_: As, changes: dict[str, str], sentence: str
) -> None:
    page = send(as_(cast.secretary), cast.council, **changes).content.decode()
    assert sentence in page
    assert "Det du skrev finns kvar" in page
    assert "Rådet noterar, och tackar." in page or "decision_phrases" in changes
    assert Council.objects.get(pk=cast.council.pk).numbering == "per_meeting"


def test_a_set_of_signers_of_its_own_is_shown_and_kept(cast: Cast, as_: As) -> None:
    Council.objects.filter(pk=cast.council.pk).update(signers=["adjuster", "chair"])
    cast.council.refresh_from_db()
    page = as_(cast.secretary).get(reverse("council_settings", args=[cast.council.slug]))
    assert "Justerare, ordförande" in page.content.decode()
    send(as_(cast.secretary), cast.council, signers="own")
    assert Council.objects.get(pk=cast.council.pk).signers == ["adjuster", "chair"]


def test_the_address_and_the_municipality_are_not_settings(cast: Cast) -> None:
    with pytest.raises(TypeError):
        setting_up.change_council(by=cast.secretary, council=cast.council, slug="annat")


def test_the_councils_page_tells_the_settings_in_words(cast: Cast, as_: As) -> None:
    page = as_(cast.reader).get(reverse("council", args=[cast.council.slug])).content.decode()
    for words in ("Ordförande och en justerare", "Inom 14 dagar efter mötet", "Rådgivande råd"):
        assert words in page
    assert "Leif Kvarnbo" in page  # sits there without being able to sign in
    assert reverse("register", args=[cast.council.slug]) not in page


HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<g onclick='alert(1)'/>",
        "<g onLoad='alert(1)'/>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>Hej</p></foreignObject>",
        "<image href='data:image/png;base64,AAAA'/>",
        "<use href='https://annan.example/a.svg#b'/>",
        "<use xlink:href='file:///etc/passwd'/>",
        "<a href='#x'><path d='M0 0'/></a>",
        "<set attributeName='href' to='javascript:alert(1)'/>",
        "<animate attributeName='d'/>",
        "<style>@import 'https://annan.example/a.css';</style>",
        "<style>path{fill:url(https://annan.example/a)}</style>",
        "<path style='fill:url( \"//annan.example/a\" )'/>",
        "<path fill='url(data:image/svg+xml,x)'/>",
        "<style>path{fill:\\75rl(https://annan.example)}</style>",
        "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>",
        "<g>" * 200 + "</g>" * 200,
    ],
)
def test_a_drawing_that_could_do_something_is_refused(inside: str) -> None:
    with pytest.raises(ValidationError):
        svg.clean(f"{HEAD}{inside}</svg>".encode())


@pytest.mark.parametrize(
    "drawing",
    [
        b"",
        b"GIF89a",
        b"<html/>",
        b"<svg/>",
        b"\xff\xfe<\x00s\x00v\x00g\x00",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<!doctype svg SYSTEM "a"[<!entity a SYSTEM "/etc/passwd">]><svg/>',
        HEAD.encode() + b" " * 200_000 + b"</svg>",
    ],
)
def test_what_is_no_drawing_is_refused(drawing: bytes) -> None:
    with pytest.raises(ValidationError):
        svg.clean(drawing)


def test_a_drawing_keeps_its_shapes_and_loses_what_programs_leave() -> None:
    drawing = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
        + HEAD.replace(">", ' xmlns:s="http://sodipodi.example/" s:docname="vapen.svg">')
        + "<!-- gjord med penna --><metadata>x</metadata><s:namedview/>"
        "<defs><linearGradient id='g'><stop offset='0'/></linearGradient></defs>"
        "<path d='M0 0h9' fill='url(#g)'/><use xlink:href='#g'/></svg>"
    )
    cleaned = svg.clean(drawing.encode()).decode()
    for kept in ('d="M0 0h9"', 'fill="url(#g)"', 'href="#g"', "linearGradient"):
        assert kept in cleaned
    for lost in ("sodipodi", "metadata", "penna", "DOCTYPE", "vapen.svg"):
        assert lost not in cleaned
    assert svg.clean(cleaned.encode()) == cleaned.encode()


def luminance(tone: str) -> float:
    """WCAG 2.2, relative luminance of #rrggbb."""
    parts = [int(tone[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_a_council_can_choose_is_legible_in_light_and_dark() -> None:
    """At least 4.5:1 against the paper and the pages around it (WCAG 1.4.3)."""
    folder = settings.BASE_DIR / "static" / "css"
    tokens, minutes = [(folder / name).read_text() for name in ("tokens.css", "minutes.css")]
    grounds = [(ground * 2)[:6] for ground in re.findall(r"--(?:paper|ground): #(\w+);", tokens)]
    light, dark = grounds[:2], grounds[2:4]
    for accent in set(Accent.values) - {Accent.TEAL}:
        tones = re.findall(rf"\.accent-{accent} {{\n  --council: #(\w{{6}});", minutes)
        worth = [
            contrast(f"#{tone}", f"#{ground}")
            for tone, behind in zip(tones, (light, dark), strict=True)
            for ground in behind
        ]
        assert (len(worth), min(worth) >= 4.5) == (4, True), (accent, worth)
