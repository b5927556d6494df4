// What the person is to visit: by campaign, what is left first.
import { h } from "../../src/lib/dom.js";
import { badge, button, icon, link, notice, visitBadge } from "../parts.js";
import { day, minute } from "../words.js";

export async function homeScreen(app) {
  const { store } = app;
  const [plates, campaigns, visits] = await Promise.all([store.plates(), store.campaigns(), store.visits()]);
  const newest = new Map(visits.sort((a, b) => a.started - b.started).map((visit) => [visit.plate, visit]));
  const list = h("div", {});
  const search = h("input", {
    class: "form-control", type: "search", placeholder: "按名称、街道、牌号查找", "aria-label": "查找", value: app.sought ?? "",
    oninput: () => { app.sought = search.value; fill(); },
  });
  const fill = () => list.replaceChildren(...campaigns.map((one) => campaignCard(one, found(plates, app.sought), newest)));
  fill();
  return h("div", { class: "screen" },
    app.needsLogin ? loginNotice() : null,
    link("scan", "扫标识牌", "#/scan", "btn-primary btn-lg wide"),
    search, list,
    campaigns.length ? null : notice("info", "info-circle", h("p", {}, "本人目前没有进行中的检查任务。")),
    h("p", { class: "muted small" }, `${app.person.name}，资料更新于 ${minute(await store.meta("fetchedAt"))}，可离线使用至 ${minute(await store.meta("keepUntil"))}。`),
    button("refresh", "更新资料", () => app.wake()));
}

export const loginNotice = () => notice("warn", "lock", h("p", {}, "登录已超时。记录都在手机里；登录后继续送达。"),
  h("p", {}, h("a", { href: "/login/?next=/field/" }, "现在登录")));

function found(plates, words = "") {
  const sought = words.trim().toLowerCase();
  if (!sought) return plates;
  return plates.filter((plate) => [plate.title, plate.code, plate.street ?? ""].some((text) => text.toLowerCase().includes(sought)));
}

function campaignCard(campaign, plates, newest) {
  const byCode = new Map(plates.map((plate) => [plate.code, plate]));
  const own = campaign.codes.map((code) => byCode.get(code)).filter(Boolean);
  const done = (plate) => Boolean(plate.done?.includes(campaign.id)) || isEnded(newest.get(plate.code), campaign);
  const left = own.filter((plate) => !done(plate));
  const rows = [...left, ...own.filter(done)].map((plate) => plateRow(plate, newest.get(plate.code), done(plate)));
  return h("section", { class: "card" }, h("div", { class: "card-body" },
    h("h2", {}, campaign.name),
    h("p", { class: "muted" }, `${campaign.closes ? `${day(campaign.closes)} 前完成` : ""}　已查 ${own.length - left.length}/${own.length}`),
    h("ul", { class: "plates" }, rows)));
}

const isEnded = (visit, campaign) => visit && visit.state !== "draft" && visit.campaign === campaign.id;

function plateRow(plate, visit, done) {
  const hazards = plate.hazards.length;
  return h("li", {}, h("a", { href: `#/plate/${plate.code}` },
    h("span", { class: "plate-title" }, plate.title),
    h("span", { class: "plate-marks" },
      visit ? visitBadge(visit) : done ? badge("ok", "circle-check", "已查") : badge("idle", "clipboard-list", "待查"),
      hazards ? badge("bad", "alert-triangle", `隐患 ${hazards}`) : null,
      h("span", { class: "muted" }, plate.street ?? "")),
    icon("chevron-right")));
}
