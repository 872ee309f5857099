"""Before justering, and justering: check and send; read, approve or return; the receipt."""

from meetings.views.signing.answering import answer_remark, take_over
from meetings.views.signing.approving import approve
from meetings.views.signing.at_once import at_once
from meetings.views.signing.by_pen import by_pen, paper_to_sign, scan
from meetings.views.signing.checking import check, open_round, replace_signer
from meetings.views.signing.correcting import correct
from meetings.views.signing.dissenting import hand_on, note_dissent, remove_dissent
from meetings.views.signing.elsewhere import ask_elsewhere, back_from_elsewhere
from meetings.views.signing.reading import sign
from meetings.views.signing.receipt import receipt
from meetings.views.signing.returning import return_minutes
from meetings.views.signing.reviewing import mark_item, mark_rest, propose, send_late
from meetings.views.signing.substituting import stand_in
from meetings.views.signing.unlocking import agree_to_unlock, unlock

__all__ = [
    "agree_to_unlock",
    "answer_remark",
    "approve",
    "ask_elsewhere",
    "at_once",
    "back_from_elsewhere",
    "by_pen",
    "check",
    "correct",
    "hand_on",
    "mark_item",
    "mark_rest",
    "note_dissent",
    "open_round",
    "paper_to_sign",
    "propose",
    "receipt",
    "remove_dissent",
    "replace_signer",
    "return_minutes",
    "scan",
    "send_late",
    "sign",
    "stand_in",
    "take_over",
    "unlock",
]
