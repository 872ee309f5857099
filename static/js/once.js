/* One press, one act: a second press on a form already on its way does nothing.
   The server refuses doubles as well; this spares people its answer. */
const RELEASE_AFTER = 10_000; // a form that answered with a file leaves its page standing

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled='true'][data-once]")) {
    button.removeAttribute("aria-disabled");
    button.removeAttribute("data-once");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  if (event.submitter) {
    // Not "disabled": that would drop the button's own name and value from what is sent.
    event.submitter.setAttribute("aria-disabled", "true");
    event.submitter.setAttribute("data-once", "");
  }
  setTimeout(() => release(form), RELEASE_AFTER);
});

// Back to a page the browser kept as it was: its forms may be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) release(form);
});
