// Ending a visit: what is still open is named once, then the visit goes into the queue, on the disk before a word is said.
import { h } from "../../src/lib/dom.js";
import { button, icon } from "../parts.js";
import { answerOf, finishVisit, openPoints, progress } from "../visit.js";

export async function finishDialog(sheet) {
  document.activeElement?.blur(); // what is being typed counts
  await sheet.work;
  const open = openPoints(sheet.visit, sheet.items);
  const comment = h("textarea", { class: "form-control", rows: 3, maxlength: 2000, id: "visit-comment" });
  comment.value = sheet.visit.comment;
  const clear = h("input", { type: "checkbox", class: "form-check-input", id: "visit-clear", checked: sheet.visit.clear });
  const dialog = h("dialog", { class: "finish", "aria-labelledby": "finish-title" },
    h("h2", { id: "finish-title" }, "结束检查"), summary(sheet, open),
    h("label", { class: "form-label", for: "visit-comment" }, "总的说明"), comment,
    mayBeClear(open) ? h("label", { class: "form-check" }, clear, h("span", {}, clearWords(sheet))) : null,
    h("p", { class: "muted small" }, "结束后不能再改。记录和照片先存入手机，有网络时自动送达。"),
    h("div", { class: "tools" },
      button("flag-check", open.unanswered.length || open.photos.length ? "照此结束" : "结束检查", () => end(sheet, dialog, comment.value.trim(), mayBeClear(open) && clear.checked), "btn-primary"),
      button("pencil", "继续检查", () => dialog.close()),
      sheet.saved ? button("trash", "删除草稿", () => discard(sheet, dialog)) : null));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const mayBeClear = ({ failed, unanswered }) => !failed.length && !unanswered.length;

function clearWords(sheet) {
  const count = sheet.visit.form.plate.hazards.length;
  return count ? `未发现隐患：销号原有 ${count} 处隐患` : "未发现隐患";
}

function summary(sheet, { unanswered, photos, failed }) {
  const count = (sheet.items.flatMap(({ key }) => answerOf(sheet.visit, key).photos)).length;
  const { done, of } = progress(sheet.visit, sheet.items);
  const line = (mark, words) => h("li", {}, icon(mark), words);
  return h("ul", { class: "summary" },
    line("clipboard-check", `共 ${of} 项，已查 ${done} 项，照片 ${count} 张`),
    failed.length ? line("alert-triangle", `不合格 ${failed.length} 项：${names(failed)}`) : null,
    unanswered.length ? line("info-circle", `没查 ${unanswered.length} 项：${names(unanswered)}`) : null,
    photos.length ? line("camera", `缺照片 ${photos.length} 项：${names(photos)}`) : null);
}

const names = (items) => items.slice(0, 3).map(({ text }) => text).join("；") + (items.length > 3 ? " 等" : "");

async function end(sheet, dialog, comment, clear) {
  const photos = await sheet.app.store.photosOf(sheet.visit.id);
  await sheet.change((visit) => finishVisit({ ...visit, comment, clear }, photos, sheet.items, Date.now()));
  if (sheet.visit.state !== "queued") return; // it could not be written; the sheet says why
  sheet.ended = true;
  dialog.close();
  sheet.app.go("#/queue");
  await requestSync();
  if (navigator.onLine) await sheet.app.deliver();
}

async function discard(sheet, dialog) {
  if (!confirm("删除这份草稿和其中的照片？删除后找不回来。")) return;
  sheet.ended = true;
  await sheet.app.store.discardDraft(sheet.visit.id);
  dialog.close();
  sheet.app.go("#/");
}

// Where the browser can, it delivers even when the app is closed.
async function requestSync() {
  const worker = await navigator.serviceWorker?.getRegistration("/field/");
  await worker?.sync?.register("deliver").catch(() => {});
}
