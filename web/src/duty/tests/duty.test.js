import assert from "node:assert/strict";
import { test } from "node:test";
import { gather } from "../alerts.js";
import { Feed } from "../feed.js";
import { age, countdown, counts, phase, stateOf, stopFigure } from "../shown.js";
import { Asker, Desk } from "../state.js";
import { Stopping } from "../stopping.js";
import { OfficeTime } from "../time.js";

const NOW = Date.UTC(2026, 10, 1, 1, 29, 0);
const ORDER = {
  id: "o", state: "released", state_word: "已放行", starts_at: NOW + 60e3,
  programme: [{ name: "预先警报", at: 0, seconds: 180 }, { name: "空袭警报", at: 480, seconds: 180 }],
};
const EMPTY = { sirens: [], orders: [], alerts: [], stops: [], processes: [], lost_after: 900, signals: [] };

test("a siren unheard for too long is lost, one out of service is not", () => {
  const siren = (state, seconds) => stateOf({ state, at: NOW - seconds * 1000 }, NOW, 900);
  assert.deepEqual([siren("ok", 899), siren("ok", 901), siren("fault", 901), siren("out", 9999)], ["ok", "lost", "lost", "out"]);
  assert.equal(stateOf({ state: "never", at: null }, NOW, 900), "never");
  assert.equal(counts([{ state: "ok", at: 0 }, { state: "ok", at: NOW }], NOW, 900).lost, 1);
});

test("an age is said in words that need no arithmetic", () => {
  const said = [0, 59, 60, 3600, 47 * 3600, 49 * 3600].map((s) => age(NOW - s * 1000, NOW));
  assert.deepEqual(said, ["刚刚", "刚刚", "1 分前", "1 小时前", "47 小时前", "2 天前"]);
  assert.equal(age(null, NOW), "从未");
});

test("an order counts down to its start, through each signal and the silence between", () => {
  const at = (seconds) => phase(ORDER, NOW + seconds * 1000);
  assert.deepEqual(at(0), { label: "11月1日 09:30:00 开始，还有", value: "00:01:00" });
  assert.deepEqual(at(61), { label: "预先警报（第 1/2 个）鸣响中，剩余", value: "00:02:59" });
  assert.deepEqual(at(60 + 200), { label: "空袭警报（第 2/2 个）还有", value: "00:04:40" });
  assert.match(at(60 + 700).label, /等待回执/);
  assert.equal(phase({ ...ORDER, state: "signed" }, NOW).value, "第二人放行");
  assert.equal(countdown(2 * 86400e3 + 1), "2 天 00:00:01");
});

test("a stop says how many are silent and how long the last one took", () => {
  const stop = { pressed_at: NOW, published_at: NOW + 50, total: 60, silent: 12, seconds: null };
  assert.equal(stopFigure(stop, NOW + 2000), "12/60 台已确认静默，已过 2 秒");
  assert.equal(stopFigure({ ...stop, silent: 60, seconds: 0.84 }, NOW), "60/60 台已确认静默，末台用时 0.8 秒");
  assert.equal(stopFigure({ ...stop, published_at: null }, NOW), "停止令等待送出");
  assert.match(stopFigure({ ...stop, published_at: null }, NOW, false), /hudun stop --all/);
});

test("only the rows that came are touched, and strangers are ignored", () => {
  const desk = new Desk({ ...EMPTY, sirens: [{ n: 1, state: "ok", at: 0 }, { n: 2, state: "ok", at: 0 }], orders: [ORDER] });
  assert.deepEqual(desk.merge({ ...EMPTY, sirens: [{ n: 2, state: "sounding" }, { n: 99, state: "ok" }] }), [2]);
  assert.deepEqual([desk.sirens.get(1).state, desk.sirens.get(2).state], ["ok", "sounding"]);
  assert.equal(desk.orders.length, 0);
});

test("a storm of changes is one question, and a lost answer is asked for again", async () => {
  const [asked, told, waits] = [[], [], []];
  let fails = 1;
  const asker = new Asker({
    ask: async (numbers) => { asked.push(numbers); if (fails-- > 0) throw new Error("断网"); return numbers; },
    tell: (state) => told.push(state), later: (work, ms) => waits.push([work, ms]), most: 3,
  });
  asker.changed({ payload: { sirens: [1, 2] } });
  asker.changed({ payload: { sirens: [2, 3] } });
  asker.changed({ payload: { orders: ["o"] } });
  assert.equal(waits.length, 1);
  await waits[0][0]();
  assert.deepEqual([asked, told], [[[1, 2, 3]], []]);
  assert.equal(waits[1][1], 1000);
  asker.changed({ payload: { sirens: [4] } });
  await waits[1][0]();
  assert.deepEqual([asked[1], told], [null, [null]], "too many for one line: everything is asked for");
});

