/* The § on the next meeting: when and where, and what it shall take up. Saved while written. */
import { keptValue } from "./kept_value.js";
import { Keeper } from "./keeper.js";
import { copyOf, tell } from "./parts.js";
import { dot } from "./sections.js";

const data = JSON.parse(document.getElementById("desk-data").textContent);

function dressWhen(section, tools) {
  const inputs = [...tools.querySelectorAll("input[name]")];
  const fault = tools.querySelector(".field-error");
  const plan = tools.querySelector(".plan-next");
  plan.querySelector("a").href = document.getElementById("desk").dataset.nextUrl;
  for (const input of inputs) input.value = data.next[input.name] ?? "";
  plan.hidden = !data.next.date;
  const keeper = new Keeper({
    path: "nasta-mote/",
    fields: () => Object.fromEntries(inputs.map((input) => [input.name, input.value])),
    kept: keptValue({
      read: () => inputs.map((input) => input.value),
      write: (values) => inputs.forEach((input, i) => { input.value = values[i]; }),
      name: "nästa möte",
      section,
    }),
    accept: (answer) => {
      section.querySelector("[data-next-sentence]").textContent = answer.sentence;
      plan.hidden = !answer.sentence;
      dot(section, "text", Boolean(answer.sentence || section.querySelector(".text").textContent.trim()));
    },
    refused: (message) => tell(fault, message),
  });
  for (const input of inputs) input.addEventListener("input", () => keeper.touch());
}

/** A text of one's own is printed instead of the sentence. */
function dressSentence(section) {
  const text = section.querySelector(".text");
  const sentence = section.querySelector("[data-next-sentence]");
  section.addEventListener("input", () => { sentence.hidden = Boolean(text.textContent.trim()); });
}

function dressTopics(section, tools) {
  const list = tools.querySelector(".topic-fields");
  const shown = section.querySelector("[data-topics]");
  const pairs = () => [...list.children].map((row) => [...row.querySelectorAll("input")].map((input) => input.value.trim()));
  const said = () => pairs().filter(([text]) => text);
  const add = (text = "", who = "") => {
    const row = copyOf("tools-topic");
    const [first, second] = row.querySelectorAll("input");
    first.value = text;
    second.value = who;
    list.append(row);
    return first;
  };
  for (const line of shown.querySelectorAll("li")) add(line.dataset.text, line.dataset.who);
  const keeper = new Keeper({
    path: `punkter/${section.dataset.item}/amnen/`,
    fields: () => ({ topics: JSON.stringify(said()) }),
    kept: keptValue({
      read: said,
      write: (rows) => {
        list.replaceChildren();
        for (const [text, who] of rows) add(text, who);
      },
      name: "ämnen att ta upp",
      section,
    }),
    accept: () => {
      shown.hidden = !said().length;
      shown.querySelector("ul").replaceChildren(...said().map(([text, who]) => {
        const line = document.createElement("li");
        line.textContent = who ? `${text} (${who})` : text;
        return line;
      }));
    },
  });
  list.addEventListener("input", () => keeper.touch());
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    add().focus();
  });
  tools.addEventListener("click", (event) => {
    const act = event.target.closest("button")?.dataset.act;
    if (act === "add-topic") add().focus();
    else if (act === "drop") {
      event.target.closest(".topic-field").remove();
      keeper.touch({ now: true });
      tools.querySelector("[data-act=add-topic]").focus();
    }
  });
}

export function dress(section) {
  if (section.dataset.kind !== "next_meeting") return;
  const tools = copyOf("tools-next");
  section.querySelector("[data-topics]").after(tools);
  dressWhen(section, tools);
  dressSentence(section);
  dressTopics(section, tools);
}
