// The duty desk: what arrives is put into the state, and each part writes what changed of it.
import { soundCheck } from "../sound/panel.js";
import { alertsView } from "./alerts.js";
import { Board } from "./board.js";
import { setText } from "../lib/dom.js";
import { Feed } from "./feed.js";
import { mapView } from "./mapview.js";
import { ordersView } from "./orders.js";
import { processesView } from "./processes.js";
import { counts, STATES, stopFigure } from "./shown.js";
import { sirenCard } from "./sirencard.js";
import { Asker, Desk } from "./state.js";
import { Stopping } from "./stopping.js";
import { OfficeTime } from "./time.js";
import { warn } from "./chime.js";

const STALE = 6000; // two beats missed

export function startDesk(root, first, { server, mapOptions, open }) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const desk = new Desk(first);
  const time = new OfficeTime(first.now);
  const views = {};
  const stop = stopper({ root, part, server, desk });
  const place = (n) => { views.map?.place(n); part("map").scrollIntoView({ block: "nearest" }); };

  const card = sirenCard(part("card"), { desk, time, onStop: (sirens) => stop({ sirens }), onPlace: place, onAsk: (n) => asker.changed({ payload: { sirens: [n] } }) });
  const board = new Board(part("board"), { desk, time, onOpen: card.open, onSelect: (numbers) => selection(part, numbers) });
  views.orders = ordersView(part("orders"), { desk, time });
  views.alerts = alertsView(part("alerts"), {
    desk, time, onStop: (sirens) => stop({ sirens }), onPlace: place, onShow: (state) => pressChip(part, state),
    onAcknowledge: (ids) => Promise.all(ids.map(server.acknowledge)).catch((error) => setText(part("trouble"), `没有办成：${error.message}`)),
  });
  views.processes = processesView(part("processes"), { desk });
  views.stops = { update: () => stopLine(root, part, desk, time) };
  soundCheck(part("soundcheck"), desk.signals);
  filters(part, board);
  selectionButtons(part, board, stop);
  mapView(part("map"), { desk, time, options: mapOptions, onOpen: card.open }).then((map) => { views.map = map; }, console.error);

  const painter = painting({ board, card, views, desk, time, part });
  const asker = new Asker({ ask: server.state, tell: painter.merge, trouble: (error) => trouble(part, error) });
  const feed = new Feed({
    url: root.dataset.live, after: first.seq, open,
    onChange: (change) => (change.topic === "log" ? document.body.dispatchEvent(new Event("log")) : asker.changed(change)),
    onBeat: ({ now }) => time.heard(now),
    onReload: async () => { desk.load(await server.state(null)); board.build(); painter.all(); },
  });
  feed.start();
  setInterval(() => { feed.watch(); stale(part, feed); painter.second(); }, 1000);
  painter.all();
  return { desk, time, board, feed, painter, asker };
}

// Writes what came, and what time changed.
function painting({ board, card, views, desk, time, part }) {
  const few = () => {
    for (const name of ["orders", "alerts", "processes", "stops"]) views[name].update();
    chips(part, desk, time);
  };
  const merge = (state) => {
    const known = desk.unsolicited();
    const numbers = desk.merge(state);
    if (desk.unsolicited().some((id) => !known.includes(id))) warn();
    if (numbers.length) {
      board.update(numbers);
      card.update(numbers);
      views.map?.update();
    }
    few();
  };
  let seconds = 0;
  const second = () => {
    seconds += 1;
    for (const name of ["orders", "alerts", "stops"]) views[name].update();
    if (seconds % 10) return;
    board.refresh();
    chips(part, desk, time);
    views.map?.update();
  };
  const all = () => {
    few();
    views.map?.update();
  };
  return { merge, second, all };
}

function chips(part, desk, time) {
  const sums = counts(desk.sirens.values(), time.now(), desk.lostAfter);
  for (const chip of part("chips").querySelectorAll("[data-state]")) {
    const state = chip.dataset.state;
    setText(chip.querySelector("b"), String(state === "all" ? desk.sirens.size : sums[state]));
    chip.classList.toggle("zero", state !== "all" && sums[state] === 0);
  }
}

function filters(part, board) {
  const all = part("chips").querySelectorAll("[data-state]");
  for (const chip of all) {
    chip.addEventListener("click", () => {
      all.forEach((other) => other.setAttribute("aria-pressed", String(other === chip)));
      board.setFilter({ state: chip.dataset.state in STATES ? chip.dataset.state : null });
    });
  }
  part("search").addEventListener("input", (event) => board.setFilter({ text: event.target.value.trim() }));
}

function pressChip(part, state) {
  const chip = part("chips").querySelector(`[data-state="${state}"]`);
  chip?.click();
  chip?.focus();
}

function selection(part, numbers) {
  part("selection").hidden = numbers.length === 0;
  setText(part("selected"), `已选 ${numbers.length} 台`);
  setText(part("stop-some"), `停止所选 ${numbers.length} 台`);
}

function selectionButtons(part, board, stop) {
  part("stop-some").addEventListener("click", () => stop({ sirens: [...board.selected] }));
  part("clear").addEventListener("click", () => board.clear());
  part("pick").addEventListener("click", ({ currentTarget }) => {
    board.picking = !board.picking;
    currentTarget.setAttribute("aria-pressed", String(board.picking));
  });
}

// The big button, and Ctrl+F8 from wherever one is on this page.
function stopper({ root, part, server, desk }) {
  const stopping = new Stopping({ send: server.stop });
  addEventListener("focus", () => stopping.woke());
  const stop = async (target) => {
    setText(part("stop-word"), "正在发出停止令…");
    const answer = await stopping.press(target);
    if (!answer) {
      if (!stopping.busy.size) setText(part("stop-word"), "窗口刚刚唤醒，这一下没有算数：要停止请再按一次。");
      return;
    }
    root.classList.toggle("stop-failed", !answer.ok);
    if (answer.ok) desk.stops = [answer.stop, ...desk.stops.filter(({ id }) => id !== answer.stop.id)];
    setText(part("stop-word"), answer.ok ? "停止令已登记" : `停止令没有送出：${answer.why} 请立即在值班服务器上执行 hudun stop --all，并打电话给管护人断电。`);
  };
  part("stop-all").addEventListener("click", () => stop({ all: true }));
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey && event.key === "F8") || event.repeat) return;
    event.preventDefault();
    stop({ all: true });
  });
  return stop;
}

function stopLine(root, part, desk, time) {
  const stop = desk.lastStop();
  const notice = part("stop-notice");
  if (notice && stop) Object.assign(notice, { hidden: false, href: `/soundings/stops/${stop.id}/notice/` });
  root.classList.toggle("stop-stuck", Boolean(stop && !stop.published_at && !desk.sends()));
  if (stop && !root.classList.contains("stop-failed")) setText(part("stop-word"), `${stop.target}：${stopFigure(stop, time.now(), desk.sends())}`);
}

function stale(part, feed) {
  const silence = feed.silence();
  const bar = part("stale");
  bar.hidden = silence < STALE;
  document.body.classList.toggle("is-stale", silence >= STALE);
  setText(bar, silence < STALE ? "" : `画面已停更 ${Math.round(silence / 1000)} 秒，正在重新连接。“全部停止”仍可按下；不成时用 hudun stop。`);
}

function trouble(part, error) {
  setText(part("trouble"), error ? `画面没有更新：${error.message}` : "");
}
