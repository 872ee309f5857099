"""Addresses of WHAT: the start page, and below a council's slug its meetings."""

from django.urls import path

from meetings.views import (
    archiving,
    attaching,
    followup,
    history,
    meeting,
    minuting,
    planning,
    sealing,
    searching,
    signing,
    start,
    summoning,
    verifying,
)

COUNCIL = "<slug:slug>/"
MEETING = f"{COUNCIL}moten/<slug:key>/"
ITEM = f"{MEETING}punkter/<int:pk>/"
PAPER = f"{MEETING}bilagor/<int:pk>/"
DESK = f"{MEETING}skriv/"
DESK_ITEM = f"{DESK}punkter/<int:pk>/"
REPORT = f"{DESK}rapporter/<int:pk>/"
ACTION = f"{DESK}uppdrag/<int:pk>/"
PRESENCE = f"{DESK}narvaro/<int:pk>/"

urlpatterns = [
    # What waits, and what there is, over all one's councils
    path("", start.start, name="start"),
    path("moten/", meeting.meeting_list, name="meeting_list"),
    path("uppdrag/", followup.action_list, name="action_list"),
    path("uppdrag/<int:pk>/", followup.follow_up, name="follow_up"),
    path("arkiv/", archiving.archive, name="archive"),
    path("sok/", searching.search, name="search"),
    # Open to the world
    path("kontrollera/", verifying.verify, name="verify"),
    path("kontrollera/kontrollsumma/", verifying.verify_hash, name="verify_hash"),
    path("kontrollera/fil/", verifying.verify_file, name="verify_file"),
    # Planning
    path(f"{COUNCIL}moten/nytt/", planning.plan_meeting, name="plan_meeting"),
    path(f"{COUNCIL}staende-punkter/", planning.standing_items, name="standing_items"),
    path(f"{COUNCIL}lasning/", sealing.unsealed, name="unsealed"),
    path(f"{COUNCIL}lasning/nu/", sealing.seal_now, name="seal_now"),
    path(MEETING, meeting.meeting, name="meeting"),
    path(f"{MEETING}historik/", history.history, name="history"),
    path(f"{MEETING}andra/", planning.change_meeting, name="change_meeting"),
    path(f"{MEETING}stall-in/", planning.cancel_meeting, name="cancel_meeting"),
    path(f"{MEETING}nasta/", planning.plan_next, name="plan_next"),
    path(f"{MEETING}kalla/", summoning.summon, name="summon"),
    path(f"{MEETING}dagordning/", planning.agenda, name="agenda"),
    path(f"{MEETING}dagordning.pdf", planning.agenda_pdf, name="agenda_pdf"),
    path(f"{MEETING}punkter/ny/", planning.add_item, name="add_item"),
    path(ITEM, planning.change_item, name="change_item"),
    path(f"{ITEM}flytta/", planning.move_item, name="move_item"),
    path(f"{ITEM}ta-bort/", planning.remove_item, name="remove_item"),
    path(f"{ITEM}ta-tillbaka/", planning.restore_item, name="restore_item"),
    path(f"{MEETING}bilagor/ny/", attaching.attach, name="attach"),
    path(f"{MEETING}bilaga-<int:number>/", attaching.attachment, name="attachment"),
    path(f"{PAPER}andra/", attaching.change_attachment, name="change_attachment"),
    path(f"{PAPER}ta-bort/", attaching.remove_attachment, name="remove_attachment"),
    path(f"{PAPER}ta-tillbaka/", attaching.restore_attachment, name="restore_attachment"),
    # The desk
    path(f"{MEETING}oppna/", minuting.open_minutes, name="open_minutes"),
    path(DESK, minuting.desk, name="desk"),
    path(f"{DESK_ITEM}text/", minuting.save_item_text, name="save_item_text"),
    path(f"{DESK_ITEM}versioner/", minuting.revisions, name="revisions"),
    path(f"{DESK_ITEM}versioner/<int:revision>/", minuting.restore_text, name="restore_text"),
    path(f"{DESK}punkter/ny/", minuting.desk_add_item, name="desk_add_item"),
    path(DESK_ITEM, minuting.desk_change_item, name="desk_change_item"),
    path(f"{DESK_ITEM}flytta/", minuting.desk_move_item, name="desk_move_item"),
    path(f"{DESK_ITEM}ta-bort/", minuting.desk_remove_item, name="desk_remove_item"),
    path(f"{DESK_ITEM}ta-tillbaka/", minuting.desk_restore_item, name="desk_restore_item"),
    path(f"{DESK_ITEM}beslut/", minuting.set_decisions, name="set_decisions"),
    path(f"{DESK_ITEM}justerare/", minuting.elect_adjusters, name="elect_adjusters"),
    path(f"{DESK_ITEM}amnen/", minuting.set_topics, name="set_topics"),
    path(f"{DESK_ITEM}rapporter/", minuting.add_report, name="add_report"),
    path(f"{DESK_ITEM}uppdrag/", minuting.give_action, name="give_action"),
    path(f"{REPORT}text/", minuting.save_report_text, name="save_report_text"),
    path(f"{REPORT}flytta/", minuting.move_report, name="move_report"),
    path(f"{REPORT}ta-bort/", minuting.remove_report, name="remove_report"),
    path(f"{REPORT}ta-tillbaka/", minuting.restore_report, name="restore_report"),
    path(ACTION, minuting.change_action, name="change_action"),
    path(f"{ACTION}ta-bort/", minuting.remove_action, name="remove_action"),
    path(f"{ACTION}ta-tillbaka/", minuting.restore_action, name="restore_action"),
    path(f"{DESK}nasta-mote/", minuting.set_next_meeting, name="set_next_meeting"),
    path(f"{DESK}narvaro/resten/", minuting.mark_rest_present, name="mark_rest_present"),
    path(f"{DESK}narvaro/ny/", minuting.add_attendee, name="add_attendee"),
    path(PRESENCE, minuting.mark, name="mark"),
    path(f"{PRESENCE}detaljer/", minuting.set_details, name="set_details"),
    path(f"{PRESENCE}ta-bort/", minuting.remove_from_list, name="remove_from_list"),
    # Justering
    path(f"{MEETING}kontroll/", signing.check, name="check"),
    path(f"{MEETING}till-justering/", signing.open_round, name="open_round"),
    path(f"{MEETING}justera/", signing.sign, name="sign"),
    path(f"{MEETING}justera/godkann/", signing.approve, name="approve"),
    path(f"{MEETING}justera/lamna-tillbaka/", signing.return_minutes, name="return_minutes"),
    path(f"{MEETING}justera/inloggning/", signing.ask_elsewhere, name="ask_elsewhere"),
    path("konto/justering/ater/", signing.back_from_elsewhere, name="back_from_elsewhere"),
    path(f"{MEETING}justera/kvitto/", signing.receipt, name="receipt"),
    path(f"{MEETING}justera/punkter/<int:pk>/", signing.mark_item, name="mark_item"),
    path(f"{MEETING}justera/punkter/<int:pk>/andra/", signing.propose, name="propose"),
    path(f"{MEETING}justera/resten/", signing.mark_rest, name="mark_rest"),
    path(f"{MEETING}justera/skicka-anda/", signing.send_late, name="send_late"),
    path(f"{MEETING}justera/ersattare/", signing.stand_in, name="stand_in"),
    path(f"{MEETING}justera/lamna-over/", signing.hand_on, name="hand_on"),
    path(f"{MEETING}avvikande-mening/", signing.note_dissent, name="note_dissent"),
    path(f"{MEETING}avvikande-mening/<int:pk>/", signing.remove_dissent, name="remove_dissent"),
    path(f"{MEETING}synpunkter/<int:pk>/", signing.answer_remark, name="answer_remark"),
    path(f"{MEETING}synpunkter/<int:pk>/ta-over/", signing.take_over, name="take_over"),
    path(f"{MEETING}oppna-igen/", signing.unlock, name="unlock"),
    path(f"{MEETING}oppna-igen/ja/", signing.agree_to_unlock, name="agree_to_unlock"),
    path(f"{MEETING}pa-papper/", signing.by_pen, name="by_pen"),
    path(f"{MEETING}pa-papper/skriv-under.pdf", signing.paper_to_sign, name="paper_to_sign"),
    path(f"{MEETING}pa-papper/original.pdf", signing.scan, name="scan"),
    path(f"{MEETING}omedelbar/", signing.at_once, name="at_once"),
    path(f"{MEETING}omedelbar/<int:number>.pdf", archiving.at_once_pdf, name="at_once_pdf"),
    path(f"{MEETING}rattelse/", signing.correct, name="correct"),
    path(f"{MEETING}rattelse/<int:number>.pdf", archiving.correction_pdf, name="correction_pdf"),
    # Reading
    path(f"{MEETING}protokoll/", archiving.minutes, name="minutes"),
    path(f"{MEETING}protokoll.pdf", archiving.minutes_pdf, name="minutes_pdf"),
    path(f"{MEETING}utdrag/<int:item>.pdf", archiving.extract_pdf, name="extract_pdf"),
]
