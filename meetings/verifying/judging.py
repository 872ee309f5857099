"""The answer about a file: one of three verdicts, and a sentence that says why.

Exactly three, whatever the file is. What is empty, no PDF, a scan or made to crash its reader is
"not genuine, altered or unknown", and told which of them.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from typing import IO

from django.db import models

from meetings.models import SealCertificate
from meetings.verifying import contents, inspection, register
from meetings.verifying.inspection import Findings
from meetings.verifying.register import Original
from members import audit

LARGEST = 50 * 1024 * 1024  # bytes that may be sent here; a hash has no such limit
LARGEST_TOLD = "50 MB"

audit.register(
    {
        "file.altered": "fick en fil att kontrollera som bär en kommuns stämpel men har ändrats",
        "file.unreadable": "fick en fil att kontrollera som inte gick att läsa",
        "file.refused": "fick en fil att kontrollera som {why}",
    },
    words={
        "why": {
            "empty": "var tom",
            "large": f"var större än {LARGEST_TOLD}",
            "picture": "var en bild",
            "no_pdf": "inte var någon PDF-fil",
            "scan": "såg ut att vara inskannad",
        }
    },
)
# What is told of a file that by its first bytes is no PDF.
NO_PDF = {
    "empty": "Filen är tom.",
    "picture": "Filen är en bild. Ett fotografi eller en skärmbild har ingen stämpel.",
    "no_pdf": "Filen är ingen PDF-fil.",
}


class Verdict(models.TextChoices):
    ORIGINAL = "original", "Exakt originalet"
    GENUINE = "genuine", "Äkta stämpel, men filen är inte identisk med originalet"
    UNKNOWN = "unknown", "Inte äkta, ändrad eller okänd"


@dataclass(frozen=True, kw_only=True)
class Answer:
    verdict: Verdict
    because: str
    advice: str = ""
    sha256: str = ""
    original: Original | None = None  # the file itself, or the one that it was made from
    organisation: str = ""  # whose seal it bears, when that is a genuine one
    test: bool = False
    sent: bool = False  # the file was here, and not only its hash

    @property
    def is_original(self) -> bool:
        return self.verdict == Verdict.ORIGINAL

    @property
    def may_send(self) -> bool:
        """Only the hash is known: the seal can still be looked at."""
        return self.verdict == Verdict.UNKNOWN and not self.sent


def judge_hash(sha256: str) -> Answer:
    """The answer about a file of which only the hash is here."""
    found = register.find(sha256)
    if found is not None:
        return exact(found)
    return Answer(
        verdict=Verdict.UNKNOWN, sha256=sha256,
        because="Ingen justerad fil har den kontrollsumman.",
        advice="Filen kan ändå ha en äkta stämpel, till exempel om den har sparats om i ett annat "
        "program. Skicka hit den, så kontrolleras stämpeln.",
    )  # fmt: skip


def judge_file(file: IO[bytes]) -> Answer:
    """The answer about an open file. Raises inspection.Busy when too many are looked at."""
    sha256 = hash_of(file)
    found = register.find(sha256)
    if found is not None:
        return exact(found, sent=True)
    file.seek(0)
    if why := no_pdf(file.read(1024)):
        audit.record(by=None, action="file.refused", why=why, sha256=sha256)
        return unknown(NO_PDF[why], sha256=sha256)
    findings = inspection.inspect(file, certificates=certificates())
    earlier = next(filter(None, map(register.find, inspection.revisions(file))), None)
    return judge(findings, sha256=sha256, earlier=earlier)


def refuse_large() -> None:
    """A file that is too large to be taken here: noted, for nobody reads it."""
    audit.record(by=None, action="file.refused", why="large")


def judge_alone(file: IO[bytes], *, certificates: list[bytes]) -> tuple[Answer, Findings]:
    """The answer without a register, from certificates that one trusts, and what was found.

    "Exactly the original" then means: the seal is by one of them and covers every byte but its
    own, and the text and the approvals in the file hold together.
    """
    sha256 = hash_of(file)
    file.seek(0)
    if why := no_pdf(file.read(1024)):
        return unknown(NO_PDF[why], sha256=sha256), Findings()
    found = inspection.inspect(file, certificates=certificates, enclosed=True)
    answer = explained(found, sha256=sha256)
    if found.genuine and found.whole and not contents.flaws_in(found):
        because = "Stämpeln täcker hela filen, och texten och godkännandena i den hör ihop."
        answer = dataclasses.replace(answer, verdict=Verdict.ORIGINAL, because=because, advice="")
    return answer, found


def certificates() -> list[bytes]:
    """Those that have sealed here (DER)."""
    return [bytes(der) for der in SealCertificate.objects.values_list("der", flat=True)]


def hash_of(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(1024 * 1024):
        digest.update(piece)
    return digest.hexdigest()


def exact(found: Original, *, sent: bool = False) -> Answer:
    because = "Varje tecken är som när filen låstes. Inget är ändrat, tillagt eller borttaget."
    if found.scanned:
        because = (
            "Filen är exakt den skanning som lades in som original. Underskrifterna är gjorda med "
            "penna på papper, och dem kan programmet inte kontrollera."
        )
    elif found.on_paper:
        because += (
            " Men det är pappret som är original: underskrifterna är gjorda med penna, och den "
            "inskannade filen har en egen kontrollsumma."
        )
    return Answer(
        verdict=Verdict.ORIGINAL, because=because, sha256=found.sha256, original=found,
        test=found.test, sent=sent,
    )  # fmt: skip


def no_pdf(beginning: bytes) -> str:
    """Why a file is no PDF (NO_PDF), by its first bytes; "" if it may be one."""
    if not beginning:
        return "empty"
    if beginning.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")):
        return "picture"
    if b"%PDF-" not in beginning:
        return "no_pdf"
    return ""


def judge(findings: Findings, *, sha256: str, earlier: Original | None = None) -> Answer:
    """The answer about an inspected file whose own hash is not in the register, noted where the
    file is altered, harmful or a scan.

    In the installation's own chain: which council it would be about nobody can say.
    """
    if findings.known:
        audit.record(by=None, action="file.altered", sha256=sha256)
    elif not findings.readable:
        audit.record(by=None, action="file.unreadable", sha256=sha256)
    elif findings.pictures and not findings.sealed:
        audit.record(by=None, action="file.refused", why="scan", sha256=sha256)
    return explained(findings, sha256=sha256, earlier=earlier)


def explained(findings: Findings, *, sha256: str, earlier: Original | None = None) -> Answer:
    """What the findings mean. `earlier` is the sealed file that this one begins with."""
    if findings.genuine:
        return genuine(findings, sha256, earlier)
    why = "Filen har ingen stämpel."
    if not findings.readable:
        why = (
            "Filen går inte att läsa. Den är trasig, eller gjord så att den inte kan kontrolleras."
        )
    elif findings.known:
        why = (
            f"Filen har en stämpel från {findings.organisation}, men innehållet har ändrats efter "
            "att den sattes."
        )
    elif findings.sealed:
        why = (
            "Filen har en stämpel, men den är inte gjord av någon kommun som har sina protokoll "
            "här."
        )
    elif findings.pictures:
        why = (
            "Filen ser ut att vara inskannad. En skanning har ingen stämpel, så det går inte att "
            "se om något är ändrat."
        )
    return unknown(why, sha256=sha256)


def genuine(findings: Findings, sha256: str, earlier: Original | None) -> Answer:
    """A seal that holds, on a file that is not in the register."""
    if earlier is not None:
        because = "Något har lagts till i filen efter att den låstes, eller så har den sparats om."
    elif findings.whole:
        because = "Det stämpeln gäller är oförändrat, men filen finns inte bland de justerade."
    else:
        because = "Det stämpeln gäller är oförändrat, men filen är inte byte för byte originalet."
    return Answer(
        verdict=Verdict.GENUINE, because=because, sha256=sha256, original=earlier, sent=True,
        organisation=findings.organisation, test=findings.test,
        advice="Lita på originalet. Be kommunen om en ny kopia.",
    )  # fmt: skip


def unknown(because: str, *, sha256: str = "") -> Answer:
    return Answer(
        verdict=Verdict.UNKNOWN, because=because, sha256=sha256, sent=True,
        advice="Lita inte på filen. Be kommunen om en ny kopia.",
    )  # fmt: skip
