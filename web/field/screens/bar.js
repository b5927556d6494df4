// On every screen: what only this phone has, and whether there is a network.
import { h } from "../../src/lib/dom.js";
import { icon } from "../parts.js";

export async function showBar(app) {
  const { visits, photos } = await app.store.unsent();
  const bar = document.getElementById("bar");
  bar.replaceChildren(
    h("a", { class: "bar-home", href: "#/", "aria-label": "任务" }, icon("shield-check"), "现场"),
    h("span", { class: "bar-net" }, icon(navigator.onLine ? "wifi" : "wifi-off"), navigator.onLine ? "有网络" : "无网络"),
    h("a", { class: `bar-unsent ${visits ? "some" : ""}`, href: "#/queue", id: "unsent" },
      icon(visits ? "cloud-upload" : "circle-check"), visits ? unsentWords(visits, photos) : "全部送达"),
  );
}

export const unsentWords = (visits, photos) => `未送达 ${visits}${photos ? `（照片 ${photos}）` : ""}`;
