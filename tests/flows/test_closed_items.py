"""A word in a closed item is found by nobody without the right, on any surface of the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse
from pytest_django import DjangoDbBlocker, Settings

from meetings.models import ArchivedItem, FileKind, MinutesVersion, SealedFile, SealedMinutes
from meetings.sealing import exporting
from members.models import AuditEntry, OutgoingMail, Person
from tests import builders, canaries
from tests.canaries import CORRECTED, PLANNED, REMARK, WRITTEN, Aviary, bird, birds_in
from tests.doors import DOORS

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]
WITHOUT_THE_RIGHT = (
    "member", "substitute", "co_opted", "reader", "administrator", "other_secretary",
    "other_member",
)  # fmt: skip
EVERYWHERE = [
    reverse("start"), reverse("meeting_list"), reverse("archive"),
    reverse("action_list") + "?lage=alla", reverse("action_list") + "?lage=alla&vems=mina",
    reverse("search") + f"?q={canaries.BESIDE}", reverse("search") + "?q=sekretess",
]  # fmt: skip


@pytest.fixture(scope="module")
def built(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Aviary, Path]]:
    """Six meetings take their time: made once, in a transaction that is rolled back at the end."""
    files = tmp_path_factory.mktemp("files")
    quick = override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"], MEDIA_ROOT=files
    )
    with django_db_blocker.unblock(), transaction.atomic():
        with quick:
            made = canaries.aviary(builders.cast())
        yield made, files
        transaction.set_rollback(True)


@pytest.fixture
def aviary(built: tuple[Aviary, Path], db: None, settings: Settings, tmp_path: Path) -> Aviary:
    made, settings.MEDIA_ROOT = built
    settings.EXPORT = tmp_path / "export"
    return made


def addresses(aviary: Aviary, state: str) -> Iterator[tuple[str, str]]:
    """Every address of the meeting, and of what belongs to its closed item."""
    arguments = aviary.arguments[state]
    for name, (_, _, _, wanted) in DOORS.items():
        if all(word in arguments for word in wanted) and wanted not in ((), ("slug",)):
            yield name, reverse(name, args=[arguments[word] for word in wanted])


def found_by(client: Client, url: str) -> set[str]:
    answer = client.get(url)
    content = b"".join(answer) if answer.streaming else answer.content
    said = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    assert answer.status_code < 500
    return birds_in(content) | birds_in(said.encode())


def test_nobody_without_the_right_finds_a_word_of_it(aviary: Aviary, as_: As) -> None:
    found = {}
    for role in WITHOUT_THE_RIGHT:
        client = as_(getattr(aviary.cast, role))
        for url in EVERYWHERE:
            found[role, url] = found_by(client, url)
        for state in aviary.meetings:
            for name, url in addresses(aviary, state):
                # Every address for one of them; for the others those that let them in, but files,
                # which are drawn alike for all who may not read what is closed.
                opens = role in DOORS[name][1] and not url.endswith(".pdf")
                if opens or role == "member":
                    found[role, url] = found_by(client, url)
    assert {where: words for where, words in found.items() if words} == {}
    assert len(found) > 300


def test_who_has_signed_elsewhere_finds_nothing_of_what_they_do_not_sign(
    aviary: Aviary, as_: As
) -> None:
    """The adjuster signs two of the meetings; the others are as closed as to any member."""
    client = as_(aviary.cast.adjuster)
    found = {
        url: found_by(client, url)
        for state in ("planned", "summoned", "minuting", "returned")
        for _, url in addresses(aviary, state)
    }
    assert {where: words for where, words in found.items() if words} == {}


def test_who_has_the_right_finds_every_word_where_it_should_be(aviary: Aviary, as_: As) -> None:
    """So that the tests above cannot pass because the words are nowhere."""
    places = {
        "planned": PLANNED, "summoned": PLANNED, "minuting": PLANNED + WRITTEN,
        "returned": PLANNED + WRITTEN + REMARK,
    }  # fmt: skip
    client = as_(aviary.cast.secretary)
    for state, words in places.items():
        found = set().union(*(found_by(client, url) for _, url in addresses(aviary, state)))
        assert {bird(word) for word in words} - found == set(), state
    for reader in (aviary.cast.chair, aviary.cast.adjuster):
        client = as_(reader)
        for state in ("signing", "sealed"):
            arguments = aviary.arguments[state]
            place = [arguments["slug"], arguments["key"]]
            printed = {bird(word) for word in WRITTEN} | {bird("rubrik"), bird("foredragande")}
            for name in ("closed_part", "closed_pdf"):
                assert printed - found_by(client, reverse(name, args=place)) == set(), name
            paper = found_by(client, reverse("attachment", args=[*place, arguments["number"]]))
            assert paper == {bird("filnamn"), bird("filinnehall")}
    place = [aviary.arguments["sealed"][word] for word in ("slug", "key")]
    corrected = {bird(word) for word in CORRECTED}
    for reader, name, more in (
        (aviary.cast.chair, "closed_part", []), (aviary.cast.chair, "closed_correction_pdf", [2]),
        (aviary.cast.adjuster, "closed_correction_pdf", [4]), (aviary.cast.adjuster, "sign", []),
    ):  # fmt: skip
        url = reverse(name, args=[*place, *more])
        assert corrected - found_by(as_(reader), url) == set(), name
    said = {bird("rattningssvar"), bird("oppningsskal")}
    found = found_by(as_(aviary.cast.secretary), reverse("correct", args=place))
    assert found == said | {bird("rubrik")}
    place = [aviary.arguments["signing"][word] for word in ("slug", "key")]
    assert bird("text") in found_by(as_(aviary.cast.adjuster), reverse("sign", args=place))


def test_no_mail_in_the_life_of_a_meeting_has_a_word_of_it(aviary: Aviary) -> None:
    mails = OutgoingMail.objects.all()
    assert {mail.subject: birds_in((mail.subject + mail.body).encode()) for mail in mails} == {
        mail.subject: set() for mail in mails
    }
    letters = {mail.subject.split(":")[0].split(" Strand")[0] for mail in mails}
    assert len(letters) >= 4  # called, asked, returned, justerat


def test_the_trail_has_no_word_of_what_was_said_of_its_corrections(aviary: Aviary) -> None:
    words = {bird(word) for word in (*CORRECTED, "rattningssvar", "oppningsskal")}
    entries = AuditEntry.objects.filter(action__startswith="signing.")
    found = {word for entry in entries for word in birds_in(str(entry.facts).encode())}
    assert found & words == set()


def test_the_public_file_its_text_and_the_archive_have_no_word_of_it(aviary: Aviary) -> None:
    assert birds_in(bytes(SealedMinutes.objects.get().pdf)) == set()
    for version in MinutesVersion.every.all():
        assert birds_in(bytes(version.canonical)) == set()
    for row in ArchivedItem.objects.all():
        assert birds_in(f"{row.heading} {row.text} {row.search}".encode()) == set()
    part, correction = SealedFile.objects.filter(kind=FileKind.CLOSED)
    assert {bird("rubrik"), bird("text"), bird("beslut")} <= birds_in(bytes(part.pdf))
    assert {bird(word) for word in CORRECTED} <= birds_in(bytes(correction.pdf))
    (public,) = SealedFile.objects.exclude(kind=FileKind.CLOSED)
    assert birds_in(bytes(public.pdf)) == set()


def test_nothing_of_it_is_copied_outside_the_database(aviary: Aviary, settings: Settings) -> None:
    assert settings.EXPORT is not None
    exporting._resting_until = 0.0
    exporting.export_missing()
    copies = [path for path in settings.EXPORT.rglob("*") if path.is_file()]
    assert {path.stem for path in copies} == {
        SealedMinutes.objects.get().pdf_sha256,
        SealedFile.objects.get(kind=FileKind.CORRECTION).pdf_sha256,
    }
    assert [birds_in(path.read_bytes()) for path in copies] == [set(), set()]


def test_the_installations_own_administrator_finds_no_word_of_it(aviary: Aviary, as_: As) -> None:
    root = Person.objects.create_superuser("drift@k.example", builders.PASSWORD, name="Drift")
    client, found = as_(root), {}
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        urls = [reverse(f"{name}_changelist")]
        for pk in model._default_manager.values_list("pk", flat=True)[:200]:
            try:
                urls.append(reverse(f"{name}_change", args=[pk]))
            except NoReverseMatch:
                break
        for url in urls:
            found[url] = found_by(client, url)
    assert {where: words for where, words in found.items() if words} == {}
