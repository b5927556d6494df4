// When the phone itself fails: what it holds is safe unless the browser refuses to open it.
import { h } from "../../src/lib/dom.js";
import { icon } from "../parts.js";

export function trouble(error) {
  const full = error?.name === "QuotaExceededError";
  return h("div", { class: "notice notice-bad", role: "alert" }, icon("alert-triangle"), h("div", {},
    h("p", {}, full ? "手机存储空间已满，刚才这一步没有存下。" : "这一页出错了。"),
    h("p", {}, "以前存下的记录和照片仍在手机里。"),
    h("p", {}, full ? "请删除其他照片或应用腾出空间后再试。" : "请刷新后再试；仍然出错时，请把下面这行告诉系统管理员。"),
    h("p", { class: "mono" }, String(error?.message ?? error)),
    h("p", {}, h("a", { href: "#/queue" }, "查看未送达的记录"))));
}
