/* The masthead's menus: "Meny" folds out on a phone; Escape and a click outside close what is open. */
const toggle = document.querySelector(".masthead-toggle");
const menu = document.getElementById("menu");
const account = document.querySelector(".account");

function show(open) {
  menu.classList.toggle("is-open", open);
  toggle.setAttribute("aria-expanded", String(open));
}

if (toggle && menu) {
  toggle.addEventListener("click", () => show(toggle.getAttribute("aria-expanded") !== "true"));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (account?.open && account.contains(document.activeElement)) {
    account.open = false;
    account.querySelector("summary").focus();
  } else if (toggle?.getAttribute("aria-expanded") === "true") {
    show(false);
    toggle.focus();
  }
});

document.addEventListener("click", (event) => {
  if (account?.open && !account.contains(event.target)) account.open = false;
});
