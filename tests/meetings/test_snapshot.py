"""The canonical bytes that are hashed and signed."""

from __future__ import annotations

import json
from typing import cast

import pytest

from meetings import snapshot
from tests.meetings import snapshots


def canonical(value: object) -> bytes:
    """Also of things that are no whole snapshot: the rule is the same for all JSON."""
    return snapshot.canonical(cast(snapshot.Snapshot, value))


def test_keys_are_sorted_and_nothing_is_wasted():
    bare = {"b": [1, None, True], "a": {"d": "å", "c": ""}}
    assert canonical(bare) == '{"a":{"c":"","d":"å"},"b":[1,null,true]}'.encode()


def test_the_bytes_say_the_same_again():
    of = snapshots.paragraphs()
    assert json.loads(canonical(of)) == of


def test_the_order_in_which_it_was_built_does_not_matter():
    of = snapshots.paragraphs()
    turned = dict(reversed(of.items()))
    assert canonical(turned) == canonical(of)


def test_one_changed_letter_changes_the_hash():
    of, other = snapshots.headings(), snapshots.headings()
    before = snapshot.sha256_of(canonical(of))
    other["cover"]["place"] = "Ljungsalen"
    assert snapshot.sha256_of(canonical(other)) != before
    assert len(before) == 64


def test_decomposed_letters_are_kept_as_they_were_written():
    # RFC 8785 forbids normalisation: what was shown is what is hashed.
    assert canonical({"a": "a\u030a"}) != canonical({"a": "å"})


@pytest.mark.parametrize("hidden", [1.0, [2, [0.5]], {"size": 1.5}])
def test_floats_are_refused_wherever_they_hide(hidden):
    with pytest.raises(TypeError, match="no floats"):
        canonical({"extra": hidden})


def test_a_hash_is_shortened_to_three_groups_of_four():
    assert snapshot.short_hash("7f3a91c204be" + "0" * 52) == "7f3a 91c2 04be"
