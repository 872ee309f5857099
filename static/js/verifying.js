/* Kontrollera protokoll: the browser reads the file and sends its hash, not the file.
   Without this, or where the browser has no crypto.subtle (plain http from another computer),
   the form sends the file as forms do. */
import { complain, hush } from "./complaining.js";
import { Refused, element, send } from "./sending.js";

const place = document.querySelector("[data-verify]");
const form = place.querySelector("[data-verify-file]");
const canHash = Boolean(window.crypto?.subtle);
let current = 0; // a newer choice of file makes the answer to an older one moot

if (canHash) document.documentElement.classList.add("has-subtle");

async function hashOf(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(words) {
  const progress = place.querySelector("[data-verify-progress]");
  if (progress) progress.textContent = words;
}

function show(html, files) {
  place.replaceChildren(element(html));
  if (files?.length) {
    const kept = place.querySelector("[data-verify-kept]");
    kept.hidden = false;
    kept.querySelector("[data-verify-name]").textContent = files[0].name;
    const sending = place.querySelector("[data-verify-send] input[type=file]");
    if (sending) {
      sending.files = files;
      sending.closest(".field").hidden = true;
    }
  }
  const heading = place.querySelector("h2");
  document.title = `${heading.textContent} · Kontrollera protokoll · BRÅ`;
  heading.focus();
  place.scrollIntoView({ block: "start" });
}

async function ask(hash, files, asking, complaints) {
  const data = await send(asking, { sha256: hash }, place.dataset.verify).catch((error) => {
    if (!(error instanceof Refused)) throw error;
    complain(complaints, error.message);
  });
  if (data) show(data.html, files);
}

async function check(input) {
  const mine = ++current;
  const complaints = input.closest(".field");
  hush(complaints);
  const { files } = input;
  if (!files.length) return complain(complaints, "Välj en fil.");
  say("Räknar ut kontrollsumman …");
  let hash;
  try {
    hash = await hashOf(files[0]);
  } catch {
    say("");
    return complain(complaints, "Filen gick inte att läsa. Den kan vara flyttad, eller för stor för webbläsaren.");
  }
  if (mine !== current) return;
  say("Frågar registret …");
  await ask(hash, files, document.createElement("form"), complaints);
  say("");
}

/* Caught on its way down: before once.js, which then leaves these forms alone. */
place.addEventListener("submit", (event) => {
  const { target } = event;
  const input = target.querySelector("input[type=file]");
  if (target.matches("[data-verify-file]") && canHash) {
    event.preventDefault();
    check(input);
  } else if (target.matches("[data-verify-hash]")) {
    event.preventDefault();
    const field = target.querySelector("input");
    hush(field.closest(".field"));
    ask(field.value, null, document.createElement("form"), field.closest(".field"));
  } else if (input?.files.length && input.files[0].size > Number(place.dataset.largest)) {
    event.preventDefault();
    hush(input.closest("form"));
    complain(input.closest("form"), place.dataset.tooLarge);
  }
}, true);

form?.querySelector("input[type=file]").addEventListener("change", (event) => {
  if (canHash && event.target.files.length) check(event.target);
});

/* A file dropped anywhere on the page is the file to check. ----------------------------------- */

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

document.addEventListener("dragover", (event) => {
  if (carriesFiles(event)) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  const input = place.querySelector("[data-verify-file] input[type=file]");
  if (!input) return;
  if (event.dataTransfer.files.length > 1) {
    hush(input.closest(".field"));
    complain(input.closest(".field"), "Välj en fil i taget.");
    return;
  }
  input.files = event.dataTransfer.files;
  if (canHash) check(input);
});
