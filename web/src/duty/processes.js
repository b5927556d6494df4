// Which process lives, and the broker.
import { h } from "../lib/dom.js";

export function processesView(root, { desk }) {
  const update = () => root.replaceChildren(...desk.processes.map(({ name, alive, word }) =>
    h("li", { class: `state state-${alive ? "ok" : "bad"}` }, `${name} ${word}`)));
  update();
  return { update };
}
