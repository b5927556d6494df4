// What cannot wait. A siren that sounds without an order fills the width of the desk until somebody
// has seen to it; what is less is one line a kind, so that a dead broker does not bury it.
import { h, keyed, setText } from "../lib/dom.js";
import { clock, countdown } from "./shown.js";

const EACH = ["unsolicited", "impostor"];
const NAMED = 5;

// [{ key, kind, alerts }]: an alert that stands alone, or all of one kind.
export function gather(alerts) {
  const rows = new Map();
  for (const alert of alerts) {
    const key = EACH.includes(alert.kind) ? alert.id : alert.kind;
    if (!rows.has(key)) rows.set(key, { key, kind: alert.kind, alerts: [] });
    rows.get(key).alerts.push(alert);
  }
  return [...rows.values()];
}

export function alertsView(root, options) {
  const { desk } = options;
  const show = keyed(root, ({ key }) => key, (row) => (EACH.includes(row.kind) ? alone(row, options) : together(row, options)));
  const update = () => {
    root.hidden = desk.alerts.length === 0;
    show(gather(desk.alerts));
  };
  update();
  return { update };
}

function alone({ kind, alerts: [first] }, { time, onStop, onPlace, onAcknowledge }) {
  const [what, since] = [h("strong"), h("span", { class: "alert-since" })];
  const [where, keeper] = [h("p", { class: "alert-where" }), h("p", { class: "alert-keeper" }, keeperLine(first))];
  const stop = kind === "unsolicited" ? button("stop stop-one", "停止这一台", () => onStop([first.siren])) : null;
  const notice = kind === "unsolicited" ? h("a", { class: "btn", href: `/soundings/alerts/${first.id}/notice/` }, "误鸣公告") : null;
  const element = h("article", { class: `alert alert-${kind}` },
    h("div", { class: "alert-text" }, h("h2", {}, what, since), where, keeper),
    h("div", { class: "alert-do" }, stop, button("btn", "在地图上看", () => onPlace(first.siren)), notice, button("btn", "已知悉", () => onAcknowledge([first.id]))));
  const show = ({ alerts: [alert] }) => {
    setText(what, `${alert.word}：${alert.name}`);
    setText(since, alert.ended_at
      ? `${clock(alert.at)} 开始，${clock(alert.ended_at)} 停止，共 ${countdown(alert.ended_at - alert.at)}`
      : `${clock(alert.at)} 开始，已 ${countdown(time.now() - alert.at)}`);
    setText(where, [`${alert.n} 号`, alert.area, alert.address || "地址未登记", alert.text].filter(Boolean).join(" · "));
  };
  return { element, show };
}

function together({ kind }, { onShow, onAcknowledge }) {
  let ids = [];
  const [what, names] = [h("strong"), h("p", { class: "alert-where" })];
  const element = h("article", { class: `alert alert-${kind}` },
    h("div", { class: "alert-text" }, h("h2", {}, what), names),
    h("div", { class: "alert-do" }, button("btn btn-sm", "只看这些", () => onShow(kind)), button("btn btn-sm", "已知悉", () => onAcknowledge(ids))));
  const show = ({ alerts }) => {
    ids = alerts.map(({ id }) => id);
    setText(what, `${alerts[0].word} ${alerts.length} 台`);
    setText(names, `${alerts.slice(0, NAMED).map(({ name }) => name).join("、")}${alerts.length > NAMED ? " 等" : ""}`);
  };
  return { element, show };
}

const button = (look, text, onclick) => h("button", { type: "button", class: look, onclick }, text);

function keeperLine({ keeper, phone }) {
  if (!phone) return ["管护人电话未登记"];
  return [`管护人 ${keeper || "（姓名未登记）"} `, h("a", { href: `tel:${phone}` }, phone)];
}
