/* What a § has beside its text: the heading, edited where it stands, and the quiet facts. */
import { keptValue } from "./kept_value.js";
import { Keeper } from "./keeper.js";
import { copyOf, element, tell } from "./parts.js";
import { base } from "./sending.js";

const outline = document.getElementById("outline");
const headings = new Map(); // section → Keeper

function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}

function dressHeading(section) {
  const heading = section.querySelector(".heading");
  const fault = element('<p class="field-error" hidden></p>');
  section.querySelector("h2").after(fault);
  const inOutline = () => {
    const row = outline.querySelector(`[data-item="${section.dataset.item}"] .outline-heading`);
    if (row) row.textContent = oneLine(heading.textContent);
  };
  const keeper = new Keeper({
    path: `punkter/${section.dataset.item}/`,
    part: "heading",
    place: heading,
    fields: () => ({ heading: heading.textContent }),
    kept: keptValue({
      read: () => oneLine(heading.textContent),
      write: (value) => {
        heading.textContent = value;
        inOutline();
      },
      name: "rubriken",
      section,
    }),
    refused: (message) => tell(fault, message),
  });
  headings.set(section, keeper);
  heading.setAttribute("aria-label", "Rubrik");
  heading.addEventListener("input", () => {
    inOutline();
    keeper.touch();
  });
  heading.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    section.querySelector(".text").focus();
  });
  heading.addEventListener("paste", (event) => {
    event.preventDefault();
    const text = oneLine(event.clipboardData.getData("text/plain"));
    document.execCommand("insertText", false, text);
  });
}

function editable(section, on) {
  const heading = section.querySelector(".heading");
  if (on) {
    heading.setAttribute("contenteditable", "true");
    heading.setAttribute("role", "textbox");
    heading.setAttribute("spellcheck", "true");
  } else {
    for (const name of ["contenteditable", "role"]) heading.removeAttribute(name);
  }
}

function dressFacts(section) {
  const tools = copyOf("tools-facts");
  section.append(tools);
  tools.querySelector(".versions-link").href = `${base}punkter/${section.dataset.item}/versioner/`;
  for (const input of tools.querySelectorAll("input")) {
    const shown = section.querySelector(`[data-fact=${input.name}]`);
    const before = shown.dataset.before ?? "";
    const block = shown.closest("[data-fact-block]") ?? shown;
    input.value = block.hidden ? "" : shown.textContent.slice(before.length);
    const show = () => {
      shown.textContent = before + input.value;
      block.hidden = !input.value.trim();
    };
    const keeper = new Keeper({
      path: `punkter/${section.dataset.item}/`,
      part: input.name,
      place: input,
      fields: () => ({ [input.name]: input.value }),
      kept: keptValue({
        read: () => input.value,
        write: (value) => {
          input.value = value;
          show();
        },
        name: input.labels[0].textContent.trim().toLowerCase(),
        section,
      }),
    });
    input.addEventListener("input", () => {
      show();
      keeper.touch();
    });
  }
}

export function dress(section) {
  dressHeading(section);
  dressFacts(section);
}

export const enter = (section) => editable(section, true);
export const leave = (section) => editable(section, false);

/** From the outline's menu: the cursor in the heading, all of it selected. */
export function rename(section) {
  const heading = section.querySelector(".heading");
  editable(section, true);
  heading.focus();
  window.getSelection().selectAllChildren(heading);
}
