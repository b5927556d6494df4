// Delivering the queue: the visit first, then each photo on its own in parts, from where the server says it is.
// Everything may be repeated; nothing counts as delivered before the server has counted what was promised.
import { Refusal } from "./server.js";

const PART = { least: 32 * 1024, first: 128 * 1024, most: 1024 * 1024 };
const ROUNDS = 4;
const TRIES = 3, BREATH = 500; // on a bad line a second try a moment later mostly does

// Everything asked here may be asked again, so what only failed on the way is.
async function insist(ask) {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (error.kind !== "later" || left === 0) throw error;
      await new Promise((done) => setTimeout(done, BREATH));
    }
  }
}

// → { delivered, refused, stopped }: stopped is null, "later" or "login".
export async function deliverAll(store, server, tell = () => {}) {
  const outcome = { delivered: 0, refused: 0, stopped: null, why: "" };
  for (const visit of await store.queued()) {
    try {
      await deliverVisit(store, server, visit, tell);
      outcome.delivered += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.kind !== "refused") return { ...outcome, stopped: error.kind, why: error.problem.what };
      await store.markRefused(visit.id, error.problem);
      outcome.refused += 1;
    }
    tell({ visit: visit.id });
  }
  return outcome;
}

async function deliverVisit(store, server, visit, tell) {
  let said = await insist(() => server.putVisit(visit.id, visit.package));
  for (let round = 0; round < ROUNDS && !isCounted(said, visit); round++) {
    for (const id of said.missing) await deliverPhoto(store, server, visit, id, tell);
    said = await insist(() => server.visit(visit.id));
  }
  if (!isCounted(said, visit)) throw new Refusal("later", { what: "服务器还没有收齐照片" });
  await store.markDelivered(visit.id, Date.now());
}

export function isCounted(said, visit) {
  const promised = visit.package.photos.length;
  return said.complete === true && said.visit === visit.id && said.promised === promised && said.received === promised;
}

async function deliverPhoto(store, server, visit, id, tell) {
  const bytes = await store.bytesOf(id);
  if (!bytes) throw new Refusal("refused", { number: "0", what: "这张照片在手机里找不到了。", todo: "请导出队列，交办公室处理。" });
  const standing = () => insist(() => server.photo(id, visit.id));
  let { received: at, done } = await standing();
  let size = PART.first, misses = 0;
  while (!done) {
    const part = bytes.slice(at, at + size);
    try {
      ({ received: at, done } = await server.putPart(id, visit.id, at, part));
      size = Math.min(size * 2, PART.most);
      misses = 0;
    } catch (error) {
      misses += 1;
      if (error.kind !== "later" || misses > TRIES) throw error;
      size = PART.least; // a bad line carries little at a time
      ({ received: at, done } = await standing());
    }
    tell({ visit: visit.id, photo: id, sent: at, of: bytes.byteLength });
  }
}
