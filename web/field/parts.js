// Small pieces of every screen.
import { h } from "../src/lib/dom.js";

const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${document.body.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

export const badge = (tone, mark, words) => h("span", { class: `state state-${tone}` }, icon(mark), words);

export const notice = (tone, mark, ...words) => h("div", { class: `notice notice-${tone}`, role: "status" }, icon(mark), h("div", {}, ...words));

export const button = (mark, words, onclick, look = "") =>
  h("button", { type: "button", class: `btn ${look}`, onclick }, icon(mark), words);

export const link = (mark, words, href, look = "") => h("a", { class: `btn ${look}`, href }, icon(mark), words);

export const card = (title, ...body) => h("section", { class: "card" }, h("div", { class: "card-body" }, h("h2", {}, title), ...body));

export const facts = (lines) =>
  h("dl", { class: "facts" }, lines.map(([label, value]) => h("div", { class: "wide" }, h("dt", {}, label), h("dd", {}, value || "—"))));

const STATES = {
  draft: ["warn", "pencil", "草稿"],
  queued: ["info", "cloud-upload", "待送达"],
  refused: ["bad", "circle-x", "被退回"],
  delivered: ["ok", "circle-check", "已送达"],
};

export const visitBadge = (visit) => badge(...STATES[visit.state]);
