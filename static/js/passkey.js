/* A press on a button that asks the device for a passkey: to make one, or to answer with one.

   <button type="button" data-passkey="create|get" data-answer="id of the hidden input"
           data-options="id of a JSON script" or data-options-url="address that answers with it">
   data-method is sent along as `method`. What went wrong is said in the form's [data-said]. */

const UNABLE = "Den här webbläsaren kan inte använda passkeys här. Prova en annan eller välj ett annat sätt.";
const STOPPED = "Det blev avbrutet. Tryck igen när du är redo, eller välj ett annat sätt.";
const THERE_ALREADY = "Den här enheten har redan en passkey för ditt konto.";
const GONE = "Servern svarar inte. Försök igen om en stund.";

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function described(list) {
  return (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

/* The server writes bytes as base64url; the browser wants them as bytes. */
function asBytes(options) {
  const wanted = { ...options, challenge: bytes(options.challenge) };
  if (options.user) wanted.user = { ...options.user, id: bytes(options.user.id) };
  if (options.allowCredentials) wanted.allowCredentials = described(options.allowCredentials);
  if (options.excludeCredentials) wanted.excludeCredentials = described(options.excludeCredentials);
  return wanted;
}

function asText(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function optionsOf(button) {
  const { options, optionsUrl } = button.dataset;
  if (options) return JSON.parse(document.getElementById(options).textContent);
  const answer = await fetch(optionsUrl, {
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
  });
  if (!answer.ok) throw new Error(GONE);
  return answer.json();
}

/** What the device answers to what the server asks, as text to send. */
export async function answerTo(all) {
  const { publicKey } = all.creation_options ?? all.request_options ?? all;
  return asText(await navigator.credentials.get({ publicKey: asBytes(publicKey) }));
}

async function ask(button) {
  const all = await optionsOf(button);
  const { publicKey } = all.creation_options ?? all.request_options ?? all;
  if (button.dataset.passkey === "get") return navigator.credentials.get({ publicKey: asBytes(publicKey) });
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return navigator.credentials.create({ publicKey: asBytes(publicKey) });
}

export function wordsFor(error) {
  if (error.name === "InvalidStateError") return THERE_ALREADY;
  if (error.name === "SecurityError" || error.name === "NotSupportedError") return UNABLE;
  return error.name === "NotAllowedError" || error.name === "AbortError" ? STOPPED : error.message || GONE;
}

function say(form, words) {
  const place = form.querySelector("[data-said]");
  place.querySelector("span").textContent = words;
  place.hidden = !words;
}

function sendWith(form, name, value) {
  let input = form.querySelector(`input[type=hidden][name="${name}"]`);
  if (!input) {
    input = Object.assign(document.createElement("input"), { type: "hidden", name });
    form.append(input);
  }
  input.value = value;
}

async function pressed(button) {
  const form = button.form;
  if (!window.PublicKeyCredential) return say(form, UNABLE);
  say(form, "");
  button.setAttribute("aria-disabled", "true");
  try {
    document.getElementById(button.dataset.answer).value = asText(await ask(button));
    if (button.dataset.method) sendWith(form, "method", button.dataset.method);
    form.requestSubmit();
  } catch (error) {
    say(form, wordsFor(error));
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-passkey]");
  if (button && button.getAttribute("aria-disabled") !== "true") pressed(button);
});
