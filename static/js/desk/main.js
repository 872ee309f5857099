/* The desk: brings its parts together. Which module does what is told at the top of each. */
import * as actions from "./actions.js";
import { startAttendance } from "./attendance.js";
import { bringBack } from "./bringing_back.js";
import * as decisions from "./decisions.js";
import * as election from "./election.js";
import { startActionForm } from "./action_form.js";
import * as facts from "./facts.js";
import { startGone } from "./gone.js";
import * as followUp from "./follow_up.js";
import { startFinding } from "./finding.js";
import { openInsert, startInsert } from "./insert.js";
import { startKeys } from "./keys.js";
import { startLastTime } from "./last_time.js";
import * as nextMeeting from "./next_meeting.js";
import * as onward from "./onward.js";
import { startOutline } from "./outline.js";
import { attachToCurrent, startPanel } from "./panel.js";
import { startPasting } from "./paste.js";
import { startRemarks } from "./remarks.js";
import * as reports from "./reports.js";
import { startSaving } from "./saving.js";
import * as secrecy from "./secrecy.js";
import { onChoose, register, startSections } from "./sections.js";
import { startSigningIn } from "./signing_in.js";
import { startStore } from "./store.js";
import { startTexts } from "./texts.js";
import { hideToolbar, startToolbar } from "./toolbar.js";

for (const part of [decisions, election, reports, nextMeeting, followUp, actions, facts, secrecy, onward]) {
  register(part);
  if (part.enter) onChoose(part.enter);
}
register({ leave: hideToolbar });

startStore();
startSaving();
startSigningIn();
startPanel();
startToolbar({ onAttach: attachToCurrent, onCommands: openInsert });
startTexts();
startPasting();
startOutline();
decisions.startDecisions();
startAttendance();
reports.startReports();
startActionForm();
startLastTime();
startFinding();
startInsert();
startKeys();
startSections();
startRemarks();
startGone();
bringBack();
document.getElementById("desk").dataset.ready = "1";
