"""Take the minutes: attendance, texts, decisions, reports; check and freeze a version."""

from meetings.minuting.attendance import (
    add_guest,
    add_person,
    fill_attendance,
    mark,
    mark_rest_present,
    remove_from_list,
    set_details,
)
from meetings.minuting.checking import Problem, problems
from meetings.minuting.decisions import ChangedMeanwhile, elect_adjusters, set_decisions
from meetings.minuting.freezing import drawn_of, freeze, snapshot_of, whole_of
from meetings.minuting.opening import open_minutes
from meetings.minuting.reports import add_report, move_report, remove_report, restore_report
from meetings.minuting.texts import Outcome, save_text

__all__ = [
    "ChangedMeanwhile",
    "Outcome",
    "Problem",
    "add_guest",
    "add_person",
    "add_report",
    "drawn_of",
    "elect_adjusters",
    "fill_attendance",
    "freeze",
    "mark",
    "mark_rest_present",
    "move_report",
    "open_minutes",
    "problems",
    "remove_from_list",
    "remove_report",
    "restore_report",
    "save_text",
    "set_decisions",
    "set_details",
    "snapshot_of",
    "whole_of",
]
