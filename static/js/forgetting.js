/* Whoever signs out leaves no words behind on the computer: what the desk has kept of theirs goes
   before the form is sent. <form data-forgets="the person's number">. */
import { finished, openKept } from "./kept.js";

const LONGEST_WAIT = 1500;

async function forget(person) {
  const database = await openKept();
  await finished(database, (all) => {
    all.openCursor().onsuccess = ({ target: { result: row } }) => {
      if (!row) return;
      if (row.value.person === person) row.delete();
      row.continue();
    };
  });
}

async function signOut(form) {
  const person = Number(form.dataset.forgets);
  new BroadcastChannel("bra").postMessage(`signed out ${person}`);
  const atLast = new Promise((resolve) => { setTimeout(resolve, LONGEST_WAIT); });
  await Promise.race([forget(person).catch(() => {}), atLast]);
  form.submit();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-forgets]") || event.defaultPrevented) return;
  event.preventDefault();
  signOut(event.target);
});
