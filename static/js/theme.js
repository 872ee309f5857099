/* Light or dark, before the first paint: the person's choice on this device, else the system's.
   Blocking and not a module, because a module runs after the page has been painted. */
(function () {
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function choice() {
    try {
      return window.localStorage.getItem("appearance") || "system";
    } catch {
      return "system"; // storage refused by the browser: follow the system
    }
  }

  function show() {
    var wanted = choice();
    if (wanted === "system") wanted = dark.matches ? "dark" : "light";
    root.setAttribute("data-bs-theme", wanted);
  }

  root.classList.add("has-script");
  show();
  dark.addEventListener("change", show);
  window.addEventListener("storage", show);
  document.addEventListener("appearance", show);
  // Paper is white: what is light on dark would not be seen.
  window.addEventListener("beforeprint", function () { root.setAttribute("data-bs-theme", "light"); });
  window.addEventListener("afterprint", show);
})();
