/* Many people and no mouse: a search among them, arrows from one to the next, one key a mode.
   The list is one tab stop, a row at a time; the letters count only while the focus is in it. */
import { announce } from "../announce.js";
import { come, isGone, isHere, leave, rows, tap, toggleConflict } from "./attendance.js";

const list = document.getElementById("attendance-list");
const search = document.getElementById("attendee-search");
const KEYS = { h: "present", d: "remote", f: "apology" };
const PARTS = [".attendee-name", "[value=present]", "[value=remote]", "[value=apology]", ".attendee-go"];
let at = null; // pk of the row that Tab comes to

const shown = () => rows().filter((row) => !row.hidden);

/** Only the controls of one row are in the order of Tab. */
function rove() {
  const visible = shown();
  const here = visible.find((row) => row.dataset.row === at) ?? visible[0];
  at = here?.dataset.row ?? null;
  for (const row of rows()) {
    for (const control of row.querySelectorAll("button, input")) control.tabIndex = row === here ? 0 : -1;
  }
}

function filter() {
  const wanted = search.value.trim().toLowerCase();
  for (const row of rows()) {
    row.hidden = Boolean(wanted) && !row.querySelector("th").textContent.toLowerCase().includes(wanted);
    if (row.nextElementSibling?.classList.contains("attendee-details")) row.nextElementSibling.hidden = row.hidden;
  }
  rove();
}

function to(row, like) {
  if (!row) return;
  at = row.dataset.row;
  rove();
  (row.querySelector(PARTS.find((part) => like.matches(part)) ?? ".attendee-name") ?? row.querySelector(".attendee-name")).focus();
}

function key(event) {
  const row = event.target.closest(".attendee");
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  const visible = shown();
  const place = visible.indexOf(row);
  const next = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: visible.length - 1 }[event.key];
  const pk = row.dataset.row;
  const letter = event.key.toLowerCase();
  if (next !== undefined) {
    if (next < 0 && !search.closest("div").hidden) search.focus();
    else to(visible[next], event.target);
  } else if (KEYS[letter]) {
    row.querySelector(`[value=${KEYS[letter]}]`).checked = true;
    tap(pk, KEYS[letter]);
  } else if (letter === "g" && isHere(row) && !isGone(row)) leave(pk);
  else if (letter === "k") come(pk);
  else if (letter === "j" && isHere(row)) toggleConflict(pk);
  else return;
  event.preventDefault();
}

export function startAttendanceKeys() {
  list.addEventListener("keydown", key);
  list.addEventListener("focusin", (event) => {
    const row = event.target.closest(".attendee");
    if (!row || row.dataset.row === at) return;
    at = row.dataset.row;
    rove();
  });
  search.addEventListener("input", () => {
    filter();
    announce(search.value ? `${shown().length} av ${rows().length} visas.` : "Alla visas.");
  });
  search.addEventListener("keydown", (event) => {
    const [first] = shown();
    if (event.key === "ArrowDown") to(first, first?.querySelector(".attendee-name") ?? search);
    else if (event.key === "Enter" && first && search.value.trim()) {
      first.querySelector("[value=present]").checked = true;
      tap(first.dataset.row, "present");
      search.value = "";
      filter();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("attendance", () => {
    document.getElementById("attendee-filter").hidden = rows().length <= 12;
    filter();
  });
  rove();
}
