/* Rows of a form that can be moved, added and dropped before it is saved; the server reads them
   in the order they stand. Without this file each button sends the form and gets it back. */
import { announce } from "./announce.js";

const list = document.getElementById("standing-rows");
const blank = document.getElementById("blank-row");
let added = 0;

const rows = () => [...list.querySelectorAll(":scope > [data-row]")];
const said = (row) => row.querySelector("[name=heading]").value || "Punkten";

function step(row, by) {
  const all = rows();
  const other = all[all.indexOf(row) + by];
  if (!other) {
    announce(by < 0 ? "Punkten står redan först." : "Punkten står redan sist.");
    return;
  }
  const focused = document.activeElement;
  if (by < 0) other.before(row);
  else other.after(row);
  focused.focus();
  announce(`${said(row)} är nu nummer ${rows().indexOf(row) + 1} av ${all.length}.`);
}

function add() {
  const row = blank.content.firstElementChild.cloneNode(true);
  added += 1;
  for (const field of row.querySelectorAll("input, select")) {
    row.querySelector(`label[for="${field.id}"]`).htmlFor = `new_${added}_${field.name}`;
    field.id = `new_${added}_${field.name}`;
  }
  list.append(row);
  row.querySelector("input").focus();
}

function drop(row) {
  const place = document.createElement("li");
  place.className = "undo-place";
  place.innerHTML = '<div class="undo-bar"><p></p><button type="button">Ångra</button></div>';
  place.querySelector("p").textContent = `${said(row)} är borttagen.`;
  place.querySelector("button").addEventListener("click", () => {
    place.replaceWith(row);
    row.querySelector("input").focus();
  });
  row.replaceWith(place);
  place.querySelector("button").focus();
  announce(place.querySelector("p").textContent);
}

const ACTS = { up: (row) => step(row, -1), down: (row) => step(row, 1), drop, add };

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name]");
  if (!button || !(button.name in ACTS)) return;
  event.preventDefault();
  ACTS[button.name](button.closest("[data-row]"));
});

list.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  if (event.target.matches("select")) return; // Alt + ↓ opens it
  event.preventDefault();
  step(event.target.closest("[data-row]"), event.key === "ArrowUp" ? -1 : 1);
});
