/* Presses that change what the next one means: who is there, who came and went, who is elected. They
   are sent one after another in the order they were pressed. Those that the network or the sign-in
   stops wait here, are shown as not saved, and are kept in the browser as texts are. */
import { say } from "./commands.js";
import { Keeper, onChange } from "./keeper.js";
import { drop, keepNow } from "./store.js";

const waiting = document.getElementById("attendance-waiting");
const lines = waiting.appendChild(document.createElement("ol"));
const acts = []; // { path, fields, said, before }: the first is on its way
const askers = new Map(); // act → who waits for its answer in this page
const lates = [];

const keeper = new Keeper({
  path: "i-tur-och-ordning",
  at: () => acts[0].path,
  fields: () => {
    acts[0].sent = true;
    return acts[0].fields;
  },
  more: () => acts.length > 1,
  accept: done,
  refused: (sentence) => { if (sentence) refuse(sentence); },
  kept: { read: () => ({ acts, where: "närvaron" }), putBack },
});

/** Something is pressed that the server has not answered. */
export const isWaiting = () => acts.length > 0;

/** Resolves when everything is answered, or has to wait. */
export const sendNow = () => keeper.save();

/** late(answer, path): of what was pressed before the page was read anew. */
export function onLate(late) {
  lates.push(late);
}

/** Send when those before are answered. said: the act in a few words. The answer, or null when it
    was refused; a press on the same that has not left yet is instead of it (with instead: true). */
export function inOrder(path, fields, said, { before = null, instead = false } = {}) {
  let act = acts.at(-1);
  if (instead && act?.path === path && !act.sent) {
    askers.get(act)?.(null);
    Object.assign(act, { fields, said });
  } else {
    act = { path, fields, said, before };
    acts.push(act);
  }
  const answered = new Promise((resolve) => { askers.set(act, (answer) => resolve(answer && { ...answer, before: act.before })); });
  keeper.touch({ now: true });
  show();
  return answered;
}

function done(answer) {
  const act = acts.shift();
  if (acts.length) keepNow(keeper);
  show();
  document.dispatchEvent(new Event("minuteschanged"));
  for (const hear of askers.has(act) ? [askers.get(act)] : lates) hear(answer, act.path);
  askers.delete(act);
}

function refuse(sentence) {
  const act = acts.shift();
  say(waiting.hidden ? sentence : `${act.said}: ${sentence}`);
  askers.get(act)?.(null);
  askers.delete(act);
  if (acts.length) keeper.resume();
  else {
    keeper.set("saved");
    drop(keeper);
  }
  document.dispatchEvent(new Event("attendance-news"));
}

async function putBack({ acts: left }) {
  acts.push(...left.map((act) => ({ ...act, sent: false })));
  keeper.touch({ now: true });
  await keepNow(keeper);
  return `Det här hann inte sparas förra gången, och sparas nu: ${left.map(({ said }) => said).join(", ")}.`;
}

/** What has not reached the server is told where it was pressed, in its order. */
function show() {
  waiting.hidden = !keeper.waits;
  lines.replaceChildren(...acts.map(({ said }) => {
    const line = document.createElement("li");
    line.textContent = said;
    return line;
  }));
}

onChange((one) => { if (one === keeper) show(); });
