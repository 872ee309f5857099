/* A fault told where it arose. One at a time in each place; the next act there takes it away. */

export function complain(place, words) {
  hush(place);
  const fault = document.createElement("p");
  fault.className = "field-error";
  fault.setAttribute("role", "alert");
  const icons = document.documentElement.dataset.icons;
  fault.innerHTML = `<svg class="icon" aria-hidden="true" focusable="false"><use href="${icons}#mark-late"></use></svg><span></span>`;
  fault.querySelector("span").textContent = words;
  place.append(fault);
}

export function hush(place) {
  place.querySelector(":scope > .field-error")?.remove();
}
