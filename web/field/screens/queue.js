// What this phone holds that the office may not have yet, and the ways to get it there.
import { h } from "../../src/lib/dom.js";
import { button, card, icon, notice, visitBadge } from "../parts.js";
import { fileName, queueFile } from "../queuefile.js";
import { bytes, minute } from "../words.js";
import { loginNotice } from "./home.js";

export async function queueScreen(app) {
  return h("div", { class: "screen", "data-live": "" },
    h("h1", {}, "送达"),
    app.needsLogin ? loginNotice() : null,
    app.postman.last?.stopped === "later" ? notice("info", "wifi-off", h("p", {}, `${app.postman.last.why}。稍后自动再送，不用守着。`)) : null,
    await queueList(app), queueTools(app, {}), await keeping(app));
}

export async function queueList(app) {
  const visits = (await app.store.visits()).sort((a, b) => b.started - a.started);
  const rows = await Promise.all(visits.map((visit) => row(app, visit)));
  if (!rows.length) return h("p", { class: "empty-note" }, "这台手机里还没有检查记录。");
  return h("ul", { class: "queue" }, rows);
}

async function row(app, visit) {
  const photos = await app.store.photosOf(visit.id);
  const size = photos.reduce((sum, photo) => sum + photo.size, 0);
  return h("li", { class: "card", "data-visit": visit.id }, h("div", { class: "card-body" },
    h("div", { class: "queue-head" }, h("b", {}, visit.title), visitBadge(visit)),
    h("p", { class: "muted" }, `${minute(visit.started)}${photos.length ? `　照片 ${photos.length} 张，${bytes(size)}` : ""}`),
    said(app, visit), problem(app, visit)));
}

function said(app, visit) {
  const progress = app.progress.get(visit.id);
  if (visit.state === "draft") return h("p", {}, h("a", { href: `#/plate/${visit.plate}` }, "继续填写"));
  if (visit.state === "delivered") return h("p", {}, `${minute(visit.deliveredAt)} 服务器已点收，照片 ${visit.package.photos.length} 张全部到齐。`);
  if (visit.state === "queued" && progress) return h("progress", { max: progress.of, value: progress.sent, "aria-label": "正在送照片" });
  return null;
}

function problem(app, visit) {
  if (visit.state !== "refused") return null;
  return h("div", { class: "notice notice-bad" }, icon("circle-x"), h("div", {},
    h("p", {}, visit.problem.what), h("p", {}, "记录和照片仍在手机里。", visit.problem.todo ?? ""),
    h("p", { class: "small" }, `编号 ${visit.problem.number}`),
    button("refresh", "再送一次", async () => { await app.store.retry(visit.id); await app.deliver(); }, "btn-sm")));
}

export function queueTools(app, { leaving }) {
  return h("div", { class: "tools" },
    button("cloud-upload", "立即送达", () => app.wake(), "btn-primary"),
    button("download", "导出队列文件", () => exportQueue(app)),
    leaving ? null : button("logout", "退出并清除", () => leave(app)));
}

async function exportQueue(app) {
  const { blob, visits } = await queueFile(app.store, Date.now());
  if (!visits) return tell("没有可以导出的记录。草稿要先结束检查。");
  const anchor = h("a", { href: URL.createObjectURL(blob), download: fileName(Date.now()) });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
}

// Logging out asks the phone to forget; it does so when the last photo has been counted.
async function leave(app) {
  const { visits, drafts } = await app.store.unsent();
  if (drafts) return tell(`还有 ${drafts} 份草稿。请先结束检查或删除草稿，再退出。`);
  if (visits && !confirm(`还有 ${visits} 份记录没有送达。现在退出的话，先只保留这些记录，送达后自动清除。`)) return;
  await app.store.setMeta({ leaving: "logout" });
  await app.checkLoan();
}

const tell = (words) => alert(words);

async function keeping(app) {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const lasting = app.persisted ?? (await navigator.storage?.persisted?.());
  return card("这台手机",
    h("p", {}, lasting ? "浏览器已答应长期保存本应用的资料。" : "浏览器没有答应长期保存：请把本应用添加到主屏幕，并尽早送达。"),
    h("p", { class: "muted" }, `已用 ${bytes(usage)}，还可用 ${bytes(Math.max(0, quota - usage))}。设备编号 ${app.device.slice(-8)}。`));
}
