"""The municipality's seal on a PDF: keys, stamping, and finding out what a stamp is worth.

    key_for       the municipality's key, or Unusable with a Swedish sentence that says why not
    stamp         a PDF with one invisible PAdES seal that covers every byte, and its enclosures
    validate      what a file says of itself: Report, or Unreadable

pyHanko and cryptography only, no database: what was sealed is the register's to know.
"""

from meetings.stamping.applying import stamp
from meetings.stamping.checking import Report, Unreadable, validate
from meetings.stamping.enclosing import Enclosure
from meetings.stamping.keys import LASTING, Key, Unusable, key_for, stem_of, warm
from meetings.stamping.timestamping import Unreached, augment, service_at
from meetings.stamping.trying import make_test_key

__all__ = [
    "LASTING",
    "Enclosure",
    "Key",
    "Report",
    "Unreached",
    "Unreadable",
    "Unusable",
    "augment",
    "key_for",
    "make_test_key",
    "service_at",
    "stamp",
    "stem_of",
    "validate",
    "warm",
]
