"""The trail: who did what. What is recorded, how it reads, its chain, and its anchors outside.

recording and phrases write and tell an entry; the database chains it (migration 0005,
members.models.audit); chain and anchors find out whether somebody has altered the trail past
the program.
"""

from members.audit.anchors import anchor, anchor_daily
from members.audit.chain import Break, Head, head, heads, mark_of, verify_trail
from members.audit.phrases import ACTIONS, describe, register, sentence, what
from members.audit.recording import history_of, history_of_meeting, record

__all__ = [
    "ACTIONS",
    "Break",
    "Head",
    "anchor",
    "anchor_daily",
    "describe",
    "head",
    "heads",
    "history_of",
    "history_of_meeting",
    "mark_of",
    "record",
    "register",
    "sentence",
    "verify_trail",
    "what",
]
