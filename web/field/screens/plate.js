// The form of one plate. A new visit lives in memory until its first answer; from then on every touch is saved.
import { h } from "../../src/lib/dom.js";
import { spaced } from "../code.js";
import { badge, card, facts, icon, link, notice } from "../parts.js";
import { whereAmI } from "../place.js";
import { uuid7 } from "../uuid7.js";
import { beginVisit, itemsFor, progress, sectionsFor } from "../visit.js";
import { day } from "../words.js";
import { finishDialog } from "./finish.js";
import { itemField } from "./item.js";

export async function plateScreen(app, code) {
  const draft = code && (await app.store.visitsOf(code)).find(({ state }) => state === "draft");
  const visit = draft ?? (code && (await newVisit(app, code)));
  if (!visit) return notHeld(app, code);
  const sheet = new Sheet(app, visit, Boolean(draft));
  sheet.locate();
  return sheet.element();
}

async function newVisit(app, code) {
  const plate = await app.store.plate(code);
  if (!plate) return null;
  const campaigns = (await app.store.campaigns()).filter(({ id }) => plate.campaigns.includes(id));
  const campaign = campaigns.find(({ id }) => !plate.done?.includes(id)) ?? campaigns[0];
  const template = campaign && (await app.store.template(campaign.template, campaign.version));
  if (!template) throw new Error(`手机里没有“${plate.title}”的检查表，请联网更新资料。`);
  return beginVisit({ id: uuid7(), plate, campaign, template, device: app.device, now: Date.now() });
}

function notHeld(app, code) {
  return h("div", { class: "screen" },
    notice("warn", "alert-triangle",
      h("p", {}, code ? `牌号 ${spaced(code)} 不在本人的检查任务里。` : "牌号不对：应是 12 位字母和数字。"),
      h("p", {}, "手机只保存本人任务里的对象。新增的任务要联网更新资料后才有。")),
    code && navigator.onLine ? link("external-link", "打开网上的页面", `/p/${code}/?online`, "wide") : null,
    link("scan", "扫另一块", "#/scan", "wide"));
}

// The visit as it stands, and the way every change of it takes: first to the disk, then to the screen.
class Sheet {
  constructor(app, visit, saved) {
    Object.assign(this, { app, visit, saved, ended: false });
    this.items = itemsFor(visit.form.template, visit.form.plate);
    this.line = h("p", { class: "saved-line", role: "status" });
    this.count = h("span", {});
    this.work = Promise.resolve();
  }

  // One change after the other. `put(visit)` writes; what could not be written is not shown as written.
  change(make, put = (visit) => this.app.store.saveVisit(visit)) {
    this.work = this.work.then(async () => {
      if (this.ended) return;
      const next = make(this.visit);
      await put(next);
      this.visit = next;
      this.saved = true;
      this.showSaved();
      await this.app.refreshBar();
    }).catch((error) => this.showFailure(error));
    return this.work;
  }

  showSaved() {
    const { done, of } = progress(this.visit, this.items);
    this.count.textContent = `已查 ${done}/${of}`;
    this.line.className = "saved-line";
    this.line.textContent = this.saved ? "已存入手机" : "填写后自动存入手机";
  }

  showFailure(error) {
    this.line.className = "saved-line bad";
    this.line.textContent = error.name === "QuotaExceededError" ? "手机存储空间已满，刚才这一步没有存下。请腾出空间后再试。" : `没有存下：${error.message}`;
  }

  async locate() {
    this.where = await whereAmI();
    if (this.where && !this.visit.position && !this.ended) {
      if (this.saved) await this.change((visit) => ({ ...visit, position: this.where }));
      else this.visit = { ...this.visit, position: this.where };
    }
  }

  element() {
    const { plate, template } = this.visit.form;
    this.showSaved();
    return h("div", { class: "screen form" },
      h("h1", {}, plate.title),
      h("p", { class: "muted" }, `${template.title}　牌号 ${spaced(plate.code)}`),
      ...hazards(plate), register(plate), this.#sections(),
      h("footer", { class: "foot" }, h("div", {}, this.count, this.line),
        h("button", { type: "button", class: "btn btn-primary", onclick: () => finishDialog(this) }, icon("flag-check"), "结束检查")));
  }

  #sections() {
    const { plate, template } = this.visit.form;
    const urgent = new Set(plate.hazards.map(({ item }) => item));
    const sections = sectionsFor(template, plate);
    const first = sections.flatMap(({ items }) => items.filter(({ key }) => urgent.has(key)));
    const rest = sections.map(({ title, items }) => ({ title, items: items.filter(({ key }) => !urgent.has(key)) }));
    return [{ title: "先复看未销号的隐患", items: first }, ...rest].filter(({ items }) => items.length)
      .map(({ title, items }) => card(title, ...items.map((item) => itemField(this, item))));
  }
}

function hazards(plate) {
  if (!plate.hazards.length) return [];
  return [notice("bad", "alert-triangle", h("p", {}, h("b", {}, `未销号隐患 ${plate.hazards.length} 处`)),
    h("ul", {}, plate.hazards.map((hazard) => h("li", {}, `${hazard.kind}（${hazard.grade}）`,
      hazard.found_at ? `　${day(hazard.found_at)} 发现` : "", hazard.due_on ? `　限 ${day(hazard.due_on)} 前整改` : "",
      hazard.overdue ? badge("bad", "clock", "已逾期") : ""))))];
}

function register(plate) {
  return h("details", { class: "card register", open: true }, h("summary", {}, "登记情况"), facts(plate.register));
}
