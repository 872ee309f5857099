/* Keeps one thing saved while it is changed: a text, the decisions of a §, a heading, a tap.

   What is in the page is the truth until the server has it. A keeper sends one request at a time,
   tries again when the network is gone or one is signed out, and never sends over a conflict.
   What has a way back is also kept in the browser meanwhile (store.js). */
import { post, Unreached } from "./sending.js";
import { drop, keep, keepBefore } from "./store.js";

const AFTER_LAST_KEY = 700;
const WHILE_TYPING = 1600;
const RETRIES = [1500, 3000, 6000, 12_000];

export const keepers = new Set();
const listeners = new Set();

/** Called whenever any keeper changes its state. */
export function onChange(listener) {
  listeners.add(listener);
}

/** Try everything that waits: the network is back, or one has signed in again. What is on its way
    left before that, and goes once more when its answer is a no. */
export function retryAll() {
  for (const keeper of keepers) if (keeper.waits || keeper.running) keeper.save();
}

/** Save everything there is now; resolves when nothing is on its way. Urgent: the page may close. */
export function saveAll({ urgent = false } = {}) {
  return Promise.all([...keepers].map((keeper) => keeper.save({ urgent })));
}

export class Keeper {
  /**
   * path: where to; fields(): what to send; accept(data, unchanged): it is saved;
   * conflict(data): somebody else saved first; refused(message): a sentence, or "" when it is over;
   * place: the element it is written in, told by the event "gone" when the server has it no more;
   * kept: { read(): what to keep in the browser, putBack(it): true when it is put back, false when
   * it stands there already, else a sentence, saved(): the server has it }; part: which of several
   * with the same path; at(): where to, when that is another each time; more(): whether something
   * is left to send when this is saved.
   */
  constructor({ path, part = "", fields, accept = () => {}, conflict = null, refused = () => {}, place = null, kept = null, at = () => path, more = () => false }) {
    Object.assign(this, { path, at, more, fields, accept, conflict, refused, place, kept });
    this.key = path + part;
    this.state = "saved";
    this.edits = 0;
    this.tries = 0;
    keepers.add(this);
  }

  get waits() {
    return this.state === "failed" || this.state === "signed_out" || this.state === "other";
  }

  get unsaved() {
    return this.state !== "saved";
  }

  /** Something was changed. */
  touch({ now = false } = {}) {
    this.edits += 1;
    if (this.state === "saved" || this.state === "refused") this.set("dirty");
    keep(this);
    if (this.state === "conflict" || this.state === "closed") return;
    clearTimeout(this.timer);
    this.since ??= performance.now();
    const left = this.since + WHILE_TYPING - performance.now();
    this.timer = setTimeout(() => this.save(), now ? 0 : Math.max(0, Math.min(AFTER_LAST_KEY, left)));
  }

  /** Save now if anything is unsaved; resolves when it is done or has to wait. */
  save({ urgent = false } = {}) {
    clearTimeout(this.timer);
    if (urgent) this.hurry?.();
    if (this.running) return this.running.then(() => this.save());
    if (this.state === "saved" || this.state === "conflict" || this.state === "closed") return Promise.resolve();
    this.running = this.send(urgent).finally(() => { this.running = null; });
    return this.running;
  }

  async send(urgent) {
    this.since = null;
    this.set("saving");
    // What is sent is on the disk first: then a lost answer can be told from another's text.
    if (!urgent) await Promise.race([keepBefore(this), new Promise((now) => { this.hurry = now; })]);
    const sent = this.edits;
    let answer;
    try {
      answer = await post(this.at(), this.fields());
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      return this.wait("failed");
    }
    this.settle(answer, sent);
  }

  settle({ status, data }, sent) {
    // What the last answer was, also while the next one is waited for.
    this.another = status === 409 && data.error === "other_person";
    // Only our own server tells when it saved: a hotel's network answers 200 to everything.
    if (status === 200 && data.saved_at) {
      this.tries = 0;
      this.refused("");
      const more = this.more();
      const unchanged = sent === this.edits && !more;
      this.set(unchanged ? "saved" : "dirty", data.saved_at);
      this.accept(data, unchanged);
      if (unchanged) {
        this.kept?.saved?.();
        drop(this);
      } else this.schedule(more ? 0 : AFTER_LAST_KEY);
    } else if (status === 401 || status === 403 || status === 302) {
      this.wait("signed_out");
    } else if (this.another) {
      this.message = data.message;
      this.wait("other");
    } else if (status === 409 && data.error === "conflict" && this.conflict) {
      this.set("conflict");
      this.conflict(data);
    } else if (status === 409 || status === 404) {
      this.message = data.message || "Den här delen finns inte längre. Någon annan kan ha tagit bort den.";
      this.set("closed");
      this.refused(this.message);
      if (status === 404) this.place?.dispatchEvent(new Event("gone", { bubbles: true }));
    } else if (status === 400 || status === 413) {
      this.set("refused");
      this.refused(data.message || "Texten är för stor för att sparas. Dela upp den eller lägg en del som bilaga.");
    } else {
      this.wait("failed");
    }
  }

  /** Not sent: kept here, and tried again by and by. */
  wait(state) {
    this.set(state);
    this.schedule(RETRIES[Math.min(this.tries, RETRIES.length - 1)]);
    this.tries += 1;
  }

  schedule(after) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), after);
  }

  /** A conflict is settled: save what stands in the page now. */
  resume() {
    this.edits += 1;
    this.set("dirty");
    return this.save();
  }

  forget() {
    clearTimeout(this.timer);
    drop(this);
    keepers.delete(this);
    for (const listener of listeners) listener(this);
  }

  set(state, at = "") {
    this.state = state;
    for (const listener of listeners) listener(this, at);
  }
}
