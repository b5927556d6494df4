// The last resort: the whole queue as one .zip that the desk takes in, and that anybody can open and look at.
import { zipSync, strToU8 } from "fflate";

export async function queueFile(store, now) {
  const visits = (await store.visits()).filter(({ package: packed, state }) => packed && state !== "delivered");
  const files = {};
  for (const visit of visits) {
    files[`visits/${visit.id}.json`] = strToU8(JSON.stringify(visit.package));
    for (const { id } of visit.package.photos) {
      const bytes = await store.bytesOf(id);
      if (bytes) files[`photos/${id}.jpg`] = new Uint8Array(bytes);
    }
  }
  const about = { format: "hudun-queue/1", person: await store.meta("person"), device: await store.meta("device"), made: new Date(now).toISOString(), visits: visits.length };
  files["queue.json"] = strToU8(JSON.stringify(about, null, 1));
  return { blob: new Blob([zipSync(files, { level: 0 })], { type: "application/zip" }), visits: visits.length };
}

export function fileName(now) {
  return `护盾现场队列-${new Date(now + 8 * 3600_000).toISOString().slice(0, 16).replace(/[-:]/g, "").replace("T", "-")}.zip`;
}
