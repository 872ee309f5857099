/* Marking the §§ of a justering without leaving the page. Every form and link works without this:
   then the server answers with a page instead of the parts of one. */
import { announce } from "./announce.js";
import { Refused, element, read, send } from "./sending.js";
import { complain } from "./complaining.js";

const page = document.querySelector("main");

/* Which act the page ends in: approving, or returning with what is proposed. */
function showEnd(proposals) {
  for (const end of page.querySelectorAll("[data-end]")) {
    end.hidden = (end.dataset.end === "return") !== proposals > 0;
  }
}

/* Parts of the page by id. A part one writes in is left as it is. */
function put(data, focus) {
  for (const [id, html] of Object.entries(data.parts)) {
    const place = document.getElementById(id);
    if (!place || (place.querySelector("form.proposal") && id !== focus.place)) continue;
    place.innerHTML = html;
  }
  showEnd(data.proposals);
  announce(data.said);
  const next = document.getElementById(focus.id) ?? document.getElementById("slutet");
  next?.focus({ preventScroll: true });
  // A form that was closed may have been longer than the window.
  const { top, bottom } = next?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
  if (top < 0 || bottom > window.innerHeight) next?.scrollIntoView({ block: "center" });
}

const placeOf = (inside) => inside.closest(".marks, .signing-progress");

async function tryTo(act, place) {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    complain(place, error.message);
    announce(error.message);
  }
}

async function mark(form, button) {
  const data = await send(form);
  put(data, { id: button?.id, place: placeOf(form).id });
}

/* The form comes under the §, in the place of its two buttons. */
async function open(link) {
  const place = placeOf(link);
  const data = await read(link.href);
  const choice = place.querySelector(".mark-choice");
  const form = element(data.html);
  form.dataset.back = link.id;
  choice.hidden = true;
  choice.after(form);
  form.querySelector("textarea")?.focus();
}

async function save(form) {
  const place = placeOf(form);
  try {
    put(await send(form), { id: form.dataset.back, place: place.id });
  } catch (error) {
    if (!(error instanceof Refused) || !error.data.html) throw error;
    // The same form with what was typed, and what is wrong with it.
    const again = element(error.data.html);
    again.dataset.back = form.dataset.back;
    form.replaceWith(again);
    again.querySelector(".error-summary, [aria-invalid=true], textarea")?.focus();
    announce(error.message);
  }
}

function close(form) {
  const place = placeOf(form);
  form.remove();
  place.querySelector(".mark-choice").hidden = false;
  document.getElementById(form.dataset.back)?.focus();
}

page.addEventListener("submit", (event) => {
  const form = event.target;
  const place = placeOf(form);
  // "Skicka ändå" leads to another page.
  if (!place || event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  const act = form.matches(".proposal") ? () => save(form) : () => mark(form, event.submitter);
  tryTo(act, place);
});

page.addEventListener("click", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  const link = event.target.closest("a[data-propose], a[data-cancel]");
  if (!link || !plain || !placeOf(link)) return;
  event.preventDefault();
  if (link.hasAttribute("data-cancel")) close(link.closest("form"));
  else tryTo(() => open(link), placeOf(link));
});

/* What is typed in a form that is open is not left without a question. */
window.addEventListener("beforeunload", (event) => {
  const typed = [...page.querySelectorAll(".marks form.proposal textarea")];
  if (typed.some((field) => field.value !== field.defaultValue)) event.preventDefault();
});
