import assert from "node:assert/strict";
import { test } from "node:test";
import { Polygon } from "../polygon.js";

const draw = (...points) => points.reduce((polygon, point) => { polygon.add(point); return polygon; }, new Polygon());

test("closes over three corners, and not before", () => {
  assert.equal(draw([0, 0], [1, 0]).close(), false);
  const area = draw([0, 0], [1, 0], [0, 1]);
  assert.equal(area.geometry(), null);
  assert.equal(area.close(), true);
  assert.deepEqual(area.geometry().coordinates, [[[0, 0], [1, 0], [0, 1], [0, 0]]]);
});

test("a bow tie is refused, a bent corner is not", () => {
  assert.equal(draw([0, 0], [1, 1], [1, 0], [0, 1]).close(), false);
  assert.equal(draw([0, 0], [2, 0], [2, 2], [1, 1], [0, 2]).close(), true);
});

test("goes back a step, opens again, starts over, and comes back from what was stored", () => {
  const area = draw([0, 0], [1, 0], [0, 1]);
  area.close();
  area.add([5, 5]);
  assert.equal(area.points.length, 3, "a closed area takes no corner");
  area.back();
  assert.equal(area.closed, false);
  area.back();
  assert.equal(area.points.length, 2);
  area.again();
  assert.deepEqual(area.drawn().features, []);
  const stored = Polygon.from({ type: "Polygon", coordinates: [[[0, 0], [1, 0], [0, 1], [0, 0]]] });
  assert.equal(stored.closed, true);
  assert.equal(stored.drawn().features.length, 4);
});
