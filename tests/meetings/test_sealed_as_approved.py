"""What was approved is what is sealed, whatever is changed around the text in between."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction

from meetings import archiving, sealing, secrecy, signing, stamping
from meetings.models import FileKind, Meeting, SealedFile, SigningRound
from members import setting_up
from members.models import Council, MinutesStyle, Municipality, Numbering, Person
from tests import builders
from tests.builders import Cast
from tests.meetings import paper, secret

pytestmark = pytest.mark.django_db
OTHER_ARMS = builders.ARMS.replace(b"0b5a63", b"8a1c2b")


def change_arms(cast: Cast) -> None:
    town = cast.council.municipality
    setting_up.set_arms(by=cast.administrator, municipality=town, drawing=OTHER_ARMS)


def test_arms_that_are_changed_meanwhile_are_those_of_the_frozen_text(cast: Cast) -> None:
    round_ = builders.in_signing(cast)
    read = sealing.rendered(round_, sealing.standing_before(round_))
    change_arms(cast)
    meeting = builders.approve_all(round_)
    before, after = paper.page_streams(read), paper.page_streams(bytes(meeting.sealed.pdf))
    assert before[:-1] == after[:-1]
    assert sealing.arms_of(archiving.minutes_of(meeting).content["cover"]) == builders.ARMS


def test_an_extract_and_a_correction_have_the_arms_of_the_minutes(cast: Cast) -> None:
    meeting = builders.sealed(cast)
    item = meeting.items.standing()[0]
    before = archiving.extract_of(archiving.minutes_of(meeting), item.pk)
    change_arms(cast)
    assert archiving.extract_of(archiving.minutes_of(meeting), item.pk) == before
    correction = builders.corrected(cast, meeting)
    assert sealing.arms_of(sealing.read(correction.version)["cover"]) == builders.ARMS


def test_nothing_that_is_changed_around_a_frozen_text_changes_its_papers(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Frozen by another than the secretary, with a closed part and a stand-in."""
    meeting, _ = secret.written(cast)
    round_ = signing.open_round(by=cast.chair, meeting=meeting)
    signing.appoint_stand_in(
        by=cast.secretary, signer=round_.signers.get(person=cast.adjuster), person=cast.member,
        reason="Sjuk.",
    )  # fmt: skip
    with monkeypatch.context() as without_key:
        without_key.setattr(stamping, "stamp", fail)
        approve_those_who_can(round_)
    before = papers_of(SigningRound.objects.get())
    changed = changed_around()
    assert {"name", "short_name", "accent", "title", "minutes_style", "role"} <= changed
    assert papers_of(SigningRound.objects.get()) == before
    assert signing.seal_next() == round_
    sealed = bytes(Meeting.objects.get().sealed.pdf)
    closed = bytes(SealedFile.objects.get(kind=FileKind.CLOSED).pdf)
    for made, pages in zip((sealed, closed), before["pages"], strict=True):
        assert paper.page_streams(made)[:-1] == pages[:-1]
    assert paper.failures(sealed, "3a") == []


def fail(*_: Any, **__: Any) -> None:
    raise ValueError("no stamp")


def approve_those_who_can(round_: SigningRound) -> None:
    for signer in round_.signers.required():
        builders.approve(signer)
    assert list(sealing.pending()) == [round_]


def papers_of(round_: SigningRound) -> dict[str, Any]:
    """Everything that is drawn of a frozen text, and what stands on the page Underskrifter."""
    at = datetime.datetime(2026, 4, 1, 12, tzinfo=datetime.UTC)
    approved = sealing.standing_of(round_, sealed_at=at, trail="nr 1")
    drawn = sealing.rendered(round_, approved), sealing.rendered_closed(round_, approved)
    return {
        "standing": approved,
        "words": [paper.page_texts(one) for one in drawn],
        "pages": [paper.page_streams(one) for one in drawn],
        "arms": sealing.arms_of(sealing.read(round_.version)["cover"]),
        "whole": secrecy.whole(round_.version),
    }


def changed_around() -> set[str]:
    """Every column of every row becomes another, as far as the database lets it; their names."""
    Council.objects.update(minutes_style=MinutesStyle.HEADINGS, numbering=Numbering.NONE)
    changed = {"minutes_style"}
    town = Municipality.objects.get(name="Strandköpings kommun")
    town = setting_up.set_arms(by=Person.objects.all()[0], municipality=town, drawing=OTHER_ARMS)
    mine = (apps.get_app_config(name).get_models() for name in ("members", "meetings"))
    for model in itertools.chain(*mine):
        for field in model._meta.concrete_fields:
            for pk, old in list(model._base_manager.values_list("pk", field.name)):
                new = another(field, old)
                if new != old and written(model, pk, field.name, new):
                    changed.add(field.name)
    return changed


def another(field: models.Field[Any, Any], old: Any) -> Any:
    """Not what says that the round waits to be sealed, and not the keys that hold rows together."""
    if field.primary_key or field.is_relation or field.name in ("state", "kind", "arms_sha256"):
        return old
    if field.choices:
        return next((value for value, _ in field.choices if value != old), old)
    if isinstance(field, models.BooleanField):
        return not old
    if isinstance(old, datetime.date):  # a moment is one too
        return old + datetime.timedelta(days=400)
    if isinstance(old, str):
        return f"x{old[::-1]}"[: field.max_length]
    return old + 1 if isinstance(old, int) else old


def written(model: type[models.Model], pk: Any, field: str, new: Any) -> bool:
    try:
        with transaction.atomic():
            return bool(model._base_manager.filter(pk=pk).update(**{field: new}))
    except (DatabaseError, ValidationError):
        return False
