/* Remarks from justering, in the panel: shown first while any is unanswered. What is typed in the
   minutes is saved before a wording is taken over, for the page is then read anew. */
import { saveAll } from "./keeper.js";
import { showTab, showZone } from "./panel.js";

const outline = document.getElementById("outline");
const panel = document.getElementById("panel-remarks");

/* The mark in the outline; the list is rendered anew when §§ move. */
function markOutline() {
  const items = new Set([...panel.querySelectorAll("[data-unanswered][data-item]")].map((one) => one.dataset.item));
  for (const row of outline.children) row.classList.toggle("has-remark", items.has(row.dataset.item));
}

export function startRemarks() {
  markOutline();
  new MutationObserver(markOutline).observe(outline, { childList: true });
  if (panel.querySelector("[data-unanswered]")) showTab("remarks");
  if (/^#(remarks|synpunkt-\d+)$/.test(location.hash)) showZone("remarks");
  panel.addEventListener("submit", async (event) => {
    event.preventDefault();
    await saveAll();
    event.target.submit();
  });
  panel.addEventListener("click", (event) => {
    if (event.target.closest("a[href*='#item-']")) showZone("text");
  });
}
