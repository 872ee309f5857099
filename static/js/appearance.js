/* The buttons under "Byt utseende". theme.js does the painting. */
const buttons = document.querySelectorAll("[data-appearance]");

function chosen() {
  try {
    return localStorage.getItem("appearance") || "system";
  } catch {
    return "system";
  }
}

function mark() {
  for (const button of buttons) {
    button.setAttribute("aria-pressed", String(button.dataset.appearance === chosen()));
  }
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    try {
      localStorage.setItem("appearance", button.dataset.appearance);
    } catch {
      return;
    }
    document.dispatchEvent(new Event("appearance"));
    mark();
  });
}
mark();
