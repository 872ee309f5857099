"""A pasted list of people becomes a register: read, understood, corrected by a person, saved.

reading (text → lines of words, no database), understanding (words → known organisations and
people, and what is doubtful), saving (all of it or nothing). Import from this package.
"""

from members.pasting.reading import MAX_LINES, Line, read
from members.pasting.saving import Saved, save_list
from members.pasting.understanding import OrganisationIs, Understood, understand

__all__ = [
    "MAX_LINES",
    "Line",
    "OrganisationIs",
    "Saved",
    "Understood",
    "read",
    "save_list",
    "understand",
]
