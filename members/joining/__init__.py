"""People join and leave: the register of a council, its seats and the invitations.

people (who somebody is), mandates (a seat, from–to), invitations (a mail that gives an account),
members (all of it in one act, as the secretary does it). Import from this package.
"""

from members.joining.invitations import (
    accept_invitation,
    invitation_link,
    invite,
    invite_all,
    invited_person,
    waiting_for_invitation,
)
from members.joining.mandates import (
    change_mandate,
    end_mandate,
    give_mandate,
    others_as_secretary,
)
from members.joining.members import add_member, change_member
from members.joining.people import (
    add_person,
    change_own_name,
    change_person,
    may_correct,
    move_account,
    namesakes,
    person_at,
    tidy_name,
)

__all__ = [
    "accept_invitation",
    "add_member",
    "add_person",
    "change_mandate",
    "change_member",
    "change_own_name",
    "change_person",
    "end_mandate",
    "give_mandate",
    "invitation_link",
    "invite",
    "invite_all",
    "invited_person",
    "may_correct",
    "move_account",
    "namesakes",
    "others_as_secretary",
    "person_at",
    "tidy_name",
    "waiting_for_invitation",
]
