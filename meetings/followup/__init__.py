"""Action items and topics: give, report on, close, carry over to the next meeting."""

from meetings.followup.coming import set_next_meeting, set_topics
from meetings.followup.deciding import is_passive, preview
from meetings.followup.giving import (
    change_action,
    give_action,
    remove_action,
    restore_action,
)
from meetings.followup.guessing import Guess, Register, guess
from meetings.followup.holding import assignee, due, due_now, of_person, with_due
from meetings.followup.register import register_for
from meetings.followup.reporting import follow_up, take_report_back
from meetings.followup.sentence import itself
from meetings.followup.table import Row, lines_of, place_of, table_of

__all__ = [
    "Guess",
    "Register",
    "Row",
    "assignee",
    "change_action",
    "due",
    "due_now",
    "follow_up",
    "give_action",
    "guess",
    "is_passive",
    "itself",
    "lines_of",
    "of_person",
    "place_of",
    "preview",
    "register_for",
    "remove_action",
    "restore_action",
    "set_next_meeting",
    "set_topics",
    "table_of",
    "take_report_back",
    "with_due",
]
