/* Marks in the side list which § one is reading. Without scripts the list is plain links. */
const links = [...document.querySelectorAll(".reading-sections .sections a")];
const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
const FROM_TOP = 120; // px: a § that has come this near the top is the one being read

function mark() {
  let now = 0;
  places.forEach((place, i) => {
    if (place && place.closest(".reading-document") && place.getBoundingClientRect().top < FROM_TOP) now = i;
  });
  links.forEach((link, i) => {
    if (i === now) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}

let waiting = false;
addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; mark(); });
}, { passive: true });
if (links.length) mark();
