/* Say something to screen readers without moving focus. Other modules import it. */
const place = document.getElementById("announcements");

export function announce(text) {
  if (!place) return;
  place.textContent = "";
  // A new turn, or the same words twice are spoken once.
  requestAnimationFrame(() => { place.textContent = text; });
}
