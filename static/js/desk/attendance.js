/* Who is there: one tap a person, kept like a text is, and details under the name. */
import { announce } from "../announce.js";
import { command, oneAtATime } from "./commands.js";
import { Keeper } from "./keeper.js";
import { copyOf, putParts } from "./parts.js";
import { get } from "./sending.js";

const data = JSON.parse(document.getElementById("desk-data").textContent);
const list = document.getElementById("attendance-list");
const adding = document.getElementById("add-attendee");
const taps = new Map(); // row pk → Keeper
let open = null; // { pk, row: the details, keeper }

const rowOf = (pk) => list.querySelector(`[data-row="${pk}"]`);

/** The list as the server has it, unless a tap is still on its way. */
function put(parts) {
  if ([...taps.values()].some((keeper) => keeper.unsaved)) return;
  const held = document.activeElement;
  const inside = open?.row.contains(held);
  putParts(parts);
  if (open) {
    const row = rowOf(open.pk);
    if (row) {
      row.after(open.row);
      row.querySelector(".attendee-name").setAttribute("aria-expanded", "true");
      if (inside) held.focus({ preventScroll: true });
    } else open = null;
  }
  options();
  document.dispatchEvent(new Event("attendance"));
}

function tap(pk, mode) {
  const row = rowOf(pk);
  row.dataset.mode = mode;
  let keeper = taps.get(pk);
  if (!keeper) {
    keeper = new Keeper({
      path: `narvaro/${pk}/`,
      fields: () => ({ mode: keeper.mode }),
      accept: (answer, unchanged) => { if (unchanged) put(answer.parts); },
    });
    taps.set(pk, keeper);
  }
  keeper.mode = mode;
  keeper.touch({ now: true });
}

function fillDetails(row, form) {
  for (const option of document.querySelectorAll("#outline .outline-row")) {
    const name = `${option.querySelector(".outline-number").textContent} ${option.querySelector(".outline-heading").textContent}`.trim();
    form.elements.from_item.append(new Option(name, option.dataset.item));
    form.elements.to_item.append(new Option(name, option.dataset.item));
  }
  for (const other of list.querySelectorAll(".attendee")) {
    if (other !== row && other.dataset.person) form.elements.serves_for.append(new Option(other.dataset.name, other.dataset.person));
  }
  const value = (name) => (row.dataset[name]);
  form.elements.from_item.value = value("from");
  form.elements.to_item.value = value("to");
  form.elements.serves_for.value = value("serves");
  form.elements.organisation_name.value = row.dataset.organisation;
  form.elements.title.value = row.dataset.title;
  form.querySelector("[data-act=remove]").hidden = !row.dataset.removable;
}

function closeDetails() {
  if (!open) return;
  open.row.remove();
  rowOf(open.pk)?.querySelector(".attendee-name").setAttribute("aria-expanded", "false");
  open = null;
}

function openDetails(row) {
  const details = copyOf("attendee-details");
  const form = details.querySelector("form");
  const pk = row.dataset.row;
  fillDetails(row, form);
  row.after(details);
  row.querySelector(".attendee-name").setAttribute("aria-expanded", "true");
  const fault = form.querySelector(".field-error");
  const keeper = new Keeper({
    path: `narvaro/${pk}/detaljer/`,
    fields: () => new FormData(form),
    accept: (answer, unchanged) => { if (unchanged) put(answer.parts); },
    refused: (message) => {
      fault.textContent = message;
      fault.hidden = !message;
    },
  });
  open = { pk, row: details, keeper };
  form.addEventListener("input", () => keeper.touch());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.mode) {
      closeDetails();
      tap(pk, button.dataset.mode);
      rowOf(pk).querySelector(".attendee-name").focus();
    } else if (button) remove(pk);
  });
}

async function remove(pk) {
  const name = rowOf(pk).dataset.name;
  const answer = await command(`narvaro/${pk}/ta-bort/`);
  if (!answer) return;
  open = null;
  put(answer.parts);
  announce(`${name} är borttagen från listan.`);
  document.getElementById("attendee-name").focus();
}

/** People of the register who are not on the list yet. */
function options() {
  const here = new Set([...list.querySelectorAll(".attendee")].map((row) => `p${row.dataset.person}`));
  document.getElementById("attendee-options").replaceChildren(
    ...data.people.filter(([key]) => !here.has(key)).map(([, name, organisation]) => {
      const option = new Option(organisation, name);
      option.value = name;
      return option;
    }),
  );
}

function startAdding() {
  const name = adding.elements.name;
  const guest = adding.querySelector(".guest-fields");
  const known = () => data.people.find(([, one]) => one.toLowerCase() === name.value.trim().toLowerCase());
  name.addEventListener("input", () => { guest.hidden = !name.value.trim() || Boolean(known()); });
  const add = oneAtATime(async () => {
    if (!name.value.trim()) return name.focus();
    const person = known();
    const fields = person ? { person: person[0].slice(1) } : {
      name: name.value,
      organisation_name: adding.elements.organisation_name.value,
      title: adding.elements.title.value,
    };
    const said = name.value;
    const answer = await command("narvaro/ny/", fields);
    if (!answer) return name.focus();
    adding.reset();
    guest.hidden = true;
    put(answer.parts);
    announce(`${said} är tillagd som närvarande.`);
    return name.focus();
  });
  adding.addEventListener("submit", (event) => {
    event.preventDefault();
    add();
  });
}

/** "Gick efter § 6" names another § when one has been moved. */
async function renumber() {
  if (!list.querySelector('[data-from]:not([data-from=""]), [data-to]:not([data-to=""])')) return;
  try {
    const { data: answer } = await get("?del=narvaro");
    if (answer.parts) put(answer.parts);
  } catch {
    // The next tap brings the list anew.
  }
}

export function startAttendance() {
  document.addEventListener("renumbered", renumber);
  list.addEventListener("change", (event) => {
    if (event.target.type === "radio") tap(event.target.closest("tr").dataset.row, event.target.value);
  });
  list.addEventListener("click", async (event) => {
    const name = event.target.closest(".attendee-name");
    if (name) {
      const row = name.closest("tr");
      const again = open?.pk === row.dataset.row;
      closeDetails();
      if (!again) openDetails(row);
    } else if (event.target.id === "rest-present") {
      const answer = await command("narvaro/resten/");
      if (!answer) return;
      put(answer.parts);
      announce(document.getElementById("attendance-counts").textContent);
    }
  });
  options();
  startAdding();
}
