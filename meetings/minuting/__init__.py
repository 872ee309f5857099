"""Take the minutes: attendance, texts, decisions, reports; check and freeze a version."""

from meetings.minuting.at_desk import (
    News,
    attend,
    cursor_of,
    item_at_hand,
    leave,
    news_since,
    others_at_desk,
    text_versions,
)
from meetings.minuting.attendance import (
    add_guest,
    add_person,
    fill_attendance,
    mark,
    mark_rest_present,
    remove_from_list,
    unmark_rest,
)
from meetings.minuting.attesting import replace_adjuster
from meetings.minuting.checking import Problem, problems
from meetings.minuting.coming_and_going import (
    State,
    Stretch,
    come,
    go,
    put_back,
    serve,
    set_conflict,
    set_details,
    state_text,
    stop_serving,
)
from meetings.minuting.decisions import (
    ChangedMeanwhile,
    elect_adjusters,
    restore_decisions,
    set_decisions,
)
from meetings.minuting.freezing import drawn_of, freeze, snapshot_of, whole_of
from meetings.minuting.opening import open_minutes
from meetings.minuting.reports import add_report, move_report, remove_report, restore_report
from meetings.minuting.taking_back import (
    Removed,
    Wording,
    taken_away,
    wordings_of_decisions,
    wordings_of_text,
)
from meetings.minuting.texts import Outcome, save_text

__all__ = [
    "ChangedMeanwhile",
    "News",
    "Outcome",
    "Problem",
    "Removed",
    "State",
    "Stretch",
    "Wording",
    "add_guest",
    "add_person",
    "add_report",
    "attend",
    "come",
    "cursor_of",
    "drawn_of",
    "elect_adjusters",
    "fill_attendance",
    "freeze",
    "go",
    "item_at_hand",
    "leave",
    "mark",
    "mark_rest_present",
    "move_report",
    "news_since",
    "open_minutes",
    "others_at_desk",
    "problems",
    "put_back",
    "remove_from_list",
    "remove_report",
    "replace_adjuster",
    "restore_decisions",
    "restore_report",
    "save_text",
    "serve",
    "set_conflict",
    "set_decisions",
    "set_details",
    "snapshot_of",
    "state_text",
    "stop_serving",
    "taken_away",
    "text_versions",
    "unmark_rest",
    "whole_of",
    "wordings_of_decisions",
    "wordings_of_text",
]
