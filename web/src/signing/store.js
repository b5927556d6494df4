// Where wrapped keys lie in this browser. Only the wrapped form is ever stored.
import { openDB } from "idb";
import { fromJSON, toJSON } from "./keyfile.js";
import { toBase64url } from "./octets.js";

const opened = () => openDB("hudun-keys", 1, { upgrade: (db) => db.createObjectStore("keys") });

export async function all() {
  const texts = await (await opened()).getAll("keys");
  return texts.map(fromJSON).sort((a, b) => a.name.localeCompare(b.name, "zh"));
}

export async function keep(file) {
  await navigator.storage?.persist?.(); // else the browser may throw keys away when the disk is full
  await (await opened()).put("keys", toJSON(file), toBase64url(file.public));
}

export const forget = async (file) => (await opened()).delete("keys", toBase64url(file.public));

export function download(name, text, type = "application/json") {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
