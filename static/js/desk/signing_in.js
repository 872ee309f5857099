/* Signing in again without leaving the page: password, one-time code or passkey, or in another tab.
   The sign-in's own pages, filled in from here: no second way into the program to keep safe. */
import { announce } from "../announce.js";
import { keepers, retryAll } from "./keeper.js";

const dialog = document.getElementById("signed-out");
const form = dialog.querySelector("form");
const { login, logout, second, passkey } = form.dataset;
const email = document.getElementById("again-email");
const password = document.getElementById("again-password");
const code = document.getElementById("again-code");
const error = document.getElementById("again-error");
const device = form.querySelector("[data-act=passkey]");
const WRONG = "E-postadressen eller lösenordet stämmer inte. Försök igen.";
const WRONG_CODE = "Koden stämmer inte. Försök igen.";
const NO_ANSWER = "Servern svarar inte. Försök igen om en stund.";
let step = null; // the page of the second step, while one is there

const somebodyElse = () => [...keepers].some((keeper) => keeper.another);

export function openSignIn() {
  complain("");
  toStep(null);
  const other = somebodyElse();
  dialog.querySelector("h2").textContent = other ? "Någon annan är inloggad här" : "Du har blivit utloggad";
  dialog.querySelector("[data-other]").hidden = !other;
  if (!dialog.open) dialog.showModal();
  (email.value ? password : email).focus();
}

function complain(text) {
  error.textContent = text;
  error.hidden = !text;
  for (const field of [password, code]) field.toggleAttribute("aria-invalid", Boolean(text));
}

/** The password (null), or what comes after it. */
function toStep(page) {
  step = page;
  form.querySelector("[data-step=password]").hidden = step !== null;
  form.querySelector("[data-step=code]").hidden = step === null;
  device.hidden = !window.PublicKeyCredential || (step !== null && !step.getElementById("passkey-options"));
}

async function pageOf(answer) {
  const html = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { html, path: new URL(answer.url).pathname, busy: answer.status === 429 };
}

async function get(path) {
  return pageOf(await fetch(path));
}

async function send(path, page, fields) {
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  return pageOf(await fetch(path, { method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: token, ...fields }) }));
}

/** The sign-in page; somebody else who is signed in is signed out first. Null: it is oneself. */
async function entrance() {
  let page = await get(login);
  if (page.path !== login && somebodyElse()) {
    await send(logout, (await get(logout)).html, {});
    page = await get(login);
  }
  return page.path === login ? page.html : null;
}

/** Where one came: in, on to the second step, or back with a complaint. */
function arrive({ path, html, busy }, complaint) {
  if (busy) return complain("Det blev för många försök. Vänta en stund och försök igen.");
  if (path === login) {
    toStep(null);
    complain(complaint);
    return password.select();
  }
  if (path === second) {
    const again = step !== null;
    toStep(html);
    complain(again ? complaint : "");
    code.focus();
    return code.select();
  }
  for (const field of [password, code]) field.value = "";
  dialog.close();
  announce("Du är inloggad igen.");
  return retryAll();
}

async function byWords() {
  if (step) return arrive(await send(second, step, { code: code.value.trim() }), WRONG_CODE);
  const page = await entrance();
  if (!page) return arrive({ path: "" });
  return arrive(await send(login, page, { login: email.value, password: password.value }), WRONG);
}

async function byPasskey() {
  const { answerTo } = await import("../passkey.js");
  if (step) {
    const credential = await answerTo(JSON.parse(step.getElementById("passkey-options").textContent));
    return arrive(await send(second, step, { credential }), "Din passkey godtogs inte. Försök igen.");
  }
  const page = await entrance();
  if (!page) return arrive({ path: "" });
  const asked = await fetch(passkey, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  const credential = await answerTo(await asked.json());
  return arrive(await send(passkey, page, { credential }), "Din passkey godtogs inte. Försök igen.");
}

async function attempt(way) {
  complain("");
  try {
    await way();
  } catch (fault) {
    const { wordsFor } = await import("../passkey.js").catch(() => ({}));
    complain(fault instanceof DOMException && wordsFor ? wordsFor(fault) : NO_ANSWER);
  }
}

export function startSigningIn() {
  email.value = document.getElementById("desk").dataset.email;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(byWords);
  });
  device.addEventListener("click", () => attempt(byPasskey));
  dialog.querySelector("[data-act=later]").addEventListener("click", () => dialog.close());
}
