import assert from "node:assert/strict";
import { test } from "node:test";
import { edges, onAt, seconds } from "../pattern.js";
import { spoken } from "../panel.js";
import { Player, schedule } from "../player.js";

const EARLY = { name: "预先", strokes: [[36, 24]], repeat: 3 };
const RAID = { name: "空袭", strokes: [[6, 6]], repeat: 15 };
const CLEAR = { name: "解除", strokes: [[180, 0]], repeat: 1 };

test("the three national signals last 180 s and have their edges", () => {
  assert.deepEqual([EARLY, RAID, CLEAR].map(seconds), [180, 180, 180]);
  assert.deepEqual(edges(EARLY), [[0, 36], [60, 96], [120, 156]]);
  assert.equal(edges(RAID).length, 15);
  assert.deepEqual(edges(CLEAR), [[0, 180]]);
  assert.deepEqual([0, 35.9, 36, 59.9, 60].map((s) => onAt(EARLY, s)), [true, true, false, false, true]);
});

test("strokes without a pause between them are one sound", () => {
  assert.deepEqual(edges({ strokes: [[5, 0], [5, 10]], repeat: 2 }), [[0, 10], [20, 30]]);
});

test("is said in words", () => {
  assert.equal(spoken(EARLY), "鸣 36 秒停 24 秒，反复 3 遍");
  assert.equal(spoken(CLEAR), "长鸣 180 秒");
});

test("the gain is silent before the first edge, between edges and after the last", () => {
  const calls = [];
  const gain = { setValueAtTime: (v, t) => calls.push([v, t]), linearRampToValueAtTime: (v, t) => calls.push([v, t]) };
  schedule(gain, EARLY, 100);
  const silent = calls.filter(([value]) => value === 0).map(([, at]) => at);
  assert.deepEqual(silent, [100, 136, 160, 196, 220, 256]);
});

test("a player that plays nothing has no position and may be stopped", () => {
  const player = new Player({ currentTime: 0 });
  player.stop();
  assert.equal(player.position(), null);
});
