"""Plan, change and cancel a meeting; its agenda and the order of it."""

from meetings.moving import CLOSED
from meetings.planning.agenda import (
    add_item,
    change_item,
    move_item,
    remove_item,
    restore_item,
    set_standing_items,
)
from meetings.planning.meeting import (
    PlannedAlready,
    cancel_meeting,
    change_meeting,
    plan_meeting,
    plan_next,
)
from meetings.planning.printing import printed_agenda

__all__ = [
    "CLOSED",
    "PlannedAlready",
    "add_item",
    "cancel_meeting",
    "change_item",
    "change_meeting",
    "move_item",
    "plan_meeting",
    "plan_next",
    "printed_agenda",
    "remove_item",
    "restore_item",
    "set_standing_items",
]
