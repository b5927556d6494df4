import assert from "node:assert/strict";
import { test } from "node:test";
import { BadFrame, encode } from "../cbor.js";
import { decodeOrder, decodeRoster, Mode } from "../frames.js";
import { confirmation, describeOrder, duration, time, typedRight } from "../prompt.js";

const ISSUED = Date.UTC(2026, 9, 30, 1, 0, 0) / 1000;
const NOV_1 = Date.UTC(2026, 10, 1, 1, 30, 0) / 1000; // 09:30 in Beijing
const octets = ({ mode = Mode.TRIAL, start = NOV_1 - ISSUED, flat = [1, 0, 2, 480, 3, 960], target = 0 }) =>
  encode([1, 430103, 3, 17, ISSUED, 3 * 86400, mode, start, flat, target]);
const order = (given) => decodeOrder(octets(given));
const said = (given, list) => Object.fromEntries(describeOrder(order(given), list));

test("the prompt of the 11·1 trial names every second", () => {
  const rows = said({});
  assert.match(rows.方式, /^试鸣/);
  assert.equal(rows.信号, "09:30:00 预先警报；09:38:00 空袭警报；09:46:00 解除警报");
  assert.equal(rows.开始, "2026年11月1日（周日）09:30:00");
  assert.equal(rows.对象, "本单位全部警报器");
});

test("an immediate live order says so and cannot be confirmed with the words of a trial", () => {
  const live = { mode: Mode.LIVE, start: null, flat: [2, 0] };
  assert.equal(said(live).开始, "第二人放行后立即");
  assert.equal(said({ ...live, flat: [2, 0, 3, 360] }).信号, "立即 空袭警报；6 分后 解除警报");
  assert.equal(confirmation(order(live)), "发布实警空袭警报");
  assert.equal(confirmation(order({})), "试鸣11月1日");
  assert.equal(typedRight("试鸣11月1日", order(live)), false);
  assert.equal(typedRight(" 发布实警 空袭警报", order(live)), true);
});

test("a list is named with its content and refused without it", () => {
  assert.match(said({ target: [5, 0] }).对象, /不得签名/);
  assert.match(said({ target: [5, 0] }, { number: 6, sirens: [1] }).对象, /不得签名/);
  assert.equal(said({ target: [5, 0] }, { number: 5, sirens: [7, 9] }).对象, "第 5 号清单，共 2 台：7、9");
  assert.equal(said({ target: [[7, 9]] }).对象, "共 2 台：7、9");
});

test("octets that are no order are refused", () => {
  for (const bad of [{ mode: 4 }, { flat: [] }, { flat: [1] }, { target: [[]] }, { target: [0, 0] }, { start: -1 }]) {
    assert.throws(() => order(bad), BadFrame, JSON.stringify(bad));
  }
  const roster = encode([6, 1, 1, ISSUED, [[2, 1, new Uint8Array(32), 3, ISSUED]]]);
  assert.throws(() => decodeRoster(roster), /live and trial/);
});

test("times are Beijing's, lengths are words", () => {
  assert.equal(time(NOV_1 - 9.5 * 3600 - 1), "2026年10月31日（周六）23:59:59");
  assert.equal(duration(90061), "1 天 1 小时");
  assert.equal(duration(0), "0 秒");
});
