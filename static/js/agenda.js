/* The agenda, made in place: add, move (drag, buttons, Alt + arrows), change, remove with undo.
   Without this file every act is a form of its own; see meetings/views/planning/agenda.py. */
import Sortable from "../vendor/sortablejs/sortable.esm.js";
import { announce } from "./announce.js";
import { complain, hush } from "./complaining.js";
import { Refused, element, inTurn, read, send } from "./sending.js";
import { offerUndo } from "./undoing.js";

const list = document.getElementById("agenda-list");
const adding = document.getElementById("ny");
const rows = () => [...list.querySelectorAll(":scope > [data-item]")];
const rowOf = (node) => node.closest("[data-item]");
const headingOf = (row) => row.querySelector(".item-title").textContent;

function relabel(order) {
  for (const { pk, label } of order) {
    const row = document.getElementById(`punkt-${pk}`);
    if (!row) continue;
    row.querySelector("[data-label]").textContent = label;
    row.setAttribute("aria-label", `${label} ${headingOf(row)}`);
  }
}

async function attempt(place, act) {
  hush(place);
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    complain(place, error.message);
    return null;
  }
}

/* Moving ------------------------------------------------------------------------------------ */

/* Tell the server where a row now stands; put it back if the server refuses. */
async function keepPlace(row, before) {
  const to = rows().indexOf(row);
  const data = await attempt(row, () => inTurn(() => send(row.querySelector("[data-move]"), { to })));
  if (data) {
    relabel(data.order);
    announce(`${headingOf(row)} är nu nummer ${to + 1} av ${rows().length}.`);
  } else {
    list.insertBefore(row, before?.isConnected ? before : null);
  }
}

function step(row, by) {
  const all = rows();
  const at = all.indexOf(row);
  const other = all[at + by];
  if (!other) {
    announce(by < 0 ? "Punkten står redan först." : "Punkten står redan sist.");
    return;
  }
  const focused = document.activeElement;
  const before = row.nextSibling;
  if (by < 0) other.before(row);
  else other.after(row);
  focused.focus(); // a moved element loses it
  row.scrollIntoView({ block: "nearest" });
  keepPlace(row, before);
}

list.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  if (event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  step(rowOf(event.target), event.key === "ArrowUp" ? -1 : 1);
});

let dragged = null;
Sortable.create(list, {
  handle: ".agenda-grip",
  draggable: "[data-item]",
  animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
  onStart: ({ item }) => { dragged = item.nextSibling; },
  onEnd: ({ item, oldIndex, newIndex }) => { if (oldIndex !== newIndex) keepPlace(item, dragged); },
});

/* Changing ---------------------------------------------------------------------------------- */

async function openForm(row, link) {
  const data = await attempt(row, () => read(link.href));
  if (data) showForm(row, data.html);
}

function showForm(row, html) {
  row.querySelector(".agenda-edit")?.remove();
  const edit = document.createElement("div");
  edit.className = "agenda-edit";
  edit.innerHTML = html;
  row.classList.add("is-edited");
  row.querySelector(".agenda-main").prepend(edit);
  (edit.querySelector(".is-invalid") || edit.querySelector("[name=heading]")).focus();
}

function closeForm(row) {
  row.querySelector(".agenda-edit").remove();
  row.classList.remove("is-edited");
  row.querySelector("[data-change]").focus();
}

async function saveForm(row, form) {
  try {
    const data = await send(form);
    const fresh = element(data.html);
    row.replaceWith(fresh);
    relabel(data.order);
    fresh.querySelector("[data-change]").focus();
    announce("Sparat.");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.data.html) showForm(row, error.data.html);
    else complain(row.querySelector(".agenda-edit"), error.message);
    announce(error.message);
  }
}

/* Removing ---------------------------------------------------------------------------------- */

async function remove(row, form) {
  const data = await attempt(row, () => inTurn(() => send(form)));
  if (!data) return;
  offerUndo(row, data, (back, answer) => {
    relabel(answer.order);
    back.querySelector("[data-change]").focus();
  });
  relabel(data.order);
}

list.addEventListener("click", (event) => {
  const link = event.target.closest("[data-change], [data-cancel]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.matches("[data-cancel]")) closeForm(rowOf(link));
  else openForm(rowOf(link), link);
});

// On the list and not on the document: before once.js, which then leaves these forms alone.
list.addEventListener("submit", (event) => {
  const form = event.target;
  const row = rowOf(form);
  if (form.matches("[data-move]")) step(row, Number(form.dataset.move));
  else if (form.matches("[data-remove]")) remove(row, form);
  else if (form.matches(".item-form")) saveForm(row, form);
  else return;
  event.preventDefault();
});

/* Adding ------------------------------------------------------------------------------------ */

adding.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = adding.querySelector("[name=heading]");
  const faults = document.getElementById("new-error");
  const heading = field.value;
  field.value = ""; // at once: the next heading can be typed while this one is on its way
  field.focus();
  inTurn(async () => {
    const data = await attempt(faults, () => send(adding, { heading }));
    field.classList.toggle("is-invalid", !data);
    if (!data) {
      field.value = field.value ? `${heading} ${field.value}` : heading;
      return;
    }
    list.append(element(data.html));
    relabel(data.order);
    announce(`${heading} är tillagd.`);
  });
});
