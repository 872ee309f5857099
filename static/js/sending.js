/* A form sent without leaving the page. Views answer with JSON (meetings/views/answers.py). */

/* What the server, or the lack of one, said no to. `data` is its whole answer. */
export class Refused extends Error {
  constructor(message, data = {}) {
    super(message);
    this.data = data;
  }
}

const GONE = "Servern svarar inte. Inget är sparat. Försök igen om en stund.";
const ODD = "Det gick inte att spara. Läs in sidan igen och försök på nytt.";

async function answerOf(request) {
  let answer;
  try {
    answer = await request;
  } catch {
    throw new Refused(GONE);
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(data.message || ODD, data);
  return data;
}

const HEADERS = { "X-Requested-With": "fetch", Accept: "application/json" };

export function read(url) {
  return answerOf(fetch(url, { headers: HEADERS }));
}

/* Sends the form's fields and more of them; without the ticket that spares a page a double. */
export function send(form, more = {}, url = form.action) {
  const body = new FormData(form);
  body.delete("ticket");
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  return answerOf(fetch(url, { method: "POST", body, headers: HEADERS }));
}

/* One after the other, in the order pressed: the last press decides the order of a list. */
let queue = Promise.resolve();

export function inTurn(act) {
  const turn = queue.then(act);
  queue = turn.catch(() => {});
  return turn;
}

/* The first element of a piece of HTML that our own server made. */
export function element(html) {
  const piece = document.createElement("template");
  piece.innerHTML = html.trim();
  return piece.content.firstElementChild;
}
