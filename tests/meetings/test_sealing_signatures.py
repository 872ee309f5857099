"""underskrifter.json and the validation report: what the file and the register say of a seal."""

from __future__ import annotations

import json
import threading
from typing import Any

import pypdfium2
import pytest
from django.db import connection

from meetings import signing, snapshot
from meetings.models import Approval, SealCertificate, SealedMinutes, SigningRound
from meetings.signing import completing
from members import audit
from members.models import AuditEntry, OutgoingMail
from tests import builders
from tests.builders import Cast
from tests.meetings import paper

ADDRESS, BROWSER = "192.0.2.77", "Bait/1.0 (en webbläsare)"


def signatures_in(content: bytes) -> dict[str, Any]:
    with pypdfium2.PdfDocument(content) as document:
        files = [document.get_attachment(i) for i in range(document.count_attachments())]
        found = {one.get_name(): bytes(one.get_data()) for one in files}
    told: dict[str, Any] = json.loads(found["underskrifter.json"])
    assert found["underskrifter.json"] == snapshot.canonical(told)
    return told


def approve_from_afar(round_: SigningRound) -> None:
    for signer in round_.signers.all():
        signing.approve(
            by=signer.person, signer=signer, shown_sha256=round_.version.sha256,
            answer={
                "challenge": signing.start(signer=signer).token, "password": builders.PASSWORD
            },
            address=ADDRESS, user_agent=BROWSER,
        )  # fmt: skip


@pytest.mark.django_db
class TestInsideTheFile:
    def test_every_approval_is_told_whole(self, cast: Cast) -> None:
        round_ = builders.in_signing(cast)
        approve_from_afar(round_)
        told = signatures_in(bytes(SealedMinutes.objects.get().pdf))
        assert told["format"] == "bra-signatures/1"
        assert told["snapshot_sha256"] == round_.version.sha256
        assert told["preview_sha256"] == round_.version.preflight.preview_sha256
        rows = list(Approval.objects.order_by("signer__position"))
        assert [line["name"] for line in told["signers"]] == ["Gunilla Strömvik", "Jörgen Almhöjd"]
        assert [line["role"] for line in told["signers"]] == ["chair", "adjuster"]
        for line, row in zip(told["signers"], rows, strict=True):
            assert line["method_printed"] == "Digitalt godkännande med lösenord"
            assert (line["nonce"], line["consent"]) == (row.nonce, row.consent_text)
            assert line["evidence"] == row.evidence
            assert line["snapshot_sha256"] == round_.version.sha256
            assert line["preview_sha256"] == told["preview_sha256"]
            assert line["at"] == row.at.isoformat(timespec="microseconds")
        assert told["stand_ins"] == []

    def test_nothing_of_where_from_leaves_the_register(self, cast: Cast) -> None:
        approve_from_afar(builders.in_signing(cast))
        assert Approval.objects.filter(address=ADDRESS, user_agent=BROWSER).count() == 2
        told = json.dumps(signatures_in(bytes(SealedMinutes.objects.get().pdf)))
        assert ADDRESS not in told
        assert "Bait" not in told
        assert "@kommun.example" not in told

    def test_it_anchors_the_trail_in_full_and_the_page_says_the_same(self, cast: Cast) -> None:
        builders.sealed(cast)
        content = bytes(SealedMinutes.objects.get().pdf)
        trail = signatures_in(content)["trail"]
        entry = AuditEntry.objects.get(council=cast.council, sequence=trail["sequence"])
        assert bytes(entry.hash or b"").hex() == trail["hash"]
        assert entry.action == "signing.approved"
        printed = audit.Head(trail["sequence"], bytes.fromhex(trail["hash"])).printed
        assert " ".join(printed.split()) in paper.words(content)


@pytest.mark.django_db
def test_the_register_keeps_what_the_validator_said(cast: Cast) -> None:
    builders.sealed(cast)
    sealed = SealedMinutes.objects.get()
    told = sealed.validation
    assert {told[name] for name in ("sealed", "intact", "whole", "known", "test")} == {True}
    assert told["organisation"] == "Strandköpings kommun"
    assert told["certificate_sha256"] == SealCertificate.objects.get().sha256
    assert sorted(told["attachments"]) == ["protokoll.json", "underskrifter.json"]
    assert told["attachments"]["protokoll.json"] == sealed.version.sha256
    assert told["signed_at"] == sealed.sealed_at.replace(microsecond=0).isoformat()


@pytest.mark.django_db(transaction=True)
def test_four_who_seal_at_once_seal_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = builders.in_signing(cast)
    with monkeypatch.context() as held:
        held.setattr(completing, "seal_at_once", lambda round_: None)
        builders.approve_all(round_)
    told = OutgoingMail.objects.count()
    start, sealed = threading.Barrier(4), []

    def seal() -> None:
        start.wait()
        try:
            sealed.append(signing.seal_at_once(round_))
        finally:
            connection.close()

    threads = [threading.Thread(target=seal) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(sealed) == {SealedMinutes.objects.get()}
    assert len(sealed) == 4
    assert OutgoingMail.objects.count() == told + 3
    assert AuditEntry.objects.filter(action="minutes.sealed").count() == 1
