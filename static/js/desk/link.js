/* The dialog for a link. An address without a scheme is taken for a web page, one with @ for mail. */
import { tell } from "./parts.js";

const dialog = document.getElementById("link-dialog");
const form = dialog.querySelector("form");
const address = document.getElementById("link-address");
const error = document.getElementById("link-error");
let editor = null;

export function askForLink(of) {
  editor = of;
  address.value = editor.getAttributes("link").href ?? "";
  form.querySelector("[value=remove]").hidden = !address.value;
  complain("");
  dialog.showModal();
  address.select();
  return true;
}

const complain = (sentence) => tell(error, sentence);

/** The whole address, or "" when it is not one we take. */
function tidy(said) {
  const text = said.trim();
  if (/^(https?|mailto):\S+$/i.test(text)) return text;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  if (/^[^\s:/]+\.[^\s:]+$/.test(text)) return `https://${text}`;
  return "";
}

function set(href) {
  const chain = editor.chain().focus().extendMarkRange("link");
  if (editor.state.selection.empty && !editor.isActive("link")) {
    chain.insertContent({ type: "text", text: address.value.trim(), marks: [{ type: "link", attrs: { href } }] }).run();
  } else {
    chain.setMark("link", { href }).run();
  }
}

form.addEventListener("submit", (event) => {
  if (event.submitter?.value === "remove") {
    editor.chain().focus().extendMarkRange("link").unsetMark("link").run();
    return;
  }
  const href = tidy(address.value);
  if (!href) {
    event.preventDefault();
    complain("Skriv en webbadress, som https://www.bra.se, eller en e-postadress.");
    return;
  }
  set(href);
});
form.querySelector("[data-act=cancel]").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => editor?.commands.focus());
