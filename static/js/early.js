/* A press on a button, a choice in a field and a form a script sends, before the page's scripts have
   come, are kept and done once, in their order, when they have. On a slow network a page is seen
   seconds before its scripts are there; what somebody did then was lost without a word.
   Blocking and not a module, so that it is there before the first button. Links and forms with
   somewhere to go need no script and are left alone. */
{
  const kinds = { click: "button[type=button]", change: "*", submit: "form:not([action], [method])" };
  const early = [];

  const keep = (event) => {
    const { type } = event;
    const of = event.target.closest(kinds[type]);
    if (!of) return;
    event.stopImmediatePropagation(); // a script that is there already would do it twice
    if (type === "submit") event.preventDefault();
    if (!early.some((one) => one.of === of && one.type === type)) early.push({ of, type });
  };

  const again = ({ of, type }) => {
    if (type === "click") of.click();
    else if (type === "submit") of.requestSubmit();
    // Of several radio buttons pressed in turn, the last is what was chosen.
    else if (of.type !== "radio" || of.checked) of.dispatchEvent(new Event(type, { bubbles: true }));
  };

  for (const type in kinds) document.addEventListener(type, keep, true);
  document.addEventListener("DOMContentLoaded", () => {
    for (const type in kinds) document.removeEventListener(type, keep, true);
    early.filter(({ of }) => of.isConnected).forEach(again);
  });
}
