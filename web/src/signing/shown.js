// The prompt as elements: the mode first and large, then a row each.
import { MODES } from "./prompt.js";

export function shownOrder(order, rows) {
  const { word, look, effect } = MODES[order.mode];
  const block = document.createElement("div");
  block.className = `prompt prompt-${look}`;
  const head = element("p", "prompt-mode", "");
  head.append(element("span", `mode mode-${look}`, word), ` ${effect}`);
  const list = element("dl", "facts prompt-rows", "");
  for (const [label, text] of rows.slice(1)) {
    const row = document.createElement("div");
    row.className = "wide";
    row.append(element("dt", "", label), element("dd", "", text));
    list.append(row);
  }
  block.append(head, list);
  return block;
}

function element(name, look, text) {
  const made = document.createElement(name);
  if (look) made.className = look;
  made.textContent = text;
  return made;
}
