/* A § or a report taken away by somebody else, or by oneself in another tab, while one wrote in it, or before what was kept
   in the browser could be put back: the words stay, can be copied, and the § be taken back with them. */
import { announce } from "../announce.js";
import { command } from "./commands.js";
import { keepers } from "./keeper.js";
import { showRestored } from "./outline.js";
import { copyOf } from "./parts.js";
import { itemWord } from "./sections.js";
import { forget } from "./store.js";

const place = document.getElementById("sections");

function panelFor({ title, kind, words, back, drop = null }) {
  const panel = copyOf("tools-gone");
  const [takeBack, copy, throwAway] = panel.querySelectorAll("button");
  panel.setAttribute("aria-label", title);
  panel.querySelector(".conflict-title span").textContent = title;
  panel.querySelector(".gone-words").textContent = drop ? words() : "";
  takeBack.textContent = `Ta tillbaka ${kind}`;
  throwAway.hidden = !drop;
  takeBack.addEventListener("click", async () => { if (await back()) panel.remove(); });
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words());
    announce("Kopierat.");
  });
  throwAway.addEventListener("click", async () => {
    await drop();
    panel.remove();
  });
  announce(`${title} Det du skrev finns kvar.`);
  return panel;
}

/** What was refused because its place was gone is sent again. */
function goOn(block) {
  for (const keeper of keepers) {
    if (keeper.state === "closed" && block.contains(keeper.place)) keeper.resume();
  }
}

/** Whoever took the § away has brought it back. */
export function isBack(section) {
  const panel = section.querySelector(":scope > .gone");
  if (!panel) return;
  panel.remove();
  goOn(section);
}

function offerSection(section) {
  if (section.querySelector(":scope > .gone")) return;
  section.querySelector("h2").after(panelFor({
    title: `Den här ${itemWord}en är borttagen.`,
    kind: `${itemWord}en`,
    words: () => [...section.querySelectorAll(".text, .point-field textarea")].map((one) => one.value ?? one.innerText).filter(Boolean).join("\n"),
    back: async () => {
      const data = await command(`punkter/${section.dataset.item}/ta-tillbaka/`);
      if (!data) return false;
      showRestored(data, section);
      goOn(section);
      return true;
    },
  }));
}

function offerReport(block) {
  if (block.querySelector(":scope > .gone")) return;
  block.querySelector(".report-head").after(panelFor({
    title: "Den här rapporten är borttagen.",
    kind: "rapporten",
    words: () => block.querySelector(".text").innerText,
    back: async () => {
      const data = await command(`rapporter/${block.dataset.report}/ta-tillbaka/`);
      if (data) goOn(block);
      return Boolean(data);
    },
  }));
}

function plain(one) {
  if (one.points) return one.points.join("\n");
  if (one.text === undefined) return [one.value].flat(2).join("\n");
  const holder = document.createElement("template");
  holder.innerHTML = one.text;
  return [...holder.content.children].map((block) => block.textContent).join("\n");
}

/** Kept words whose § is not here. putBack() is called when it has been taken back. */
export function offerLeft(one, putBack) {
  const [, pk] = one.key.match(/^punkter\/(\d+)\//) ?? [];
  const panel = panelFor({
    title: `${one.where} är borttagen. Det här hann du skriva där:`,
    kind: `${itemWord}en`,
    words: () => plain(one),
    back: async () => {
      const data = await command(`punkter/${pk}/ta-tillbaka/`);
      if (!data) return false;
      showRestored(data);
      await putBack();
      return true;
    },
    drop: () => forget(one.id),
  });
  panel.querySelector("button").hidden = !pk;
  place.before(panel);
}

export function startGone() {
  place.addEventListener("gone", ({ target }) => {
    const report = target.closest(".report");
    if (report) offerReport(report);
    else offerSection(target.closest(".item"));
  });
}
