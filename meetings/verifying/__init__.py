"""Whether a file is the one that was sealed: the register of hashes first, the seal second.

register      every sealed file by its SHA-256, and what may be told of it to anyone
inspection    a file that is not in it, looked at in a process of its own with limits
inspector     that process: no database, no secrets, no way back but one line of JSON
judging       the answer: one of three verdicts, and the sentence that explains it
limiting      how often one address may ask
"""

from meetings.verifying.judging import (
    LARGEST,
    LARGEST_TOLD,
    Answer,
    Verdict,
    judge_file,
    judge_hash,
    refuse_large,
)
from meetings.verifying.register import Original, find, read_hash

__all__ = [
    "LARGEST",
    "LARGEST_TOLD",
    "Answer",
    "Original",
    "Verdict",
    "find",
    "judge_file",
    "judge_hash",
    "read_hash",
    "refuse_large",
]
