"""Every address of the program, who gets in, and a stage on which each of them has something.

Shared by the doors test (tests/rules) and the look at every page (tests/browser).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from meetings import followup, minuting, signing
from meetings.models import ItemKind, Meeting
from members.models import Mandate, Organisation
from tests import builders
from tests.builders import Cast

WRITERS = {"secretary"}
DRAFT = {"secretary", "chair"}
KEEPERS = {"secretary", "administrator"}
READERS = {
    "secretary", "chair", "adjuster", "member", "substitute", "co_opted", "reader", "administrator",
}  # fmt: skip
SIGNERS = {"chair", "adjuster"}
EVERYONE = READERS | {"other_secretary", "other_chair", "other_member"}
ALL = tuple(sorted(EVERYONE))
LOGIN = "/konto/login/"

# name: (method, who gets in, which meeting of the stage, further arguments)
DOORS: dict[str, tuple[str, set[str], str, tuple[str, ...]]] = {
    # members
    "council_list": ("get", EVERYONE, "", ()),
    "council": ("get", READERS, "", ("slug",)),
    "council_settings": ("get", KEEPERS, "", ("slug",)),
    "register": ("get", KEEPERS, "", ("slug",)),
    "add_member": ("get", KEEPERS, "", ("slug",)),
    "invite_all": ("post", KEEPERS, "", ("slug",)),
    "paste_list": ("get", KEEPERS, "", ("slug",)),
    "save_pasted": ("post", KEEPERS, "", ("slug",)),
    "change_member": ("get", KEEPERS, "", ("slug", "mandate")),
    "end_mandate": ("post", KEEPERS, "", ("slug", "mandate")),
    "resume_mandate": ("post", KEEPERS, "", ("slug", "mandate")),
    "invite": ("post", KEEPERS, "", ("slug", "mandate")),
    "reset_sign_in": ("get", {"administrator"}, "", ("slug", "mandate")),
    "organisations": ("get", KEEPERS, "", ("slug",)),
    "add_organisation": ("get", KEEPERS, "", ("slug",)),
    "change_organisation": ("get", KEEPERS, "", ("slug", "organisation")),
    "my_account": ("get", EVERYONE, "", ()),
    "arms": ("get", READERS, "", ("municipality", "sha256")),
    # over all one's councils
    "start": ("get", EVERYONE, "", ()),
    "meeting_list": ("get", EVERYONE, "", ()),
    "action_list": ("get", EVERYONE, "", ()),
    "follow_up": ("get", DRAFT, "minuting", ("action",)),
    "archive": ("get", EVERYONE, "", ()),
    "search": ("get", EVERYONE, "", ()),
    # planning
    "plan_meeting": ("get", WRITERS, "", ("slug",)),
    "standing_items": ("get", KEEPERS, "", ("slug",)),
    "unsealed": ("get", KEEPERS, "", ("slug",)),
    "seal_now": ("post", KEEPERS, "", ("slug",)),
    "meeting": ("get", READERS, "planned", ("slug", "key")),
    "history": ("get", KEEPERS, "planned", ("slug", "key")),
    "change_meeting": ("get", WRITERS, "planned", ("slug", "key")),
    "cancel_meeting": ("post", WRITERS, "planned", ("slug", "key")),
    "plan_next": ("post", WRITERS, "planned", ("slug", "key")),
    "summon": ("get", WRITERS, "planned", ("slug", "key")),
    "agenda": ("get", WRITERS, "planned", ("slug", "key")),
    "agenda_pdf": ("get", READERS, "planned", ("slug", "key")),
    "add_item": ("post", WRITERS, "planned", ("slug", "key")),
    "change_item": ("post", WRITERS, "planned", ("slug", "key", "item")),
    "close_item": ("post", WRITERS, "planned", ("slug", "key", "item")),
    "open_item": ("post", WRITERS, "planned", ("slug", "key", "item")),
    "move_item": ("post", WRITERS, "planned", ("slug", "key", "item")),
    "remove_item": ("post", WRITERS, "planned", ("slug", "key", "item")),
    "restore_item": ("post", WRITERS, "planned", ("slug", "key", "removed_item")),
    "attach": ("post", WRITERS, "planned", ("slug", "key")),
    "attachment": ("get", READERS, "planned", ("slug", "key", "number")),
    "change_attachment": ("post", WRITERS, "planned", ("slug", "key", "paper")),
    "remove_attachment": ("post", WRITERS, "planned", ("slug", "key", "paper")),
    "restore_attachment": ("post", WRITERS, "planned", ("slug", "key", "paper")),
    # the desk
    "open_minutes": ("post", WRITERS, "planned", ("slug", "key")),
    "desk": ("get", WRITERS, "minuting", ("slug", "key")),
    "preview": ("get", WRITERS, "minuting", ("slug", "key")),
    "preview_page": ("get", WRITERS, "minuting", ("slug", "key", "page")),
    "save_item_text": ("post", WRITERS, "minuting", ("slug", "key", "item")),
    "revisions": ("get", WRITERS, "minuting", ("slug", "key", "item")),
    "restore_text": ("post", WRITERS, "minuting", ("slug", "key", "item", "revision")),
    "desk_add_item": ("post", WRITERS, "minuting", ("slug", "key")),
    "desk_change_item": ("post", WRITERS, "minuting", ("slug", "key", "item")),
    "desk_close_item": ("post", WRITERS, "minuting", ("slug", "key", "item")),
    "desk_open_item": ("post", WRITERS, "minuting", ("slug", "key", "item")),
    "desk_move_item": ("post", WRITERS, "minuting", ("slug", "key", "item")),
    "desk_remove_item": ("post", WRITERS, "minuting", ("slug", "key", "item")),
    "desk_restore_item": ("post", WRITERS, "minuting", ("slug", "key", "removed_item")),
    "set_decisions": ("post", WRITERS, "minuting", ("slug", "key", "item")),
    "restore_decisions": ("post", WRITERS, "minuting", ("slug", "key", "item", "wording")),
    "at_desk": ("post", WRITERS, "minuting", ("slug", "key")),
    "elect_adjusters": ("post", WRITERS, "minuting", ("slug", "key", "item")),
    "set_topics": ("post", WRITERS, "minuting", ("slug", "key", "item")),
    "add_report": ("post", WRITERS, "minuting", ("slug", "key", "item")),
    "give_action": ("post", WRITERS, "minuting", ("slug", "key", "item")),
    "suggest_action": ("post", WRITERS, "minuting", ("slug", "key", "item")),
    "last_time": ("get", WRITERS, "minuting", ("slug", "key", "item")),
    "report_action": ("post", WRITERS, "minuting", ("slug", "key", "earlier_action")),
    "take_report_back": ("post", WRITERS, "minuting", ("slug", "key", "earlier_action")),
    "save_report_text": ("post", WRITERS, "minuting", ("slug", "key", "report")),
    "move_report": ("post", WRITERS, "minuting", ("slug", "key", "report")),
    "remove_report": ("post", WRITERS, "minuting", ("slug", "key", "report")),
    "restore_report": ("post", WRITERS, "minuting", ("slug", "key", "report")),
    "change_action": ("post", WRITERS, "minuting", ("slug", "key", "action")),
    "remove_action": ("post", WRITERS, "minuting", ("slug", "key", "action")),
    "restore_action": ("post", WRITERS, "minuting", ("slug", "key", "action")),
    "set_next_meeting": ("post", WRITERS, "minuting", ("slug", "key")),
    "mark_rest_present": ("post", WRITERS, "minuting", ("slug", "key")),
    "unmark_rest": ("post", WRITERS, "minuting", ("slug", "key")),
    "add_attendee": ("post", WRITERS, "minuting", ("slug", "key")),
    "mark": ("post", WRITERS, "minuting", ("slug", "key", "row")),
    "come": ("post", WRITERS, "minuting", ("slug", "key", "row")),
    "go": ("post", WRITERS, "minuting", ("slug", "key", "row")),
    "set_conflict": ("post", WRITERS, "minuting", ("slug", "key", "row")),
    "serve": ("post", WRITERS, "minuting", ("slug", "key", "row")),
    "put_back": ("post", WRITERS, "minuting", ("slug", "key", "row")),
    "set_details": ("post", WRITERS, "minuting", ("slug", "key", "row")),
    "remove_from_list": ("post", WRITERS, "minuting", ("slug", "key", "row")),
    "wall": ("get", DRAFT, "minuting", ("slug", "key")),
    "wall_now": ("get", DRAFT, "minuting", ("slug", "key")),
    # justering
    "check": ("get", WRITERS, "minuting", ("slug", "key")),
    "replace_signer": ("post", WRITERS, "minuting", ("slug", "key")),
    "open_round": ("post", WRITERS, "minuting", ("slug", "key")),
    "sign": ("get", SIGNERS, "signing", ("slug", "key")),
    "approve": ("post", SIGNERS, "signing", ("slug", "key")),
    "return_minutes": ("post", SIGNERS, "signing", ("slug", "key")),
    "ask_elsewhere": ("post", SIGNERS, "signing", ("slug", "key")),
    "back_from_elsewhere": ("get", EVERYONE, "", ()),
    "receipt": ("get", SIGNERS, "signing", ("slug", "key")),
    "mark_item": ("post", SIGNERS, "signing", ("slug", "key", "item")),
    "propose": ("get", SIGNERS, "signing", ("slug", "key", "item")),
    "mark_rest": ("post", SIGNERS, "signing", ("slug", "key")),
    "send_late": ("post", SIGNERS, "signing", ("slug", "key")),
    "stand_in": ("get", WRITERS, "signing", ("slug", "key")),
    "hand_on": ("get", WRITERS, "signing", ("slug", "key")),
    "note_dissent": ("get", WRITERS, "minuting", ("slug", "key")),
    "remove_dissent": ("post", WRITERS, "minuting", ("slug", "key", "dissent")),
    "answer_remark": ("get", WRITERS, "minuting", ("slug", "key", "remark")),
    "take_over": ("post", WRITERS, "minuting", ("slug", "key", "remark")),
    "unlock": ("get", SIGNERS | WRITERS, "signing", ("slug", "key")),
    "agree_to_unlock": ("post", SIGNERS | WRITERS, "signing", ("slug", "key")),
    "by_pen": ("get", WRITERS, "signing", ("slug", "key")),
    "paper_to_sign": ("get", WRITERS, "signing", ("slug", "key")),
    "scan": ("get", READERS, "on_paper", ("slug", "key")),
    "at_once": ("get", WRITERS, "minuting", ("slug", "key")),
    "at_once_pdf": ("get", READERS, "minuting", ("slug", "key", "at_once")),
    "correct": ("get", WRITERS, "sealed", ("slug", "key")),
    "correction_pdf": ("get", READERS, "sealed", ("slug", "key", "correction")),
    # reading
    "minutes": ("get", READERS, "sealed", ("slug", "key")),
    "minutes_pdf": ("get", READERS, "sealed", ("slug", "key")),
    "extract_pdf": ("get", READERS, "sealed", ("slug", "key", "extract")),
    # closed items: who has the right, and before they are justerade who reads or signs the draft
    "closed_part": ("get", DRAFT, "secret", ("slug", "key")),
    "closed_pdf": ("get", DRAFT, "secret", ("slug", "key")),
    "closed_correction_pdf": (
        "get",
        DRAFT | SIGNERS,
        "sealed",
        ("slug", "key", "closed_correction"),
    ),
}
# Under /konto/, allauth's: one's own account, for anyone signed in; what answers a GET in them.
ACCOUNT_DOORS: dict[str, int] = {
    "account_logout": 200,
    "account_change_password": 200,
    "account_set_password": 302,  # to change it, for who has one
    "account_email": 200,
    "account_reauthenticate": 200,
    "mfa_index": 200,
    "mfa_list_webauthn": 302,
    "mfa_add_webauthn": 302,  # to show again that it is oneself
    "mfa_activate_totp": 302,
    "mfa_deactivate_totp": 404,  # none to remove
    "mfa_edit_webauthn": 302,
    "mfa_remove_webauthn": 302,
    "mfa_view_recovery_codes": 404,
    "mfa_generate_recovery_codes": 302,
    "mfa_reauthenticate": 302,
    "mfa_reauthenticate_webauthn": 302,
}
# Under /konto/ without signing in, each with the reason.
ACCOUNT_PUBLIC = {
    "account_login": "the way in",
    "account_signup": "says that one is invited",
    "account_inactive": "says that the account is closed",
    "account_email_verification_sent": "says that a letter is on its way",
    "account_confirm_email": "the link in that letter",
    "account_reset_password": "the way in for who has forgotten",
    "account_reset_password_done": "says that a letter is on its way",
    "account_reset_password_from_key": "the link in that letter",
    "account_reset_password_from_key_done": "says that it is done",
    "account_confirm_login_code": "a code by mail, which is not used here; back to the first page",
    "mfa_authenticate": "the second step of signing in; back to the first without it",
    "mfa_login_webauthn": "the way in by passkey",
}
# The municipality's own sign-in service: public, and 404 where there is none.
ACCOUNT_ELSEWHERE = {
    "openid_connect_login": 404,
    "openid_connect_callback": 404,
    "socialaccount_login_cancelled": 200,
    "socialaccount_login_error": 401,
    "socialaccount_signup": 302,  # to the way in: nobody signs up
}
# Drafts behind the same addresses: only those who may read what is not justerat yet.
DRAFT_DOORS = {
    "minutes": ("get", DRAFT, "minuting", ("slug", "key")),
    "minutes_pdf": ("get", DRAFT, "minuting", ("slug", "key")),
}
# Open to the world by intention, each with the reason.
PUBLIC = {
    "accessibility": "DOS-lagen 13 §: everybody may read it",
    "about": "what the program is",
    "invitation": "the link in a mail to somebody without a password",
    "choose_password": "the page behind that link",
    "verify": "anybody who has a file may ask whether it is the original",
    "verify_hash": "the same, by its hash",
    "verify_file": "the same, by the file",
}


@dataclass
class Stage:
    cast: Cast
    arguments: dict[str, dict[str, Any]]

    def url(self, name: str, meeting: str, wanted: tuple[str, ...]) -> str:
        values = self.arguments[meeting]
        return reverse(name, args=[values[word] for word in wanted])


def set_stage(cast: Cast) -> Stage:
    """One meeting in each state that pages differ by, with rows of every kind."""
    days = [builders.DAY + datetime.timedelta(days=n) for n in (0, 7, 14, 21)]
    sealed = builders.written(cast, days[0])
    closed = builders.closed_item(cast, sealed)
    builders.write(cast.secretary, closed, "<p>Det talas tyst.</p>")
    earlier = followup.give_action(
        by=cast.secretary, item=sealed.items.standing()[0], text="Se över.", persons=[cast.member]
    )
    sealed = builders.approve_all(signing.open_round(by=cast.secretary, meeting=sealed))
    signing_ = builders.in_signing(cast, days[1]).meeting
    open_ = builders.written(cast, days[2])
    planned = builders.planned(cast, days[3])
    shared = {
        "slug": cast.council.slug,
        "mandate": Mandate.objects.get(person=cast.member).pk,
        "organisation": Organisation.objects.get(name="Polisen").pk,
        "municipality": cast.council.municipality_id,
        "sha256": cast.council.municipality.arms_sha256,
    }
    meetings = {"planned": planned, "minuting": open_, "signing": signing_, "sealed": sealed}
    arguments: dict[str, dict[str, Any]] = {"": shared}
    for name, meeting in meetings.items():
        arguments[name] = shared | {"key": meeting.key, "item": meeting.items.standing()[0].pk}
    arguments["planned"] |= papers(cast, planned)
    arguments["minuting"] |= desk_rows(cast, open_) | {"remark": remark_on(cast, open_)}
    arguments["minuting"]["earlier_action"] = earlier.pk
    arguments["minuting"]["page"] = 1
    arguments["minuting"]["dissent"] = dissent_in(cast, open_)
    arguments["sealed"]["extract"] = sealed.items.standing()[0].pk
    paper = builders.signed_on_paper(cast, builders.DAY + datetime.timedelta(days=28))
    arguments["on_paper"] = shared | {"key": paper.key}
    arguments["sealed"]["correction"] = builders.corrected(cast, sealed).number
    arguments["sealed"]["closed_correction"] = builders.corrected(cast, sealed, closed).number
    secret = builders.planned(cast, builders.DAY + datetime.timedelta(days=35))
    builders.closed_item(cast, secret)
    arguments["secret"] = shared | {"key": secret.key}
    arguments["minuting"]["at_once"] = builders.adjusted_at_once(cast, open_).number
    return Stage(cast, arguments)


def remark_on(cast: Cast, meeting: Meeting) -> int:
    """The minutes have been out and came back with a remark."""
    round_ = signing.open_round(by=cast.secretary, meeting=meeting)
    signer = round_.signers.get(person=cast.adjuster)
    signing.return_minutes(by=cast.adjuster, signer=signer, comment="Fel dag i texten.")
    return round_.comments.get().pk


def dissent_in(cast: Cast, meeting: Meeting) -> int:
    meeting.refresh_from_db()
    return signing.note_dissent(
        by=cast.secretary, meeting=meeting, person=cast.chair, text="Det var inte så."
    ).pk


def papers(cast: Cast, meeting: Meeting) -> dict[str, Any]:
    from_planning = builders.attach(cast, meeting)
    gone = builders.removed_item(cast, meeting)
    return {"number": from_planning.number, "paper": from_planning.pk, "removed_item": gone.pk}


def desk_rows(cast: Cast, meeting: Meeting) -> dict[str, Any]:
    round_table = meeting.items.standing().get(kind=ItemKind.ROUND_TABLE)
    police = Organisation.objects.get(name="Polisen")
    report = minuting.add_report(by=cast.secretary, item=round_table, organisation=police)
    action = followup.give_action(by=cast.secretary, item=round_table, text="Laga pollarna.")
    row = meeting.attendance.get(person=cast.member)
    first = meeting.items.standing()[0]
    builders.write(cast.secretary, first, "<p>Ordföranden öppnar mötet.</p>")
    minuting.set_decisions(by=cast.secretary, item=first, points=["Mötet öppnas."])
    return {
        "report": report.pk, "action": action.pk, "row": row.pk,
        "revision": first.revisions.latest("pk").pk,
        "wording": first.decision_revisions.latest("pk").pk,
        "removed_item": builders.removed_item(cast, meeting).pk,
    }  # fmt: skip
