/* Signing in again without leaving the page: by password here, or in another tab. */
import { announce } from "../announce.js";
import { retryAll } from "./keeper.js";

const dialog = document.getElementById("signed-out");
const form = dialog.querySelector("form");
const password = document.getElementById("again-password");
const error = document.getElementById("again-error");

export function openSignIn() {
  if (!dialog.open) dialog.showModal();
  (form.querySelector("#again-email").value ? password : form.querySelector("#again-email")).focus();
}

function complain(text) {
  error.textContent = text;
  error.hidden = !text;
  password.toggleAttribute("aria-invalid", Boolean(text));
}

function token(html) {
  return new DOMParser().parseFromString(html, "text/html").querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

async function signIn() {
  // The sign-in page itself, filled in: no second way into the program to keep safe.
  const page = await fetch(form.action, { redirect: "follow" });
  if (!new URL(page.url).pathname.startsWith(new URL(form.action).pathname)) return true; // signed in already
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { "X-Requested-With": "XMLHttpRequest" },
    body: new URLSearchParams({
      csrfmiddlewaretoken: token(await page.text()),
      login: document.getElementById("again-email").value,
      password: password.value,
    }),
  });
  return answer.ok;
}

async function submit(event) {
  event.preventDefault();
  complain("");
  let done = false;
  try {
    done = await signIn();
  } catch {
    complain("Servern svarar inte. Försök igen om en stund.");
    return;
  }
  if (!done) {
    complain("E-postadressen eller lösenordet stämmer inte. Försök igen.");
    password.select();
    return;
  }
  password.value = "";
  dialog.close();
  announce("Du är inloggad igen.");
  retryAll();
}

export function startSigningIn() {
  form.querySelector("#again-email").value = document.getElementById("desk").dataset.email;
  form.addEventListener("submit", submit);
  dialog.querySelector("[data-act=later]").addEventListener("click", () => dialog.close());
}
