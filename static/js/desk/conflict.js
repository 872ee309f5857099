/* Two have written in the same text: both side by side by paragraph, and one chooses or joins. */
import { announce } from "../announce.js";
import { copyOf } from "./parts.js";
import { post } from "./sending.js";

/** The blocks (paragraphs, lists, tables) of a text, as elements. */
function blocks(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return [...holder.content.children].filter((one) => one.textContent.trim());
}

const same = (a, b) => a.textContent.replace(/\s+/g, " ").trim() === b.textContent.replace(/\s+/g, " ").trim() && a.tagName === b.tagName;

/** Rows of [mine, theirs]: equal blocks beside each other, the others alone (longest common run). */
function rows(mine, theirs) {
  const length = Array.from({ length: mine.length + 1 }, () => new Array(theirs.length + 1).fill(0));
  for (let i = mine.length - 1; i >= 0; i -= 1) {
    for (let j = theirs.length - 1; j >= 0; j -= 1) {
      length[i][j] = same(mine[i], theirs[j]) ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const found = [];
  let [i, j] = [0, 0];
  while (i < mine.length && j < theirs.length) {
    if (same(mine[i], theirs[j])) found.push([mine[i++], theirs[j++]]);
    else if (length[i + 1][j] >= length[i][j + 1]) found.push([mine[i++], null]);
    else found.push([null, theirs[j++]]);
  }
  while (i < mine.length) found.push([mine[i++], null]);
  while (j < theirs.length) found.push([null, theirs[j++]]);
  return pair(found);
}

/** Between two equal blocks, the first of mine and the first of theirs stand beside each other. */
function pair(found) {
  const paired = [];
  let [mine, theirs] = [[], []];
  const flush = () => {
    for (let i = 0; i < Math.max(mine.length, theirs.length); i += 1) paired.push([mine[i] ?? null, theirs[i] ?? null]);
    [mine, theirs] = [[], []];
  };
  for (const [own, other] of found) {
    if (own && other) {
      flush();
      paired.push([own, other]);
    } else if (own) mine.push(own);
    else theirs.push(other);
  }
  flush();
  return paired;
}

/** Both texts in one: what is equal once, else theirs and then mine. No block is left out. */
function joined(found) {
  return found
    .flatMap(([mine, theirs]) => (mine && theirs && same(mine, theirs) ? [theirs] : [theirs, mine]))
    .filter(Boolean)
    .map((one) => one.outerHTML)
    .join("");
}

function cell(block, changed) {
  const place = document.createElement("div");
  place.className = `conflict-cell${changed && block ? " is-changed" : ""}`;
  if (block) place.append(block.cloneNode(true));
  return place;
}

export function settleConflict(text, data) {
  const who = data.by || "Någon annan";
  const panel = copyOf("tools-conflict");
  panel.querySelector(".conflict-title span").textContent = `${who} sparade en annan text kl. ${data.saved_at} medan du skrev.`;
  panel.setAttribute("aria-label", "Två texter");
  panel.querySelector(".conflict-by").textContent = data.by ? `Text av ${data.by}` : "Den andra texten";
  const sides = panel.querySelector(".conflict-sides");
  for (const head of sides.querySelectorAll("h3")) sides.append(head);
  for (const [mine, theirs] of rows(blocks(text.html), blocks(data.text))) {
    const changed = !mine || !theirs || !same(mine, theirs);
    sides.append(cell(mine, changed), cell(theirs, changed));
  }
  text.element.parentElement.querySelector(":scope > .conflict")?.remove();
  text.element.after(panel);
  announce(`${who} har skrivit i samma text. Välj vad som ska stå.`);
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) decide(button.dataset.act, text, data, panel);
  });
}

async function decide(choice, text, data, panel) {
  // Written on since the conflict: compare anew with what stands in the page now.
  const mine = text.html;
  if (choice === "theirs") {
    // The server keeps what loses as a version; it must have the last of mine before it goes.
    const answer = await post(text.keeper.path, { text: mine, version: text.version }).catch(() => null);
    if (answer?.data.error !== "conflict") {
      announce(answer?.data.message || "Servern svarar inte. Försök igen om en stund.");
      return;
    }
    panel.remove();
    text.settle(answer.data.text, answer.data.version, { isTheirs: true });
  } else {
    panel.remove();
    await text.settle(choice === "both" ? joined(rows(blocks(mine), blocks(data.text))) : null, data.version);
  }
  announce("Valt och sparat. Den andra texten finns bland versionerna.");
}
