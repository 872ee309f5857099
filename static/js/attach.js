/* Papers on the page of the agenda: drop a file on an item, or choose one; remove with undo.
   Without this file "Lägg till handling" leads to a page with a form. */
import { announce } from "./announce.js";
import { complain, hush } from "./complaining.js";
import { Refused, element, send } from "./sending.js";
import { offerUndo } from "./undoing.js";

const DROP = "[data-papers-place]";
const tokenForm = document.getElementById("ny"); // any form of the page carries the CSRF token

async function upload(papers, file) {
  hush(papers);
  const link = papers.closest(DROP).querySelector("[data-attach]");
  const list = papers.querySelector(".attached");
  const row = document.createElement("li");
  row.className = "uploading";
  row.append(document.createElement("span"), `Laddar upp ${file.name} …`);
  list.append(row);
  announce(`Laddar upp ${file.name}.`);
  try {
    const more = { file, title: "", item: papers.dataset.for || "" };
    const data = await send(tokenForm, more, link.href.split("?")[0]);
    row.replaceWith(element(data.html));
    announce(`${file.name} är tillagd.`);
  } catch (error) {
    row.remove();
    if (!(error instanceof Refused)) throw error;
    complain(papers, error.message);
  }
}

async function uploadAll(papers, files) {
  for (const file of files) await upload(papers, file); // in order: they are numbered as they come
}

function choose(papers) {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.addEventListener("change", () => uploadAll(papers, input.files));
  input.click();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-attach]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose(link.closest(DROP).querySelector("[data-papers]"));
});

/* Dropping ---------------------------------------------------------------------------------- */

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
let over = null;

function mark(place) {
  over?.classList.remove("is-over");
  over = place;
  over?.classList.add("is-over");
}

document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault(); // also beside a place: else the browser would leave for the file
  mark(event.target.closest?.(DROP) ?? null);
});

document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) mark(null);
});

document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  const papers = event.target.closest?.(DROP)?.querySelector("[data-papers]");
  mark(null);
  if (papers) uploadAll(papers, event.dataTransfer.files);
});

/* Removing. Caught on its way down: before once.js, which then leaves these forms alone. ------ */

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-remove-paper]");
  if (!form) return;
  event.preventDefault();
  const row = form.closest("[data-paper]");
  try {
    offerUndo(row, await send(form), (back) => back.querySelector("a").focus());
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    complain(row, error.message);
  }
}, true);
