/* The way to find and replace, which is fetched when it is first asked for. */
import { say } from "./commands.js";

const UNREACHED = "Sökningen kunde inte hämtas. Försök igen när nätet är tillbaka.";

export async function openFind() {
  try {
    (await import("./find.js")).openFind();
  } catch {
    say(UNREACHED);
  }
}

export function startFinding() {
  document.getElementById("show-find").addEventListener("click", openFind);
}
