// Everything the phone keeps. What a screen calls saved has been committed to the disk before: durability "strict".
import { openDB } from "idb";

const SAFE = { durability: "strict" };
const HELD = ["plates", "campaigns", "templates"];
const ALL = [...HELD, "meta", "visits", "photos", "bytes"];

export async function openStore(name = "hudun-field") {
  const db = await openDB(name, 1, { upgrade, blocking: (_, __, event) => event.target.close() });
  return new Store(db);
}

function upgrade(db) {
  db.createObjectStore("meta");
  db.createObjectStore("plates", { keyPath: "code" });
  db.createObjectStore("campaigns", { keyPath: "id" });
  db.createObjectStore("templates", { keyPath: ["slug", "version"] });
  db.createObjectStore("visits", { keyPath: "id" }).createIndex("plate", "plate");
  db.createObjectStore("photos", { keyPath: "id" }).createIndex("visit", "visit");
  db.createObjectStore("bytes"); // photo id → ArrayBuffer, apart so that lists stay light
}

class Store {
  constructor(db) {
    this.db = db;
  }

  close() {
    this.db.close();
  }

  // All of `names`, written together or not at all.
  async #write(names, work) {
    const tx = this.db.transaction(names, "readwrite", SAFE);
    try {
      await work((name) => tx.objectStore(name));
    } catch (error) {
      try { tx.abort(); } catch { /* it has ended by itself */ }
      await tx.done.catch(() => {});
      throw error;
    }
    await tx.done;
  }

  meta = (key) => this.db.get("meta", key);
  setMeta = (values) => this.#write(["meta"], (at) => putMeta(at, values));

  plate = (code) => this.db.get("plates", code);
  plates = () => this.db.getAll("plates");
  campaigns = () => this.db.getAll("campaigns");
  template = (slug, version) => this.db.get("templates", [slug, version]);
  templates = () => this.db.getAll("templates");
  visit = (id) => this.db.get("visits", id);
  visits = () => this.db.getAll("visits");
  visitsOf = (code) => this.db.getAllFromIndex("visits", "plate", code);
  photosOf = (visit) => this.db.getAllFromIndex("photos", "visit", visit);
  bytesOf = (photo) => this.db.get("bytes", photo);

  // Replaces what the phone may hold. A draft carries its own form and does not notice.
  holdBundle = (bundle, meta) => this.#write([...HELD, "meta"], async (at) => {
    await Promise.all(HELD.map((name) => at(name).clear()));
    await Promise.all(HELD.flatMap((name) => bundle[name].map((record) => at(name).put(record))));
    await putMeta(at, meta);
  });

  saveVisit = (visit) => this.#write(["visits"], (at) => at("visits").put(visit));

  // The photo and the answer that shows it become known together.
  addPhoto = (visit, photo, bytes) => this.#write(["visits", "photos", "bytes"], async (at) => {
    await at("bytes").put(bytes, photo.id);
    await at("photos").put(photo);
    await at("visits").put(visit);
  });

  dropPhoto = (visit, id) => this.#write(["visits", "photos", "bytes"], async (at) => {
    await at("visits").put(visit);
    await at("photos").delete(id);
    await at("bytes").delete(id);
  });

  // Only a draft is thrown away, and only by its inspector.
  discardDraft = (id) => this.#write(["visits", "photos", "bytes"], async (at) => {
    if ((await at("visits").get(id))?.state !== "draft") return;
    await forgetPhotos(at, id);
    await at("visits").delete(id);
  });

  // The server has counted what was promised: the bytes may go, the line stays.
  markDelivered = (id, when) => this.#write(["visits", "photos", "bytes"], async (at) => {
    const visit = await at("visits").get(id);
    await forgetPhotos(at, id);
    await at("visits").put({ ...visit, state: "delivered", deliveredAt: when, problem: null });
  });

  markRefused = (id, problem) => this.#write(["visits"], async (at) => {
    const visit = await at("visits").get(id);
    if (visit.state !== "delivered") await at("visits").put({ ...visit, state: "refused", problem });
  });

  retry = (id) => this.#write(["visits"], async (at) => {
    const visit = await at("visits").get(id);
    if (visit.state === "refused") await at("visits").put({ ...visit, state: "queued", problem: null });
  });

  async queued() {
    return (await this.visits()).filter(({ state }) => state === "queued");
  }

  // What only this phone has: drafts, what waits, what was refused.
  async unsent() {
    const visits = (await this.visits()).filter(({ state }) => state !== "delivered");
    const photos = await Promise.all(visits.map(({ id }) => this.db.countFromIndex("photos", "visit", id)));
    return {
      visits: visits.length,
      drafts: visits.filter(({ state }) => state === "draft").length,
      photos: photos.reduce((sum, count) => sum + count, 0),
    };
  }

  // Nothing undelivered is ever wiped: asked again inside the transaction that wipes.
  async wipe() {
    let wiped = false;
    await this.#write(ALL, async (at) => {
      const visits = await at("visits").getAll();
      if (visits.some(({ state }) => state !== "delivered")) return;
      const device = await at("meta").get("device");
      for (const name of ALL) await at(name).clear();
      if (device) await at("meta").put(device, "device");
      wiped = true;
    });
    return wiped;
  }
}

const putMeta = (at, values) =>
  Promise.all(Object.entries(values).map(([key, value]) => at("meta").put(value, key)));

async function forgetPhotos(at, visit) {
  for (const id of await at("photos").index("visit").getAllKeys(visit)) {
    await at("photos").delete(id);
    await at("bytes").delete(id);
  }
}
