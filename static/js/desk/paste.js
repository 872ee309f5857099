/* Pasting and dropping into a text: cleaned words, and an offer for what no text can hold. */
import { say } from "./commands.js";
import { attachToCurrent } from "./panel.js";
import { clean, visible } from "./paste_clean.js";
import { inert } from "./paste_inert.js";

const MOST_HTML = 2_000_000; // more than this takes seconds to read
const MOST = 400_000; // characters in a §, as in richtext.py

const dialog = document.getElementById("paste-dialog");
let taken = null; // what the dialog is about: {view, text, files}

const sizeOf = (characters) => `${(characters / 1_000_000).toLocaleString("sv-SE", { maximumFractionDigits: 1, minimumFractionDigits: 1 })} miljoner tecken`;
const roomIn = (view) => MOST - view.dom.innerHTML.length;

function ask(title, sentence, { view, text = "", files }) {
  taken = { view, text, files };
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector("p").textContent = sentence;
  dialog.querySelector("[value=words]").hidden = !text;
  dialog.querySelector("[value=attach]").hidden = !files.length;
  dialog.returnValue = "";
  dialog.showModal();
}

function offerFiles(view, files) {
  const pictures = files.every((file) => file.type.startsWith("image/"));
  const what = files.length > 1 ? (pictures ? "Bilderna" : "Filerna") : (pictures ? "Bilden" : "Filen");
  ask(`${what} kan bli bilaga`, `${what} kan inte stå i själva texten. Som bilaga följer ${files.length > 1 ? "de" : "den"} med. Texten är som förut.`, { view, files });
}

function offerLess(view, text) {
  const file = new File([text], "inklistrad text.txt", { type: "text/plain" });
  const fits = text.length > 0 && text.length < roomIn(view);
  const rest = fits ? "Klistra in bara orden, utan format, eller lägg dem som bilaga." : "Lägg det som bilaga, eller klistra in en del i taget.";
  ask("Det är för mycket att klistra in", `Det du vill klistra in är ${sizeOf(Math.max(text.length, MOST_HTML))} eller mer, och det får inte plats i en text. ${rest} Texten är som förut.`, { view, text: fits ? text : "", files: text ? [file] : [] });
}

const wordsOf = (html) => inert(html.slice(0, 100_000)).replace(/<[^>]*>/g, "").replace(/&nbsp;|\s/g, "");

/** Files and no words: a copied picture, a file from a folder (whose name may come as text). */
function isFiles(data, html, text) {
  const files = [...data.files];
  if (!files.length) return false;
  if (html) return !wordsOf(html);
  return !text.trim() || files.some((file) => file.name === text.trim());
}

/** Before the editor reads what comes: true when it is not for it. */
function turnsAway(view, event, data) {
  if (!data) return false;
  const html = data.getData("text/html");
  const text = data.getData("text/plain");
  if (html.length <= MOST_HTML && isFiles(data, html, text)) offerFiles(view, [...data.files]);
  else if (html.length > MOST_HTML || text.length > roomIn(view)) offerLess(view, text);
  else return false;
  event.preventDefault();
  return true;
}

/** Where the cursor stands: in a cell (of a head), in a list, or in neither. */
function placeOf(view) {
  const { $from } = view.state.selection;
  const names = Array.from({ length: $from.depth + 1 }, (_, i) => $from.node(i).type.name);
  const list = names.findLast((name) => name === "bulletList" || name === "orderedList");
  return { cell: names.includes("table"), head: names.includes("tableHeader"), list: { bulletList: "ul", orderedList: "ol" }[list] };
}

function transform(html, view) {
  // What one copied here is ours already.
  if (/<[a-z0-9]+\s[^>]*data-pm-slice=/i.test(html.slice(0, 2000))) return visible(inert(html));
  const { html: cleaned, images } = clean(html, placeOf(view));
  if (cleaned.length > roomIn(view)) {
    offerLess(view, new DOMParser().parseFromString(cleaned.replace(/<\/(p|h3|h4|li|tr)>/g, "\n"), "text/html").body.textContent);
    return "";
  }
  if (images) say(`${images > 1 ? `${images} bilder` : "En bild"} följde inte med, för en text kan inte innehålla bilder. Lägg till ${images > 1 ? "dem" : "den"} som bilaga.`);
  return cleaned;
}

/** What the editor is given to paste with. */
export const pasting = {
  transformPastedHTML: transform,
  transformPastedText: (text) => visible(text),
};
export const pasteEvents = {
  paste: (view, event) => turnsAway(view, event, event.clipboardData),
  drop: (view, event) => turnsAway(view, event, event.dataTransfer),
};

export function startPasting() {
  // A file dropped beside a text must not make the browser leave the page for it.
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (event.dataTransfer?.types.includes("Files") && !event.target.closest("input[type=file]")) event.preventDefault();
    });
  }
  // On closing, for the browser first gives the focus back to where it was.
  dialog.addEventListener("close", () => {
    const { view, text, files } = taken;
    taken = null;
    if (dialog.returnValue === "attach") return attachToCurrent(files);
    view.focus();
    if (dialog.returnValue === "words") view.pasteText(text);
    return undefined;
  });
}
