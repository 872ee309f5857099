/* A press on a button, a choice in a field and a form a script sends, before the page's scripts have
   come, are kept and done once, in their order, when they have. On a slow network a page is seen
   seconds before its scripts are there; what somebody did then was lost without a word.
   Blocking and not a module, so that it is there before the first button. Links and forms with
   somewhere to go need no script and are left alone. */
(function () {
  var early = [];
  var kinds = { click: "button[type=button]", change: "*", submit: "form:not([action], [method])" };

  function keep(event) {
    var of = event.target.closest(kinds[event.type]);
    if (!of) return;
    event.stopImmediatePropagation(); // a script that is there already would do it twice
    if (event.type === "submit") event.preventDefault();
    if (!early.some(function (one) { return one.of === of && one.type === event.type; })) {
      early.push({ of: of, type: event.type });
    }
  }

  function again(one) {
    if (!one.of.isConnected) return;
    if (one.type === "click") one.of.click();
    else if (one.type === "submit") one.of.requestSubmit();
    // Of several radio buttons pressed in turn, the last is what was chosen.
    else if (one.of.type !== "radio" || one.of.checked) one.of.dispatchEvent(new Event("change", { bubbles: true }));
  }

  Object.keys(kinds).forEach(function (type) { document.addEventListener(type, keep, true); });
  document.addEventListener("DOMContentLoaded", function () {
    Object.keys(kinds).forEach(function (type) { document.removeEventListener(type, keep, true); });
    early.forEach(again);
  });
})();
