import assert from "node:assert/strict";
import { test } from "node:test";
import { Office, PERSON, freshStore, queueVisit } from "./fake.js";
import { deliverAll, isCounted } from "../deliver.js";
import { leaveIfDelivered } from "../leaving.js";
import { sha256 } from "../photo.js";
import { queueFile } from "../queuefile.js";

// A drawn sequence that a seed replays.
function drawing(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

async function untilDelivered(store, office, most = 200) {
  for (let i = 0; i < most; i++) {
    const outcome = await deliverAll(store, office.server());
    if (!(await store.queued()).length) return outcome;
  }
  throw new Error("not delivered");
}

test("a visit goes first, then every photo, then it is delivered", async () => {
  const store = await freshStore(), office = new Office();
  const visit = await queueVisit(store, "v1", [300_000, 10]);
  const outcome = await deliverAll(store, office.server());
  assert.equal(outcome.delivered, 1);
  assert.equal(office.asked[0], "PUT /field/visits/v1/");
  assert.equal((await store.visit("v1")).state, "delivered");
  for (const { id, sha256: digest } of visit.package.photos) assert.equal(await sha256(office.photos.get(id).bytes), digest);
  assert.deepEqual(await store.photosOf("v1"), []);
});

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(`nothing is lost and nothing doubled on a bad line, seed ${seed}`, async () => {
    const draw = drawing(seed), kinds = ["before", "after", "portal", "broken"];
    const office = new Office({ fails: () => draw() < 0.4 && kinds[Math.floor(draw() * kinds.length)] });
    const store = await freshStore();
    const visits = [await queueVisit(store, "a", [90_000, 70_000]), await queueVisit(store, "b", []), await queueVisit(store, "c", [1])];
    await untilDelivered(store, office);
    assert.deepEqual([...office.visits.keys()].sort(), ["a", "b", "c"]);
    assert.equal(office.taken, 3);
    for (const { id, sha256: digest } of visits.flatMap(({ package: { photos } }) => photos)) {
      assert.equal(await sha256(office.photos.get(id).bytes), digest);
    }
  });
}

test("a lost answer after the office has committed does no harm", async () => {
  const store = await freshStore();
  let first = true;
  const office = new Office({ fails: (method) => method === "PUT" && first && !(first = false) && "after" });
  await queueVisit(store, "v", [10]);
  assert.equal((await deliverAll(store, office.server())).delivered, 1);
  assert.deepEqual([office.taken, office.asked.filter((asked) => asked === "PUT /field/visits/v/").length], [1, 2]);
});

test("a line that stays dead ends the try and keeps the queue", async () => {
  const store = await freshStore();
  let dead = true;
  const office = new Office({ fails: () => dead && "after" });
  await queueVisit(store, "v", [10]);
  assert.equal((await deliverAll(store, office.server())).stopped, "later");
  assert.equal((await store.visit("v")).state, "queued");
  dead = false;
  await untilDelivered(store, office);
  assert.equal(office.taken, 1);
});

test("delivered is said only when the office has counted what was promised", () => {
  const visit = { id: "v", package: { photos: [1, 2] } };
  const said = { visit: "v", promised: 2, received: 2, complete: true };
  assert.ok(isCounted(said, visit));
  for (const lie of [{ received: 1 }, { promised: 1, received: 1 }, { complete: false }, { complete: "yes" }, { visit: "w" }]) {
    assert.ok(!isCounted({ ...said, ...lie }, visit));
  }
});

test("an office that forgets a photo never hears the end of it", async () => {
  const store = await freshStore(), office = new Office();
  await queueVisit(store, "v", [10]);
  const honest = office.visit.bind(office);
  office.visit = (...asked) => {
    const [status, said] = honest(...asked);
    return [status, { ...said, received: 0, missing: [], complete: true }];
  };
  const outcome = await deliverAll(store, office.server());
  assert.equal(outcome.stopped, "later");
  assert.equal((await store.visit("v")).state, "queued");
  assert.equal((await store.photosOf("v")).length, 1);
});

test("a refused visit keeps everything and holds nobody up", async () => {
  const store = await freshStore(), office = new Office();
  office.visits.set("a", { text: "something else", photos: [] });
  await queueVisit(store, "a", [10]);
  await queueVisit(store, "b", []);
  const outcome = await deliverAll(store, office.server());
  assert.deepEqual([outcome.delivered, outcome.refused], [1, 1]);
  const refused = await store.visit("a");
  assert.equal(refused.problem.number, "409.100");
  assert.equal((await store.photosOf("a")).length, 1);
  assert.deepEqual(await store.unsent(), { visits: 1, drafts: 0, photos: 1 });
});

test("no log-in stops the queue and loses nothing", async () => {
  const store = await freshStore(), office = new Office();
  office.answer = async () => [401, { number: "401.1", what: "登录已超时" }];
  await queueVisit(store, "v", [10]);
  assert.equal((await deliverAll(store, office.server())).stopped, "login");
  assert.equal((await store.visit("v")).state, "queued");
});

test("the phone forgets when all is delivered, and never before", async () => {
  const store = await freshStore(), office = new Office();
  await store.setMeta({ person: PERSON, device: "d1", leaving: "office" });
  await queueVisit(store, "v", [10]);
  assert.equal(await leaveIfDelivered(store, office.server(), Date.now()), false);
  assert.equal((await store.photosOf("v")).length, 1);
  await deliverAll(store, office.server());
  const said = [], told = { logOut: async () => said.push("logged out") };
  assert.equal(await leaveIfDelivered(store, told, Date.now()), true);
  assert.deepEqual([await store.visits(), await store.meta("person"), await store.meta("device")], [[], undefined, "d1"]);
  assert.deepEqual(said, ["logged out"]);
});

test("a draft is not forgotten either, and the loan runs out", async () => {
  const store = await freshStore();
  await store.saveVisit({ id: "d", state: "draft", plate: "x" });
  await store.setMeta({ keepUntil: 1000 });
  assert.equal(await leaveIfDelivered(store, {}, 2000), false);
  await store.discardDraft("d");
  assert.equal(await leaveIfDelivered(store, {}, 900), false);
  assert.equal(await leaveIfDelivered(store, {}, 2000), true);
});

test("only a draft may be thrown away", async () => {
  const store = await freshStore();
  await queueVisit(store, "v", [10]);
  await store.discardDraft("v");
  assert.equal((await store.visit("v")).state, "queued");
});

test("the exported file holds every undelivered record and photo", async () => {
  const store = await freshStore();
  await store.setMeta({ person: PERSON, device: "d1" });
  await queueVisit(store, "v", [1000, 2000]);
  await store.saveVisit({ id: "d", state: "draft", plate: "x" });
  const { blob, visits } = await queueFile(store, Date.now());
  assert.equal(visits, 1);
  const { unzipSync, strFromU8 } = await import("fflate");
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  assert.deepEqual(Object.keys(files).sort(), ["photos/v-0.jpg", "photos/v-1.jpg", "queue.json", "visits/v.json"]);
  assert.equal(JSON.parse(strFromU8(files["queue.json"])).person.id, "p1");
  const photo = JSON.parse(strFromU8(files["visits/v.json"])).photos[0];
  assert.equal(await sha256(files[`photos/${photo.id}.jpg`]), photo.sha256);
});
