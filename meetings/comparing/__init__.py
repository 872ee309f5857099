"""Differences between two texts of the minutes: pure functions on snapshots, no database.

    compare_item, changes_around   an item with its changes marked; the rest in sentences
    marked, marked_words           a text, or plain words, with <ins> and <del>
    parts_of, with_edits           the wording of a text, part by part, to be changed as plain words
    merged                         two changes of one text put together, where they do not meet

blocks reads the restricted HTML into values and writes it again, so that whatever comes in, what
goes out is well formed and holds no tag that is not ours.
"""

from meetings.comparing.documents import changes_around
from meetings.comparing.editing import Part, merged, parts_of, with_edits
from meetings.comparing.items import (
    ItemChange,
    compare_item,
    is_same,
    marked_line,
    name_of,
    names_of,
)
from meetings.comparing.marking import Marked, excerpt, marked, marked_points, marked_words, spoken

__all__ = [
    "ItemChange",
    "Marked",
    "Part",
    "changes_around",
    "compare_item",
    "excerpt",
    "is_same",
    "marked",
    "marked_line",
    "marked_points",
    "marked_words",
    "merged",
    "name_of",
    "names_of",
    "parts_of",
    "spoken",
    "with_edits",
]
