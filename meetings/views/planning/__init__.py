"""Plan a meeting, its agenda, and the standing items a council begins with."""

from meetings.views.planning.agenda import (
    add_item,
    agenda,
    agenda_pdf,
    change_item,
    move_item,
    remove_item,
    restore_item,
)
from meetings.views.planning.meeting import (
    cancel_meeting,
    change_meeting,
    plan_meeting,
    plan_next,
)
from meetings.views.planning.standing import standing_items

__all__ = [
    "add_item",
    "agenda",
    "agenda_pdf",
    "cancel_meeting",
    "change_item",
    "change_meeting",
    "move_item",
    "plan_meeting",
    "plan_next",
    "remove_item",
    "restore_item",
    "standing_items",
]
