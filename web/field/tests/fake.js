// An office as the phone sees it, in memory, that fails as often as a test wants.
import "fake-indexeddb/auto";
import { randomBytes } from "node:crypto";
import { openStore } from "../store.js";
import { sha256 } from "../photo.js";
import { Server } from "../server.js";
import { beginVisit, finishVisit, withAnswer } from "../visit.js";

export const TEMPLATE = {
  slug: "patrol", version: 3, title: "巡查表", sections: [
    { title: "口部", items: [
      { key: "clear", text: "口部畅通", answer: "pass", photo: "always" },
      { key: "rust", text: "门扇无锈蚀", answer: "pass", photo: "on_fail", when: { system: "防护设备" } },
    ] },
    { title: "测量", items: [
      { key: "humidity", text: "相对湿度", answer: "number", unit: "%", limits: { max: 75 }, photo: "on_fail", when: { system: "通风空调" } },
      { key: "remark", text: "其他情况", answer: "text", photo: "never" },
    ] },
  ],
};
export const PLATE = { code: "0123456789AB", title: "五一广场", systems: ["防护设备"], hazards: [], campaigns: ["c1"], done: [], register: [] };
export const PERSON = { id: "p1", name: "赵巡查" };

let stores = 0;
export const freshStore = () => openStore(`test-${stores += 1}`);

// A finished visit with photos of the given sizes, in the queue.
export async function queueVisit(store, id, sizes) {
  let visit = beginVisit({ id, plate: PLATE, campaign: { id: "c1" }, template: TEMPLATE, device: "d1", now: Date.now() });
  visit = withAnswer(visit, "clear", { result: "pass", photos: sizes.map((_, i) => `${id}-${i}`) });
  await store.saveVisit(visit);
  for (const [i, size] of sizes.entries()) {
    const bytes = new Uint8Array(randomBytes(size)).buffer;
    const photo = { id: `${id}-${i}`, visit: id, item: "clear", sha256: await sha256(bytes), size, media_type: "image/jpeg", taken: Date.now(), lon: null, lat: null };
    await store.addPhoto(visit, photo, bytes);
  }
  const finished = finishVisit(visit, await store.photosOf(id), TEMPLATE.sections.flatMap(({ items }) => items), Date.now());
  await store.saveVisit(finished);
  return finished;
}

export class Office {
  constructor({ fails = () => false } = {}) {
    Object.assign(this, { fails, visits: new Map(), photos: new Map(), taken: 0, asked: [] });
  }

  server = () => new Server({ person: PERSON.id, device: "d1", fetch: (url, options) => this.fetch(url, options) });

  async fetch(url, { method, body, headers }) {
    this.asked.push(`${method} ${url}`);
    const fails = this.fails(method, url);
    if (fails === "before") throw new TypeError("network");
    const [status, said] = await this.answer(method, url, body, headers);
    if (fails === "after") throw new TypeError("network");
    if (fails === "portal") return { ok: true, status: 200, json: async () => JSON.parse("<html>") };
    if (fails === "broken") return { ok: false, status: 502, json: async () => ({ error: "bad gateway" }) };
    return { ok: status < 400, status, json: async () => said };
  }

  async answer(method, url, body, headers) {
    const [, kind, id] = /^\/field\/(visits|photos)\/([^/]+)\//.exec(url);
    if (kind === "visits") return this.visit(method, id, body);
    return this.photo(method, id, body, headers);
  }

  visit(method, id, body) {
    if (method === "PUT") {
      const text = body;
      if (this.visits.has(id) && this.visits.get(id).text !== text) return [409, { number: "409.100", what: "内容不同" }];
      if (!this.visits.has(id)) this.visits.set(id, { text, ...JSON.parse(text) });
    }
    const visit = this.visits.get(id);
    if (!visit) return [404, { number: "404.101", what: "还没有收到" }];
    const missing = visit.photos.map((photo) => photo.id).filter((photo) => !this.photos.get(photo)?.whole);
    const promised = visit.photos.length;
    return [200, { visit: id, promised, received: promised - missing.length, missing, complete: !missing.length }];
  }

  async photo(method, id, body, headers) {
    const here = this.photos.get(id) ?? { bytes: new Uint8Array(0), whole: false };
    const promise = [...this.visits.values()].flatMap(({ photos }) => photos).find((photo) => photo.id === id);
    if (!promise) return [404, { number: "404.102", what: "没有登记" }];
    if (method === "PUT" && !here.whole && Number(headers["Upload-Offset"]) === here.bytes.length) {
      here.bytes = new Uint8Array([...here.bytes, ...new Uint8Array(body)]);
      if (here.bytes.length === promise.size) {
        here.whole = (await sha256(here.bytes)) === promise.sha256;
        this.taken += 1;
        if (!here.whole) return [422, { number: "422.106", what: "摘要不同" }];
      }
      this.photos.set(id, here);
    }
    return [200, { received: here.bytes.length, done: here.whole }];
  }
}
