"""Kontrollera protokoll: is this the file that was sealed? Three verdicts, and no more is told."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings import verifying
from meetings.models import Meeting
from meetings.verifying import Verdict, limiting
from members.models import AuditEntry
from tests import builders, standing
from tests.builders import Cast

pytestmark = pytest.mark.django_db
UNKNOWN_HASH = "0123456789abcdef" * 4
LABELS = {verdict: verdict.label for verdict in Verdict}


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    cache.clear()


@standing.fixture
def sealed(cast: Cast) -> Meeting:
    return builders.sealed(cast)


def ask_hash(sha256: str, client: Client | None = None) -> Any:
    return (client or Client()).post(reverse("verify_hash"), {"sha256": sha256})


def ask_file(content: bytes, name: str = "protokoll.pdf") -> Any:
    return Client().post(reverse("verify_file"), {"file": SimpleUploadedFile(name, content)})


def verdict(answer: Any) -> Verdict:
    """The one of the three that is the answer; the explanation of all three is on every page."""
    assert answer.status_code == 200
    found = answer.context["answer"].verdict
    heading = f'<h2 id="verdict" class="h1" tabindex="-1">{LABELS[found]}</h2>'
    assert answer.content.decode().count(heading) == 1
    return Verdict(found)


class TestByTheHash:
    def test_the_hash_of_a_sealed_file_is_exactly_the_original(self, sealed: Meeting) -> None:
        answer = ask_hash(sealed.sealed.pdf_sha256)
        assert verdict(answer) == Verdict.ORIGINAL
        words = answer.content.decode()
        assert "Strandköpings brottsförebyggande råd" in words
        assert "12\u00a0mars 2026" in words

    def test_it_names_neither_people_nor_text(self, cast: Cast, sealed: Meeting) -> None:
        words = ask_hash(sealed.sealed.pdf_sha256).content.decode()
        people = (cast.chair, cast.secretary, cast.adjuster, cast.member)
        assert [one.name for one in people if one.name in words] == []
        assert "Rådet talar om" not in words
        assert sealed.place not in words

    def test_people_write_a_hash_in_many_ways(self, sealed: Meeting) -> None:
        digest = sealed.sealed.pdf_sha256
        fours = " ".join(digest[n : n + 4] for n in range(0, 64, 4))
        for typed in (
            digest.upper(),
            fours,
            f" {digest}\n",
            f"SHA-256: {fours}",
            f"sha256:{digest}",
        ):
            assert verdict(ask_hash(typed)) == Verdict.ORIGINAL

    @pytest.mark.parametrize(
        "typed", ["", "abc", "g" * 64, "0" * 63, "0" * 65, "ö" * 64, "0" * 900]
    )
    def test_what_is_no_hash_is_told_and_stays_in_the_field(self, cast: Cast, typed: str) -> None:
        answer = ask_hash(typed)
        assert "answer" not in answer.context
        assert answer.context["hash_form"].errors["sha256"]
        assert f'value="{typed}"' in answer.content.decode() or not typed

    def test_unknown_and_secret_answer_alike_and_cost_the_same(
        self, cast: Cast, sealed: Meeting
    ) -> None:
        """A frozen text, a paper of the meeting, a text out on justering: all are only unknown."""
        paper = builders.attach(cast, builders.planned(cast, builders.DAY.replace(day=20)))
        out = builders.notes_in_signing(cast)
        secrets = [sealed.sealed.version.sha256, paper.sha256, out.version.sha256]
        ask(UNKNOWN_HASH)  # the first of all also begins the count of how often one asks
        told = [without(ask(one), one) for one in (UNKNOWN_HASH, *secrets)]
        assert [one == told[0] for one in told] == [True] * 4

    def test_minutes_by_headings_are_called_what_they_are(self, cast: Cast) -> None:
        meeting = builders.notes_sealed(cast)
        answer = ask_hash(meeting.sealed.pdf_sha256)
        assert answer.context["answer"].original.name == "Minnesanteckningar"

    def test_an_unknown_one_may_be_sent_here_as_the_second_step(self, cast: Cast) -> None:
        answer = ask_hash(UNKNOWN_HASH)
        assert verdict(answer) == Verdict.UNKNOWN
        assert "Skicka filen och kontrollera stämpeln" in answer.content.decode()


def ask(sha256: str) -> tuple[str, int]:
    with CaptureQueriesContext(connection) as asked:
        page = ask_hash(sha256).content.decode()
    return page, len(asked)


def without(told: tuple[str, int], sha256: str) -> tuple[str, int]:
    page, queries = told
    fours = " ".join(sha256[n : n + 4] for n in range(0, 64, 4))
    assert fours in page
    return page.replace(fours, ""), queries


class TestByTheFile:
    def test_the_file_itself_is_the_original(self, sealed: Meeting) -> None:
        answer = ask_file(bytes(sealed.sealed.pdf))
        assert verdict(answer) == Verdict.ORIGINAL
        assert "är inte sparad" in answer.content.decode()

    def test_an_empty_file_is_told(self, cast: Cast) -> None:
        assert told(ask_file(b"")) == (Verdict.UNKNOWN, "Filen är tom.")
        assert noted() == ["empty"]

    def test_what_is_no_pdf_is_told(self, cast: Cast) -> None:
        assert told(ask_file(b"Hej!" * 500)) == (Verdict.UNKNOWN, "Filen är ingen PDF-fil.")
        picture = told(ask_file(b"\x89PNG\r\n\x1a\n" + bytes(500), "foto.png"))
        assert picture[1].startswith("Filen är en bild.")
        assert noted() == ["no_pdf", "picture"]

    def test_no_file_and_two_files_are_told(self, cast: Cast) -> None:
        none = Client().post(reverse("verify_file"), {})
        files = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7") for n in (1, 2)]
        two = Client().post(reverse("verify_file"), {"file": files})
        assert none.context["file_form"].errors["file"] == ["Välj en fil."]
        assert two.context["file_form"].errors["file"] == ["Välj en fil i taget."]

    def test_too_large_a_file_is_refused_before_it_is_read(self, cast: Cast) -> None:
        """200 MB announced, and a body that complains if anybody reads it."""

        class NeverRead(io.RawIOBase):
            def read(self, size: int = -1) -> bytes:
                raise AssertionError("the body was read")

        body: Any = {"wsgi.input": NeverRead(), "CONTENT_LENGTH": str(200 * 1024 * 1024)}
        kind = "multipart/form-data; boundary=x"
        answer = Client().generic("POST", reverse("verify_file"), b"", kind, **body)
        assert answer.status_code == 413
        assert "Den får vara högst 50 MB" in answer.content.decode()
        assert noted() == ["large"]


def noted() -> list[str]:
    """Why files that were sent here are said in the trail to be no use."""
    rows = AuditEntry.objects.filter(action="file.refused").order_by("pk")
    return [entry.facts["why"] for entry in rows]


def told(answer: Any) -> tuple[Verdict, str]:
    return verdict(answer), answer.context["answer"].because


class TestTheDoor:
    def test_everybody_finds_it_from_the_foot_of_every_page(
        self, client: Client, cast: Cast
    ) -> None:
        for path in ("/om/", "/konto/login/", "/kontrollera/"):
            assert f'href="{reverse("verify")}"' in client.get(path).content.decode()

    def test_it_leaves_no_cookie_and_asks_for_none(self, sealed: Meeting) -> None:
        client = Client(enforce_csrf_checks=True)
        client.get(reverse("verify"))
        answer = ask_hash(sealed.sealed.pdf_sha256, client)
        assert verdict(answer) == Verdict.ORIGINAL
        assert client.cookies.output() == ""

    def test_a_script_gets_the_answer_alone(self, sealed: Meeting) -> None:
        answer = Client().post(
            reverse("verify_hash"), {"sha256": sealed.sealed.pdf_sha256},
            headers={"X-Requested-With": "fetch"},
        )  # fmt: skip
        assert answer.json()["verdict"] == Verdict.ORIGINAL
        assert answer.json()["html"].lstrip().startswith("<section")
        wrong = Client().post(
            reverse("verify_hash"), {"sha256": "x"}, headers={"X-Requested-With": "fetch"}
        )
        assert wrong.status_code == 400
        assert wrong.json()["message"].startswith("Det är ingen kontrollsumma.")

    def test_the_address_of_an_answer_leads_back_to_the_page(self, client: Client) -> None:
        for name in ("verify_hash", "verify_file"):
            assert client.get(reverse(name)).headers["Location"] == reverse("verify")

    def test_one_address_may_ask_so_often_and_others_still(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(limiting.MOST, "hash", (3, 3600))
        monkeypatch.setitem(limiting.MOST, "file", (1, 3600))
        assert [ask_hash(UNKNOWN_HASH).status_code for _ in range(5)] == [200] * 3 + [429] * 2
        assert [ask_file(b"").status_code for _ in range(2)] == [200, 429]
        elsewhere = Client(REMOTE_ADDR="203.0.113.9")
        assert ask_hash(UNKNOWN_HASH, elsewhere).status_code == 200

    def test_a_network_with_many_addresses_counts_as_one(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(limiting.MOST, "hash", (1, 3600))
        near = [Client(REMOTE_ADDR=f"2001:db8::{n}") for n in (1, 2)]
        far = Client(REMOTE_ADDR="2001:db8:0:1::1")
        statuses = [ask_hash(UNKNOWN_HASH, one).status_code for one in (*near, far)]
        assert statuses == [200, 429, 200]


def test_the_register_reads_a_hash_or_nothing() -> None:
    assert verifying.read_hash("AB" * 32) == "ab" * 32
    assert verifying.read_hash("ab" * 32 + "c") == ""
