"""Papers: checked by content, served so that nothing runs, removed with undo."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from meetings.models import Attachment, Meeting
from members.models import Person
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]
FETCH = {"X-Requested-With": "fetch"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def word(*, macro: bool = False) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
        if macro:
            archive.writestr("word/vbaProject.bin", "x")
    return packed.getvalue()


def attach(client: Client, meeting: Meeting, name: str, content: bytes, **fields: object) -> Any:
    headers = FETCH if fields.pop("fetch", False) else {}
    url = reverse("attach", args=[meeting.council.slug, meeting.key])
    return client.post(url, {"file": SimpleUploadedFile(name, content), **fields}, headers=headers)


def get(client: Client, meeting: Meeting, number: int = 1) -> Any:
    """The answer, with a file that was sent read into `sent` and closed."""
    answer: Any = client.get(
        reverse("attachment", args=[meeting.council.slug, meeting.key, number])
    )
    if answer.streaming:
        answer.sent = b"".join(answer.streaming_content)
        answer.close()
    return answer


def test_a_paper_is_added_to_an_item_under_its_title(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    item = meeting.items.standing()[3]
    answer = attach(
        as_(cast.secretary), meeting, "lägesbild.png", PNG, title="Lägesbild", item=item.pk
    )
    paper = Attachment.objects.get()
    assert answer["Location"].endswith(f"#punkt-{item.pk}")
    assert (paper.number, paper.title, paper.item) == (1, "Lägesbild", item)


def test_without_a_title_the_files_name_is_used(cast: Cast, as_: As) -> None:
    attach(as_(cast.secretary), builders.planned(cast), "Trafikmätning januari.png", PNG)
    assert Attachment.objects.get().title == "Trafikmätning januari"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("tom.pdf", b"", "Filen tom.pdf är tom."),
        (
            "bild.pdf", PNG,
            "bild.pdf är inte en fil av det slag som namnet säger. "
            "Spara den på nytt i rätt format och försök igen.",
        ),
        ("sida.html", b"<!doctype html><script>x()</script>", "inte en fil av det slag"),
        ("vapen.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "inte en fil av det slag"),
        ("program.exe", b"MZ\x00\x00\x01", "program.exe kan inte bifogas."),
        ("makro.docx", word(macro=True), "makro.docx kan inte bifogas."),
        ("trasig.pdf", b"%PDF-1.7 inget mer", "PDF-filen går inte att öppna."),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[-6:] else "",
)  # fmt: skip
def test_a_file_that_is_not_taken_gets_a_sentence_and_the_title_stays(
    cast: Cast, as_: As, name: str, content: bytes, words: str
) -> None:
    meeting, client = builders.planned(cast), as_(cast.secretary)
    page = attach(client, meeting, name, content, title="Min rubrik")
    assert words in page.context["form"].errors["file"][0]
    assert 'value="Min rubrik"' in page.content.decode()
    fetched = attach(client, meeting, name, content, fetch=True)
    assert fetched.status_code == 400
    assert words in fetched.json()["message"]
    assert Attachment.objects.count() == 0


def test_a_file_over_the_cap_is_refused(cast: Cast, as_: As, settings: Settings) -> None:
    settings.ATTACHMENT_MAX_BYTES = 1024 * 1024
    page = attach(as_(cast.secretary), builders.planned(cast), "stor.txt", b"a" * 1_100_000)
    assert page.context["form"].errors["file"] == [
        "Filen stor.txt är för stor. Högst 1 MB går bra."
    ]


def test_no_file_at_all_asks_for_one(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    url = reverse("attach", args=[meeting.council.slug, meeting.key])
    page = as_(cast.secretary).post(url, {"title": "Rubrik"})
    assert page.context["form"].errors["file"] == ["Välj en fil."]


def test_a_form_sent_twice_adds_one_paper(cast: Cast, as_: As) -> None:
    meeting, client = builders.planned(cast), as_(cast.secretary)
    for _ in range(2):
        attach(client, meeting, "bild.png", PNG, ticket="c3d4")
    assert Attachment.objects.count() == 1


def test_a_paper_cannot_belong_to_another_meetings_item(cast: Cast, as_: As) -> None:
    meeting, other = builders.planned(cast), builders.planned(cast, builders.DAY.replace(day=20))
    item = other.items.standing()[0]
    page = attach(as_(cast.secretary), meeting, "bild.png", PNG, item=item.pk)
    assert list(page.context["form"].errors) == ["item"]


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("bild.png", PNG, "inline"),
        ("brev.docx", word(), "attachment"),
        ("a.txt", b"x", "attachment"),
    ],
    ids=["png", "docx", "txt"],
)
def test_a_served_paper_can_run_nothing_and_keeps_its_name(
    cast: Cast, as_: As, name: str, content: bytes, shown: str
) -> None:
    meeting = builders.planned(cast)
    attach(as_(cast.secretary), meeting, f"Å {name}", content)
    answer = get(as_(cast.reader), meeting)
    assert answer.sent == content
    assert answer["Content-Disposition"] == f"{shown}; filename*=utf-8''%C3%85%20{name}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_html_in_a_text_file_is_saved_and_never_shown(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    attach(as_(cast.secretary), meeting, "anteckning.txt", b"<script>alert(1)</script>")
    answer = get(as_(cast.reader), meeting)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")


def test_papers_of_another_council_do_not_exist(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    builders.attach(cast, meeting)
    assert get(as_(cast.other_secretary), meeting).status_code == 404
    assert get(as_(cast.member), meeting, 2).status_code == 404


def test_papers_added_while_minutes_are_written_wait_for_the_members(cast: Cast, as_: As) -> None:
    meeting = builders.minuting_open(cast)
    builders.attach(cast, meeting)
    assert get(as_(cast.member), meeting).status_code == 404
    assert get(as_(cast.chair), meeting).status_code == 200


def test_a_paper_gets_another_title_and_item(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    paper, item = builders.attach(cast, meeting), meeting.items.standing()[2]
    url = reverse("change_attachment", args=[cast.council.slug, meeting.key, paper.pk])
    page = as_(cast.secretary).post(url, {"title": "", "item": item.pk})
    assert page.context["form"].errors["title"] == ["Skriv en rubrik för handlingen."]
    as_(cast.secretary).post(url, {"title": "Ny rubrik", "item": item.pk})
    paper.refresh_from_db()
    assert (paper.title, paper.item) == ("Ny rubrik", item)


def test_a_removed_paper_offers_undo_and_comes_back(cast: Cast, as_: As) -> None:
    meeting, client = builders.planned(cast), as_(cast.secretary)
    paper = builders.attach(cast, meeting)
    arguments = [cast.council.slug, meeting.key, paper.pk]
    answer = client.post(reverse("remove_attachment", args=arguments))
    assert "uppföljning är borttagen." in client.get(answer["Location"]).content.decode()
    assert get(as_(cast.member), meeting).status_code == 404
    back = client.post(reverse("restore_attachment", args=arguments), headers=FETCH).json()
    assert back["pk"] == paper.pk
    assert get(as_(cast.member), meeting).status_code == 200


def test_a_file_that_is_gone_from_the_disk_is_not_found(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    paper = builders.attach(cast, meeting)
    (settings.MEDIA_ROOT / paper.stored_as).unlink()
    assert get(as_(cast.member), meeting).status_code == 404
