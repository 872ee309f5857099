/* The one toolbar: moved to the text at hand, one tab stop, arrows inside (ARIA toolbar pattern). */
import { askForLink } from "./link.js";
import { hasHeaderRow, tableAct } from "./tables.js";

const bar = document.getElementById("toolbar");
const tableTools = document.getElementById("table-tools");
const headerRow = tableTools.querySelector("[data-do=toggleHeaderRow]");
let editor = null;
let attach = () => {};
let commands = () => {};

const ACTS = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  h3: (chain) => chain.toggleHeading({ level: 3 }),
  h4: (chain) => chain.toggleHeading({ level: 4 }),
  bullets: (chain) => chain.toggleBulletList(),
  numbers: (chain) => chain.toggleOrderedList(),
  quote: (chain) => chain.toggleBlockquote(),
  table: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
};
const ACTIVE = {
  bold: ["bold"], italic: ["italic"], h3: ["heading", { level: 3 }], h4: ["heading", { level: 4 }],
  bullets: ["bulletList"], numbers: ["orderedList"], quote: ["blockquote"], link: ["link"], table: ["table"],
};

const buttons = () => [...bar.querySelectorAll("button")].filter((one) => !one.closest("[hidden]"));

/** Above the text that has focus; its description to screen readers says what it controls. */
export function placeToolbar(text) {
  if (bar.nextElementSibling !== text) text.before(bar);
  bar.setAttribute("aria-controls", text.id);
  bar.hidden = false;
}

export function hideToolbar(section) {
  if (section.contains(bar)) bar.hidden = true;
}

let waiting = false;

/** What is on where the cursor stands; at most once a frame, so that typing stays quick. */
export function refreshToolbar(of) {
  editor = of;
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    if (!editor || editor.isDestroyed) return;
    for (const [name, args] of Object.entries(ACTIVE)) {
      bar.querySelector(`[data-do=${name}]`).setAttribute("aria-pressed", String(editor.isActive(...args)));
    }
    const inTable = editor.isActive("table");
    if (tableTools.hidden === inTable) tableTools.hidden = !inTable;
    if (inTable) headerRow.setAttribute("aria-pressed", String(hasHeaderRow(editor)));
  });
}

/** What a button does, on the text at hand. */
export function act(name) {
  if (name === "attachment") return attach();
  if (name === "commands") return commands(editor);
  if (!editor) return undefined;
  if (name === "link") return askForLink(editor);
  // A table in a table is never what one wants: the button leads to its tools instead.
  if (name === "table" && editor.isActive("table")) return tableTools.querySelector("button").focus();
  if (tableAct(editor, name)) return undefined;
  return ACTS[name](editor.chain().focus()).run();
}

/** On a phone the bar lies at the bottom of what is seen, above the keyboard. */
function aboveKeyboard() {
  const seen = window.visualViewport;
  const hidden = Math.max(0, window.innerHeight - seen.height - seen.offsetTop);
  bar.style.setProperty("--above", `${Math.round(hidden)}px`);
}

function rove(to) {
  for (const one of bar.querySelectorAll("button")) one.tabIndex = one === to ? 0 : -1;
}

export function focusToolbar() {
  if (bar.hidden) return;
  (buttons().find((one) => one.tabIndex === 0) ?? buttons()[0]).focus();
}

export function startToolbar({ onAttach, onCommands }) {
  attach = onAttach;
  commands = onCommands;
  rove(bar.querySelector("button"));
  window.visualViewport?.addEventListener("resize", aboveKeyboard);
  window.visualViewport?.addEventListener("scroll", aboveKeyboard);
  // The text keeps its focus and selection when a button is pressed with a mouse or a finger.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) act(button.dataset.do);
  });
  bar.addEventListener("focusin", (event) => rove(event.target.closest("button")));
  bar.addEventListener("keydown", (event) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[(to + all.length) % all.length].focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      editor?.view.focus();
    }
  });
}
