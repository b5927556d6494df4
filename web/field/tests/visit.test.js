import assert from "node:assert/strict";
import { test } from "node:test";
import { PLATE, TEMPLATE } from "./fake.js";
import { readBundle } from "../bundle.js";
import { codeInScan, readCode, spaced } from "../code.js";
import { fitted } from "../photo.js";
import { uuid7 } from "../uuid7.js";
import { answerOf, beginVisit, finishVisit, itemsFor, judged, openPoints, readNumber, sectionsFor, withAnswer } from "../visit.js";
import { stamp } from "../words.js";

const begin = () => beginVisit({ id: "v", plate: PLATE, campaign: { id: "c1" }, template: TEMPLATE, device: "d", now: 1_790_000_000_000 });
const item = (key) => itemsFor(TEMPLATE, { systems: ["防护设备", "通风空调"] }).find((one) => one.key === key);

test("a code is read as people and plates give it", () => {
  assert.equal(readCode(" 0oi2-3456-789a "), "00123456789A");
  assert.equal(codeInScan("https://rf.example.gov.cn/p/0123456789AB/"), "0123456789AB");
  assert.equal(codeInScan("http://10.0.0.8:8000/p/0123456789ab?online"), "0123456789AB");
  assert.equal(codeInScan("0123456789AB"), "0123456789AB");
  for (const wrong of ["", null, "https://example.com/", "0123", "U123456789AB", "https://x/p/0123/"]) assert.equal(codeInScan(wrong), null);
  assert.equal(spaced("0123456789AB"), "0123-4567-89AB");
});

test("a number is read with either comma, and nonsense is told from nothing", () => {
  assert.deepEqual(["72", " 3，5 ", "-1.5", "", "七", "1e99"].map(readNumber), [72, 3.5, -1.5, null, undefined, undefined]);
});

test("only items of systems the plate has are asked", () => {
  assert.deepEqual(itemsFor(TEMPLATE, PLATE).map(({ key }) => key), ["clear", "rust", "remark"]);
  assert.equal(sectionsFor(TEMPLATE, { systems: [] })[1].items.length, 1);
});

test("a measured value is judged by its limits", () => {
  assert.deepEqual([75, 75.1, null].map((value) => judged(item("humidity"), value)), ["pass", "fail", null]);
  assert.equal(judged(item("clear"), 3), null);
});

test("what stands open is named", () => {
  const items = itemsFor(TEMPLATE, PLATE);
  let visit = withAnswer(begin(), "clear", { result: "pass" });
  assert.deepEqual(openPoints(visit, items).unanswered.map(({ key }) => key), ["rust"]);
  assert.deepEqual(openPoints(visit, items).photos.map(({ key }) => key), ["clear"]);
  visit = withAnswer(withAnswer(visit, "clear", { photos: ["f"] }), "rust", { result: "na" });
  assert.deepEqual(openPoints(visit, items), { unanswered: [], photos: [], failed: [] });
});

test("the package promises the photos the phone holds, and is not changed by what follows", () => {
  const visit = withAnswer(begin(), "clear", { result: "fail", comment: "堆物", photos: ["f"] });
  const photo = { id: "f", sha256: "00", size: 5, media_type: "image/jpeg", taken: 1_790_000_000_000, lon: 112.9, lat: 28.1 };
  const { package: packed, state, form } = finishVisit(visit, [photo], itemsFor(TEMPLATE, PLATE), 1_790_000_600_000);
  assert.equal(state, "queued");
  assert.equal(form, undefined);
  assert.deepEqual([packed.format, packed.plate, packed.template, packed.version], ["hudun-visit/1", PLATE.code, "patrol", 3]);
  assert.deepEqual(packed.answers, [{ item: "clear", result: "fail", value: null, comment: "堆物", photos: ["f"] }]);
  assert.deepEqual(packed.photos.map(({ id, size, lon }) => [id, size, lon]), [["f", 5, 112.9]]);
  assert.match(packed.finished, /\+08:00$/);
});

test("a clock set back during a visit does not end it before it began", () => {
  const { package: packed } = finishVisit(begin(), [], [], 1);
  assert.ok(packed.finished >= packed.started);
});

test("an answer that was not given is empty", () => {
  assert.deepEqual(answerOf(begin(), "rust"), { result: null, value: null, comment: "", photos: [] });
});

test("ids are UUIDv7 in the order of their making", () => {
  const [a, b] = [uuid7(1_790_000_000_000), uuid7(1_790_000_000_001)];
  assert.match(a, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(a < b);
});

test("times carry the offset of Beijing", () => assert.equal(stamp(0), "1970-01-01T08:00:00.000+08:00"));

test("a picture is made smaller, never larger", () => {
  assert.deepEqual([fitted(8000, 6000, 2048), fitted(100, 50, 2048), fitted(9000, 3, 2048)], [[2048, 1536], [100, 50], [2048, 1]]);
});

test("a bundle says of each plate where it is to be visited and where it has been", () => {
  const held = readBundle({
    templates: [{ slug: "patrol", version: 2 }, { slug: "patrol", version: 3 }],
    campaigns: [
      { id: "a", template: "patrol", version: null, plates: [{ code: "X", done: true }, { code: "Y", done: false }] },
      { id: "b", template: "patrol", version: 2, plates: [{ code: "X", done: false }] },
    ],
    plates: { X: { code: "X" }, Y: { code: "Y" } },
  });
  assert.deepEqual(held.plates, [{ code: "X", campaigns: ["a", "b"], done: ["a"] }, { code: "Y", campaigns: ["a"], done: [] }]);
  assert.deepEqual(held.campaigns.map(({ version }) => version), [3, 2]);
});
