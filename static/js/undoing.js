/* The bar that stands where something was taken away, with "Ångra". Its form is in #undo-template. */
import { announce } from "./announce.js";
import { Refused, element, send } from "./sending.js";
import { complain } from "./complaining.js";

/* Puts a bar in the place of `gone`; `restored` gets the element that comes back. */
export function offerUndo(gone, { message, undo }, restored) {
  const place = document.createElement("li");
  place.className = "undo-place";
  place.append(document.getElementById("undo-template").content.cloneNode(true));
  place.querySelector("p").textContent = message;
  const form = place.querySelector("form");
  form.action = undo;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const data = await send(form);
      const back = element(data.html);
      place.replaceWith(back);
      restored(back, data);
      announce("Tillbaka igen.");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      complain(place, error.message);
    }
  });
  gone.replaceWith(place);
  place.querySelector("button").focus();
  announce(message);
}
