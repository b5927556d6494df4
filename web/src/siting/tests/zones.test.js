import assert from "node:assert/strict";
import { test } from "node:test";
import { Zones } from "../zones.js";

const square = [[0, 0], [1, 0], [1, 1], [0, 1]];

test("an area is kept once it is closed, and the next one begins", () => {
  const zones = new Zones("");
  for (const point of square) zones.polygon.add(point);
  assert.equal(JSON.parse(zones.text()).zones.length, 0);
  assert.ok(zones.close());
  assert.deepEqual(JSON.parse(zones.text()), { rows: [], zones: [[...square, square[0]]] });
  assert.equal(zones.polygon.points.length, 0);
  assert.equal(zones.close(), false);
});

test("what was kept stays: the list of candidates and earlier areas", () => {
  const kept = { rows: [["甲", 113, 28, 20, null]], zones: [[...square, square[0]]] };
  const zones = new Zones(JSON.stringify(kept));
  assert.deepEqual(JSON.parse(zones.text()), kept);
  assert.equal(zones.drawn().features[0].properties.name, "避开区 1");
});

test("one step back takes the last point, then the last area", () => {
  const zones = new Zones(JSON.stringify({ zones: [[...square, square[0]]] }));
  zones.polygon.add([5, 5]);
  zones.back();
  assert.equal(JSON.parse(zones.text()).zones.length, 1);
  zones.back();
  assert.equal(JSON.parse(zones.text()).zones.length, 0);
});

test("sides that cross close nothing; nonsense counts as nothing", () => {
  const zones = new Zones("{nonsense");
  for (const point of [[0, 0], [1, 1], [1, 0], [0, 1]]) zones.polygon.add(point);
  assert.equal(zones.close(), false);
});
