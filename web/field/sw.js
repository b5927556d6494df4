// The worker of the field app: keeps the shell, opens the plates that the phone holds, delivers in the background.
// self.HUDUN = { version, shell, assets } is put before this text by the server.
import { deliverAll } from "./deliver.js";
import { leaveIfDelivered } from "./leaving.js";
import { codeInScan } from "./code.js";
import { Server } from "./server.js";
import { openStore } from "./store.js";

const { version, shell, assets } = self.HUDUN;
const CACHE = `hudun-field-${version}`;
const KEPT = new Set([shell, ...assets]);

self.addEventListener("install", (event) => {
  const fresh = [...KEPT].map((url) => new Request(url, { cache: "reload", credentials: "omit" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldShells().then(() => self.clients.claim()));
});

async function forgetOldShells() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("hudun-field-") && name !== CACHE).map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname.startsWith("/p/")) event.respondWith(plate(request, url));
  else if (KEPT.has(url.pathname + url.search) || (request.mode === "navigate" && url.pathname === shell)) event.respondWith(kept(request, url));
});

async function kept(request, { pathname, search }) {
  const name = pathname === shell ? shell : pathname + search;
  return (await caches.match(name)) ?? fetch(request);
}

// A plate the phone holds opens in the app, with or without a network; any other is the server's, if it can be reached.
async function plate(request, url) {
  if (!url.searchParams.has("online") && (await holds(codeInScan(url.pathname)))) return caches.match(shell);
  try {
    return await fetch(request);
  } catch {
    return caches.match(shell);
  }
}

async function holds(code) {
  return Boolean(code) && withStore((store) => store.plate(code));
}

self.addEventListener("sync", (event) => {
  if (event.tag === "deliver") event.waitUntil(withStore(deliver));
});

async function deliver(store) {
  const [person, device] = await Promise.all([store.meta("person"), store.meta("device")]);
  const onWipe = () => store.setMeta({ leaving: "office" });
  const server = new Server({ person: person?.id, device, onWipe });
  const outcome = await navigator.locks.request("hudun-deliver", () => deliverAll(store, server));
  await leaveIfDelivered(store, server, Date.now());
  new BroadcastChannel("hudun-field").postMessage("changed");
  if (outcome.stopped === "later") throw new Error("again later"); // the browser tries again by itself
}

async function withStore(work) {
  const store = await openStore();
  try {
    return await work(store);
  } finally {
    store.close();
  }
}
