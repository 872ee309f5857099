"""manage.py verify_minutes: is this the file that was sealed? 0 yes, 1 almost, 2 no."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from meetings import snapshot, verifying, wording
from meetings.verifying import Verdict, contents, inspection, judging

STATUS = {Verdict.ORIGINAL: 0, Verdict.GENUINE: 1, Verdict.UNKNOWN: 2}


class Command(BaseCommand):
    help = (
        "Kontrollerar en protokollfil. Slutar med 0 om den är exakt originalet, 1 om stämpeln är "
        "äkta men filen inte är identisk med originalet och 2 annars. Med --certificate behövs "
        "ingen databas: 0 betyder då att stämpeln är gjord med certifikatet, att den täcker varje "
        "byte i filen utom sig själv, och att texten och godkännandena i filen hör ihop."
    )
    requires_system_checks = ()  # they would ask for the database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL", help="Filen att kontrollera.")
        parser.add_argument(
            "--certificate", type=Path, action="append", default=[], dest="certificates",
            metavar="FIL", help="Kommunens certifikat (PEM eller DER). Kan anges flera gånger.",
        )  # fmt: skip

    def handle(self, *args: Any, file: Path, certificates: list[Path], **options: Any) -> None:
        known = [der for path in certificates for der in read_certificates(path)]
        with opened(file) as content:
            verdict = self.by_certificate(content, known) if known else self.by_register(content)
        if STATUS[verdict]:
            raise SystemExit(STATUS[verdict])

    def by_register(self, content: IO[bytes]) -> Verdict:
        try:
            answer = verifying.judge_file(content)
            known = judging.certificates()
        except DatabaseError as error:
            raise CommandError(
                "Databasen svarar inte. Med --certificate går filen att kontrollera utan den.",
                returncode=2,
            ) from error
        self.say(answer)
        if answer.verdict != Verdict.UNKNOWN:
            found = inspection.inspect(content, certificates=known, enclosed=True)
            self.say_contents(found, contents.held_by_the_server(answer.sha256))
        return answer.verdict

    def by_certificate(self, content: IO[bytes], known: list[bytes]) -> Verdict:
        """Without a register: the seal must cover all, and what is inside must hold together."""
        answer, findings = judging.judge_alone(content, certificates=known)
        self.say(answer)
        if findings.genuine:
            self.say_contents(findings)
        return answer.verdict

    def say(self, answer: verifying.Answer) -> None:
        self.stdout.write(answer.verdict.label)
        self.stdout.write(answer.because)
        if answer.test:
            self.stdout.write("Stämpeln är gjord med en testnyckel och bevisar ingenting.")
        if found := answer.original:
            where = f"{found.council}, {found.municipality}"
            self.stdout.write(f"{found.name}, {wording.plain_date(found.date)}. {where}.")
            for day in found.corrected_on:
                self.stdout.write(f"Det finns en rättelse, justerad {wording.plain_date(day)}.")
        if answer.sha256:
            self.stdout.write(f"SHA-256: {snapshot.grouped_hash(answer.sha256)}")

    def say_contents(
        self, findings: inspection.Findings, server: dict[contents.Who, bool] | None = None
    ) -> None:
        """What the file itself tells: whose seal, of which meeting, approved by whom."""
        if findings.organisation:
            at = f", {wording.moment(findings.signed_at)}" if findings.signed_at else ""
            self.stdout.write(f"Stämpel: {findings.organisation}{at}")
        if cover := findings.cover:
            self.stdout.write(f"Text: {cover.get('document')} {cover.get('date')}, "
                              f"{cover.get('council')}, {cover.get('municipality')}")  # fmt: skip
        for line in contents.approvals_in(findings, server):
            self.stdout.write(f"  {line}")
        for flaw in contents.flaws_in(findings):
            self.stdout.write(flaw)


def opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise CommandError(f"{path} kunde inte läsas: {error.strerror}.", returncode=2) from error


def read_certificates(path: Path) -> list[bytes]:
    """DER of every certificate in a file."""
    # Imported here, not above: only this command with this option reads certificates.
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    with opened(path) as file:
        content = file.read(1024 * 1024)
    try:
        if b"-----BEGIN" in content:
            found = x509.load_pem_x509_certificates(content)
        else:
            found = [x509.load_der_x509_certificate(content)]
    except ValueError as error:
        raise CommandError(f"{path} är inget certifikat.", returncode=2) from error
    return [one.public_bytes(Encoding.DER) for one in found]
