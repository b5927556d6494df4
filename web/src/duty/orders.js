// Open orders: what, to whom, how long until, and how far each siren has come.
import { h, keyed, setText } from "../lib/dom.js";
import { phase, PROGRESS } from "./shown.js";

export function ordersView(root, { desk, time }) {
  const empty = h("p", { class: "empty-line" }, "没有待执行的命令。");
  const list = h("div", { class: "order-list" });
  root.append(list, empty);
  const show = keyed(list, ({ id }) => id, () => orderCard(time));
  const update = () => {
    const orders = desk.orders;
    empty.hidden = orders.length > 0;
    show(orders);
  };
  update();
  return { update };
}

function orderCard(time) {
  const [mode, title, state] = [h("span"), h("a", { class: "order-title" }), h("span", { class: "order-state" })];
  const [label, value] = [h("span", { class: "order-label" }), h("b", { class: "order-value" })];
  const [bar, legend] = [h("div", { class: "progress-bar", role: "img" }), h("p", { class: "progress-legend" })];
  const element = h("article", { class: "order-card" },
    h("header", {}, mode, title, state), h("div", { class: "order-count" }, label, value), bar, legend);
  const show = (order) => {
    element.className = `order-card order-${order.mode}`;
    mode.className = `mode mode-${order.mode}`;
    setText(mode, order.mode_word);
    setText(title, order.title);
    if (title.getAttribute("href") !== order.url) title.setAttribute("href", order.url);
    setText(state, `${order.state_word} · ${order.target}`);
    const said = phase(order, time.now());
    setText(label, said.label);
    setText(value, said.value);
    bar.hidden = legend.hidden = ["drafted", "signed"].includes(order.state);
    progress(bar, legend, order);
  };
  return { element, show };
}

function progress(bar, legend, { progress: sums, total }) {
  const parts = PROGRESS.filter(([key]) => sums[key]);
  const said = parts.map(([key, word]) => `${word} ${sums[key]}`).join("  ") || "尚未送达";
  setText(legend, `共 ${total} 台　${said}`);
  if (bar.getAttribute("aria-label") === said) return;
  bar.setAttribute("aria-label", said);
  bar.replaceChildren(...parts.map(([key, word, tone]) => {
    const part = h("span", { class: `part part-${tone}`, title: `${word} ${sums[key]}` });
    part.style.flexGrow = sums[key];
    return part;
  }));
}
