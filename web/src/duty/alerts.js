// What cannot wait. A siren that sounds without an order fills the width of the desk until somebody
// has seen to it.
import { h, keyed, setText } from "./dom.js";
import { clock, countdown } from "./shown.js";

export function alertsView(root, { desk, time, onStop, onPlace, onAcknowledge }) {
  const show = keyed(root, ({ id }) => id, (alert) => alertCard(alert, { time, onStop, onPlace, onAcknowledge }));
  const update = () => {
    const alerts = desk.alerts;
    root.hidden = alerts.length === 0;
    show(alerts);
  };
  update();
  return { update };
}

function alertCard(first, { time, onStop, onPlace, onAcknowledge }) {
  const since = h("span", { class: "alert-since" });
  const what = h("strong");
  const where = h("p", { class: "alert-where" });
  const keeper = h("p", { class: "alert-keeper" });
  const buttons = first.kind === "unsolicited"
    ? [h("button", { type: "button", class: "stop stop-one", onclick: () => onStop([first.siren]) }, "停止这一台")] : [];
  const element = h("article", { class: `alert alert-${first.kind}` },
    h("div", { class: "alert-text" }, h("h2", {}, what, since), where, keeper),
    h("div", { class: "alert-do" }, buttons,
      h("button", { type: "button", class: "btn", onclick: () => onPlace(first.siren) }, "在地图上看"),
      h("button", { type: "button", class: "btn", onclick: () => onAcknowledge(first.id) }, "已知悉")));
  const show = (alert) => {
    setText(what, `${alert.word}：${alert.name}`);
    setText(since, alert.ended_at
      ? `${clock(alert.at)} 开始，${clock(alert.ended_at)} 停止，共 ${countdown(alert.ended_at - alert.at)}`
      : `${clock(alert.at)} 开始，已 ${countdown(time.now() - alert.at)}`);
    setText(where, `${alert.n} 号 · ${alert.area} · ${alert.address || "地址未登记"}`);
    if (!keeper.firstChild) keeper.append(...keeperLine(alert));
  };
  return { element, show };
}

function keeperLine({ keeper, phone }) {
  if (!phone) return ["管护人电话未登记"];
  return [`管护人 ${keeper || "（姓名未登记）"} `, h("a", { href: `tel:${phone}` }, phone)];
}
