/* Which § is at hand. Choosing one dresses it with what is needed to write in it. */
const page = document.getElementById("desk");

/** What a § is called: "paragraf" or "punkt", which take -en and -er. */
export const { itemWord } = page.dataset;
const zone = page.querySelector(".zone-text");
const sheet = zone.querySelector(".sheet-of-minutes");
const outline = document.getElementById("outline");
const place = document.getElementById("sections");
const wide = window.matchMedia("(min-width: 64rem)");
const dressers = [];
const leavers = [];
let current = null;

/** dress(section) is called once for each § that is chosen, leave(section) when one goes on. */
export function register({ dress, leave }) {
  if (dress) dressers.push(dress);
  if (leave) leavers.push(leave);
}

export const currentSection = () => current;
export const allSections = () => [...place.querySelectorAll(":scope > .item")];
export const sectionOf = (pk) => document.getElementById(`item-${pk}`);
export const labelOf = (section) => section.querySelector(".section-number").textContent || section.querySelector(".heading").textContent;
export const isWide = () => wide.matches;

/** Change the page while what one looks at stays where it is on the screen. */
export function holding(element, change) {
  const still = [element, element.closest(".item")].filter(Boolean).map((one) => [one, one.getBoundingClientRect().top]);
  change();
  // What was pressed may be replaced by a field; then its § is what stands still.
  const [one, before] = still.find(([there]) => there.getClientRects().length) ?? [];
  if (!wide.matches || !one) return;
  lead(0);
  const wanted = zone.scrollTop + one.getBoundingClientRect().top - before;
  // Nearer the top than one can scroll: room is lent there until one has scrolled past it.
  if (wanted < 0) lead(-wanted);
  zone.scrollTop = Math.max(0, wanted);
}

let lent = 0;

function lead(room) {
  lent = room;
  sheet.style.setProperty("--lead", `${Math.round(room)}px`);
}

function giveBack() {
  if (!lent || zone.scrollTop < lent) return;
  const past = zone.scrollTop - lent;
  lead(0);
  zone.scrollTop = past;
}

export function choose(section, { hold = section, show = false } = {}) {
  if (section === current) return;
  if (!section) {
    current = null;
    return;
  }
  holding(hold, () => {
    if (current?.isConnected) {
      current.classList.remove("is-current");
      if (!isClosed(current)) for (const leave of leavers) leave(current);
    }
    current = section;
    document.body.classList.add("has-current");
    section.classList.add("is-current");
    if (isClosed(section)) return;
    if (!section.dataset.dressed) {
      section.dataset.dressed = "1";
      for (const dress of dressers) dress(section);
    }
    for (const after of choosers) after(section);
  });
  markOutline();
  document.dispatchEvent(new Event("chosen"));
  history.replaceState(null, "", `#${section.id}`);
  if (show) reveal(section);
}

/** Dress a § that is not the one at hand, so that something can be put in its fields. */
export function wake(section) {
  if (section.dataset.dressed || isClosed(section)) return;
  section.dataset.dressed = "1";
  for (const dress of dressers) dress(section);
  for (const leave of leavers) leave(section);
}

/** Adjusted at once, or out for it: to be read, not written in. */
export const isClosed = (section) => section.hasAttribute("data-closed");

const choosers = [];
/** Called every time another § is chosen. */
export function onChoose(after) {
  choosers.push(after);
}

export function reveal(section) {
  if (!wide.matches) {
    page.dataset.zone === "text" && window.scrollTo({ top: 0 });
    return;
  }
  const top = section.getBoundingClientRect().top - zone.getBoundingClientRect().top;
  if (top < 0 || top > zone.clientHeight * 0.6) zone.scrollBy({ top: top - 16 });
}

/** The row of the § at hand, marked after every change of the outline. It is the outline's one
    tab stop, with its menu; arrows go from row to row. */
export function markOutline() {
  for (const row of outline.children) {
    const chosen = current !== null && row.dataset.item === current.dataset.item;
    row.querySelector("a").tabIndex = chosen ? 0 : -1;
    row.querySelector(".outline-more").tabIndex = chosen ? 0 : -1;
    row.classList.toggle("is-current", chosen);
    row.querySelector("a").toggleAttribute("aria-current", chosen);
    if (chosen) row.querySelector("a").setAttribute("aria-current", "true");
  }
  outline.querySelector(".is-current")?.scrollIntoView({ block: "nearest" });
}

/** The dots beside a § in the outline. */
export function dot(section, kind, on) {
  outline.querySelector(`[data-item="${section.dataset.item}"]`)?.classList.toggle(`has-${kind}`, on);
}

export function neighbour(step) {
  const sections = allSections();
  const at = sections.indexOf(current);
  return sections[at < 0 ? 0 : at + step] ?? null;
}

/** Where one writes, when another zone is shown instead of it. */
export function showText() {
  if (page.dataset.zone !== "text") page.dispatchEvent(new CustomEvent("zone", { detail: "text" }));
}

/** Choose a § and put the cursor last in its text. */
export function writeIn(section) {
  showText();
  choose(section, { show: true });
  const text = isClosed(section) ? section : section.querySelector(".text");
  text.focus({ preventScroll: true });
}

/** What stands still: the text one points at, not its paragraphs, which the editor makes anew. */
const steady = (target) => target.closest(".text") ?? target;

export function startSections() {
  zone.addEventListener("scroll", giveBack);
  place.addEventListener("focusin", (event) => {
    const section = event.target.closest(".item");
    if (section && event.target !== section) choose(section, { hold: steady(event.target) });
  });
  place.addEventListener("pointerdown", (event) => {
    const section = event.target.closest(".item");
    if (section && event.pointerType === "mouse") choose(section, { hold: steady(event.target) });
  });
  place.addEventListener("click", (event) => {
    const section = event.target.closest(".item");
    if (section) choose(section, { hold: steady(event.target) });
  });
  outline.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    page.dispatchEvent(new CustomEvent("zone", { detail: "text" }));
    writeIn(sectionOf(link.closest("[data-item]").dataset.item));
  });
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
}

function fromAddress() {
  // The list before justering links here as well.
  if (location.hash === "#attendance") page.dispatchEvent(new CustomEvent("zone", { detail: "attendance" }));
  const named = document.getElementById(location.hash.slice(1))?.closest(".item");
  const empty = allSections().find((one) => !one.querySelector(".text").textContent.trim() && one.querySelector(".decision[hidden]"));
  const first = named ?? empty ?? allSections()[0];
  if (first) {
    choose(first, { show: true });
    reveal(first);
  }
}
