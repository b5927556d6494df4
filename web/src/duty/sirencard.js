// One siren: its state, its place, its keeper, and its stop.
import { h } from "../lib/dom.js";
import { age, clock, day, stateOf, STATES } from "./shown.js";

// `onAsk(n)`: the card has been opened and wants the telemetry, which the board does not have.
export function sirenCard(dialog, { desk, time, onStop, onPlace, onAsk }) {
  const draw = (siren) => dialog.replaceChildren(...content(siren, { desk, time, onStop, onPlace, close: () => dialog.close() }));
  const open = (n) => {
    const siren = desk.sirens.get(n);
    if (!siren) return;
    draw(siren);
    if (!dialog.open) dialog.show();
    dialog.dataset.n = n;
    dialog.querySelector("h2").focus();
    onAsk(n);
  };
  // Whoever is about to press a button in it keeps the focus there.
  const update = (numbers) => {
    const n = Number(dialog.dataset.n);
    if (!dialog.open || !numbers.includes(n)) return;
    const focused = [...dialog.querySelectorAll("h2, button, a")].indexOf(document.activeElement);
    draw(desk.sirens.get(n));
    dialog.querySelectorAll("h2, button, a")[focused]?.focus();
  };
  dialog.addEventListener("keydown", (event) => { if (event.key === "Escape") dialog.close(); });
  return { open, update };
}

function content(siren, { desk, time, onStop, onPlace, close }) {
  const { tone, word } = STATES[stateOf(siren, time.now(), desk.lostAfter)];
  const heard = siren.at === null ? "从未" : `${day(siren.at)} ${clock(siren.at)}（${age(siren.at, time.now())}）`;
  const facts = [
    ["编号", siren.n], ["状态", h("span", { class: `state state-${tone}` }, word)], ["情况", siren.note || "无"],
    ["最近消息", heard], ["遥测", siren.told || "没有"], ["地点", `${siren.area} ${siren.address ?? ""}`],
    ["管护人", siren.phone ? [`${siren.keeper ?? ""} `, h("a", { href: `tel:${siren.phone}` }, siren.phone)] : "电话未登记"],
  ];
  return [
    h("header", {}, h("h2", { tabindex: "-1" }, siren.name),
      h("button", { type: "button", class: "ghost", "aria-label": "关闭", onclick: close }, "✕")),
    h("dl", {}, facts.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, [value].flat())))),
    h("footer", {},
      h("button", { type: "button", class: "stop stop-one", onclick: () => onStop([siren.n]) }, "停止这一台"),
      h("button", { type: "button", class: "btn", onclick: () => onPlace(siren.n) }, "在地图上看"),
      h("a", { class: "btn", href: siren.url }, "台账")),
  ];
}