test("a change that comes while the desk asks is asked for next, also when it names no siren", async () => {
  const waits = [], answers = [], told = [];
  const asker = new Asker({
    ask: () => new Promise((answer) => answers.push(answer)), tell: (state) => told.push(state), later: (work) => waits.push(work),
  });
  asker.changed({ payload: { stop: "first" } });
  const asking = waits[0]();
  asker.changed({ payload: { stop: "second" } });
  answers[0]("without the second");
  await asking;
  assert.equal(waits.length, 2);
  const again = waits[1]();
  answers[1]("with it");
  await again;
  assert.deepEqual([told, waits.length], [["without the second", "with it"], 2]);
});

test("a dead broker's thousand lost sirens do not bury the one that sounds", () => {
  const alerts = [{ id: "a", kind: "unsolicited" }, ...Array.from({ length: 1000 }, (_, n) => ({ id: n, kind: "lost" })), { id: "b", kind: "unsolicited" }];
  assert.deepEqual(gather(alerts).map(({ key, alerts: { length } }) => [key, length]), [["a", 1], ["lost", 1000], ["b", 1]]);
});

class Source extends EventTarget {
  close() { this.closed = true; }
  say(type, data, id) { this.dispatchEvent(Object.assign(new Event(type), { data: JSON.stringify(data), lastEventId: id })); }
}

function feed() {
  const made = { sources: [], urls: [], changes: [], waits: [], time: 0 };
  made.feed = new Feed({
    url: "/live/?topics=siren", after: 5, onChange: (c) => made.changes.push(c), onBeat: () => {}, onReload: () => { made.reloaded = true; },
    open: (url) => { made.urls.push(url); made.sources.push(new Source()); return made.sources.at(-1); },
    monotonic: () => made.time, later: (work, ms) => { made.waits.push(ms); work(); },
  });
  made.feed.start();
  return made;
}

test("a broken stream is asked for again after what was heard, ever more slowly", () => {
  const made = feed();
  made.sources[0].say("change", { seq: 8 }, "8");
  made.sources[0].dispatchEvent(new Event("error"));
  made.sources[1].dispatchEvent(new Event("error"));
  assert.deepEqual(made.urls, ["/live/?topics=siren&after=5", "/live/?topics=siren&after=8", "/live/?topics=siren&after=8"]);
  assert.deepEqual(made.waits, [500, 1000]);
  assert.equal(made.sources[0].closed, true);
  made.sources[2].say("beat", {}, "8");
  made.sources[2].dispatchEvent(new Event("error"));
  assert.deepEqual(made.waits, [500, 1000, 500]);
});

test("a stream that hangs is noticed and replaced", () => {
  const made = feed();
  made.time = 9000;
  made.feed.watch();
  assert.equal(made.sources.length, 1);
  made.time = 12000;
  assert.equal(made.feed.silence(), 12000);
  made.feed.watch();
  assert.equal(made.sources.length, 2);
  made.feed.watch();
  assert.equal(made.sources.length, 2, "a fresh one is given its time");
});

test("a press that wakes the window does not count, the next one does, a double one is one", async () => {
  let time = 0;
  const sent = [];
  const stopping = new Stopping({ send: async (target) => { sent.push(target); return { id: 1 }; }, monotonic: () => time, wait: async () => {} });
  assert.equal(await stopping.press({ all: true }), null);
  time = 1000;
  const [first, second] = await Promise.all([stopping.press({ all: true }), stopping.press({ all: true })]);
  assert.deepEqual([first.ok, second], [true, null]);
  assert.equal(sent.length, 1);
});

test("a stop is insisted on until the server answers, but not against its refusal", async () => {
  let answers = [new Error("断网"), new Error("断网"), null];
  const send = async () => { const error = answers.shift(); if (error) throw error; return { id: 2 }; };
  const stopping = new Stopping({ send, monotonic: () => 1e9, wait: async () => {} });
  stopping.awakeAt = 0;
  assert.equal((await stopping.press({ all: true })).ok, true);
  answers = [Object.assign(new Error("无权"), { final: true }), null];
  assert.deepEqual(await stopping.press({ all: true }), { ok: false, why: "无权" });
});

test("office time follows the server, also when it runs faster", () => {
  let at = 0;
  const time = new OfficeTime(1000000, () => at);
  at = 2000;
  time.heard(1000000 + 2000 * 60);
  assert.equal(time.rate, 60);
  at = 3000;
  assert.equal(time.now(), 1000000 + 3000 * 60);
});
