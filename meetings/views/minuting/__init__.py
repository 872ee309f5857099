"""The desk (skrivbordet): one page, and one address for every act on it."""

from meetings.views.minuting.actions import (
    change_action,
    give_action,
    remove_action,
    report_action,
    restore_action,
    set_next_meeting,
    set_topics,
    suggest_action,
    take_report_back,
)
from meetings.views.minuting.at_desk import at_desk
from meetings.views.minuting.attendance import (
    add_attendee,
    come,
    go,
    mark,
    mark_rest_present,
    put_back,
    remove_from_list,
    serve,
    set_conflict,
    set_details,
    unmark_rest,
)
from meetings.views.minuting.decisions import elect_adjusters, restore_decisions, set_decisions
from meetings.views.minuting.desk import desk, open_minutes
from meetings.views.minuting.last_time import last_time
from meetings.views.minuting.outline import (
    desk_add_item,
    desk_change_item,
    desk_move_item,
    desk_remove_item,
    desk_restore_item,
)
from meetings.views.minuting.reports import (
    add_report,
    move_report,
    remove_report,
    restore_report,
)
from meetings.views.minuting.secrecy import desk_close_item, desk_open_item
from meetings.views.minuting.texts import (
    restore_text,
    revisions,
    save_item_text,
    save_report_text,
)

__all__ = [
    "add_attendee",
    "add_report",
    "at_desk",
    "change_action",
    "come",
    "desk",
    "desk_add_item",
    "desk_change_item",
    "desk_close_item",
    "desk_move_item",
    "desk_open_item",
    "desk_remove_item",
    "desk_restore_item",
    "elect_adjusters",
    "give_action",
    "go",
    "last_time",
    "mark",
    "mark_rest_present",
    "move_report",
    "open_minutes",
    "put_back",
    "remove_action",
    "remove_from_list",
    "remove_report",
    "report_action",
    "restore_action",
    "restore_decisions",
    "restore_report",
    "restore_text",
    "revisions",
    "save_item_text",
    "save_report_text",
    "serve",
    "set_conflict",
    "set_decisions",
    "set_details",
    "set_next_meeting",
    "set_topics",
    "suggest_action",
    "take_report_back",
    "unmark_rest",
]
