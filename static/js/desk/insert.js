/* "/" at the start of a line, or Kommandon in the toolbar: a list of what can be put in here. One
   types a part of a name and chooses (ARIA combobox with a listbox). A slash that was meant as a
   slash is written: when nothing in the list is called so, or at Escape. */
import { giveAction } from "./actions.js";
import { decisionsOf } from "./decisions.js";
import { onSlash } from "./editor.js";
import { openFind, showRemoved } from "./on_demand.js";
import { createStanding, headings } from "./outline.js";
import { currentSection, itemWord } from "./sections.js";
import { act } from "./toolbar.js";

const { blocks, standing } = JSON.parse(document.getElementById("desk-data").textContent);
const menu = document.getElementById("insert");
const input = menu.querySelector("input");
const list = menu.querySelector("[role=listbox]");
const samples = [...menu.querySelectorAll("template")];
let editor = null;
let slash = false; // opened by a typed slash, which is owed to the text
let chosen = 0;

const options = () => [...list.querySelectorAll("[role=option]")];
const plain = (text) => text.toLocaleLowerCase("sv");

function optionOf(name, hint, run) {
  const option = samples[0].content.firstElementChild.cloneNode(true);
  option.querySelector(".insert-name").textContent = name;
  option.querySelector(".insert-hint").textContent = hint;
  option.run = run;
  return option;
}

/** What can be put in where the cursor stands, in groups of [heading, options]. */
function offers() {
  const inTable = editor.isActive("table");
  const own = [...menu.querySelectorAll("[data-for]")].filter((one) => one.dataset.for === "both" || (one.dataset.for === "table") === inTable);
  const put = own.map((one) => optionOf(one.textContent, one.dataset.hint ?? "", () => run(one.dataset.run)));
  const kept = blocks.map(({ name, text }) => optionOf(name, text.replace(/\n/g, " "), () => insertText(text)));
  const there = new Set(headings());
  const items = standing.filter(([, heading]) => !there.has(heading))
    .map(([pk, heading]) => optionOf(heading, `ny ${itemWord}`, () => createStanding(pk, currentSection())));
  return [["Textblock", kept], ["Infoga", put], ["Stående punkter", inTable ? [] : items]];
}

function run(name) {
  const section = currentSection();
  if (name === "decision") decisionsOf(section).focus();
  else if (name === "action") giveAction(section);
  else if (name === "find") openFind();
  else if (name === "versions") section.querySelector(".versions-link").click();
  else if (name === "removed") showRemoved();
  else if (name === "check") document.querySelector(".desk-check").click();
  else act(name);
}

function insertText(text) {
  const lines = text.split("\n").map((line) => ({ type: "text", text: line }));
  const content = lines.length > 1 ? lines.map((line) => ({ type: "paragraph", content: [line] })) : lines[0];
  editor.chain().focus().insertContent(content).run();
}

/** The options that are called so; those that begin so come first. */
function fill() {
  const said = plain(input.value.trim());
  const groups = offers().map(([heading, all]) => {
    const named = all.filter((one) => plain(one.querySelector(".insert-name").textContent).includes(said));
    return [heading, named.sort((a, b) => begins(b, said) - begins(a, said))];
  });
  list.replaceChildren(...groups.filter(([, named]) => named.length).map(([heading, named], i) => {
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", `insert-group-${i}`);
    const title = document.createElement("div");
    Object.assign(title, { className: "insert-heading", id: `insert-group-${i}`, textContent: heading });
    title.setAttribute("role", "presentation");
    group.append(title, ...named);
    return group;
  }));
  options().forEach((one, i) => { one.id = `insert-option-${i}`; });
  choose(0);
}

const begins = (option, said) => Number(plain(option.querySelector(".insert-name").textContent).startsWith(said));

function choose(number) {
  const all = options();
  chosen = all.length ? (number + all.length) % all.length : 0;
  all.forEach((one, i) => one.setAttribute("aria-selected", String(i === chosen)));
  if (all[chosen]) input.setAttribute("aria-activedescendant", all[chosen].id);
  else input.removeAttribute("aria-activedescendant");
  all[chosen]?.scrollIntoView({ block: "nearest" });
}

function place() {
  const caret = editor.view.coordsAtPos(editor.state.selection.from);
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = window.innerHeight - caret.bottom > height + 12;
  menu.style.left = `${Math.max(8, Math.min(caret.left - 12, window.innerWidth - width - 8))}px`;
  menu.style.top = `${below ? caret.bottom + 4 : Math.max(8, caret.top - height - 4)}px`;
}

function open(of, typed) {
  editor = of;
  slash = typed;
  input.value = "";
  menu.showPopover();
  fill();
  place();
  input.focus({ preventScroll: true });
}

/** Away with the list. What was typed is written in the text when it was meant for it. */
function close({ write = slash, focus = true } = {}) {
  const words = write ? `/${input.value}` : "";
  slash = false;
  if (menu.matches(":popover-open")) menu.hidePopover();
  if (focus) editor.view.focus(); // at once: what comes next may lead the focus on
  if (words) editor.view.dispatch(editor.state.tr.insertText(words));
}

function take(option) {
  if (!option) return;
  close({ write: false });
  option.run();
}

function key(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(chosen + step);
  else if (event.key === "Home" && !input.value) choose(0);
  else if (event.key === "Enter" || event.key === "Tab") take(options()[chosen]);
  else if (event.key === "Escape") close();
  else if (event.key === "Backspace" && !input.value) close({ write: false });
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** At the start of a line, before anything is typed there. */
function startsLine({ state: { selection: { empty, $from } } }) {
  return empty && $from.parent.isTextblock && ($from.parentOffset === 0 || $from.nodeBefore?.type.name === "hardBreak") && !$from.nodeAfter?.isText;
}

export function openInsert(of) {
  if (of) open(of, false);
}

export function startInsert() {
  onSlash((view) => {
    if (!startsLine(view)) return false;
    open(view.dom.editor, true);
    return true;
  });
  input.addEventListener("input", () => {
    fill();
    if (!options().length && slash) close();
  });
  input.addEventListener("keydown", key);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => take(event.target.closest("[role=option]")));
  // Pressed somewhere else: the slash stands in the text, and the focus is where one pressed.
  input.addEventListener("blur", () => { if (menu.matches(":popover-open")) close({ focus: false }); });
}
