// All sirens as tiles, by street. A tile keeps its place: an officer learns where each one is. Only
// what changed is written.
import { h, setAttribute, setText } from "../lib/dom.js";
import { age, stateOf, STATES } from "./shown.js";

export class Board {
  constructor(root, { desk, time, onOpen, onSelect }) {
    Object.assign(this, { root, desk, time, onOpen, onSelect });
    this.tiles = new Map();
    this.selected = new Set();
    this.filter = { state: null, text: "" };
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("keydown", (event) => this.keyed(event));
    this.build();
  }

  build() {
    const areas = new Map();
    for (const siren of this.desk.sirens.values()) {
      if (!areas.has(siren.area)) areas.set(siren.area, []);
      areas.get(siren.area).push(siren);
    }
    this.groups = [...areas].map(([area, sirens]) => this.group(area, sirens));
    this.root.replaceChildren(...this.groups.map(({ element }) => element));
    this.tiles.values().next().value?.element.setAttribute("tabindex", "0");
    this.refresh();
  }

  group(area, sirens) {
    const sums = h("span", { class: "board-sums" });
    const tiles = sirens.map((siren) => this.tile(siren));
    const element = h("section", { class: "board-group" },
      h("h3", {}, area || "未划街道", h("small", {}, `${sirens.length} 台`), sums),
      h("div", { class: "tiles" }, tiles));
    return { element, sums, sirens };
  }

  tile(siren) {
    const name = h("b", {}, siren.name);
    const when = h("small");
    const element = h("button", { type: "button", class: "tile", "data-n": siren.n, tabindex: "-1" }, name, when);
    this.tiles.set(siren.n, { element, name, when, shown: null });
    return element;
  }

  // Everything once: at the start, and every few seconds as time passes.
  refresh() {
    const now = this.time.now();
    for (const siren of this.desk.sirens.values()) this.show(siren, now);
    this.sums(now);
  }

  update(numbers) {
    const now = this.time.now();
    for (const n of numbers) this.show(this.desk.sirens.get(n), now);
    this.sums(now);
  }

  show(siren, now) {
    const tile = this.tiles.get(siren.n);
    const state = stateOf(siren, now, this.desk.lostAfter);
    const said = `${state}|${age(siren.at, now)}|${siren.note ?? ""}|${this.selected.has(siren.n)}`;
    if (tile.shown === said) return;
    tile.shown = said;
    this.paint(tile, siren, state, age(siren.at, now));
  }

  paint(tile, siren, state, heard) {
    const { tone, word } = STATES[state];
    const selected = this.selected.has(siren.n);
    tile.element.className = `tile tone-${tone}${state === "sounding" || state === "unsolicited" ? " sounds" : ""}`;
    tile.element.hidden = !this.wanted(siren, state);
    setText(tile.when, state === "ok" ? heard : `${siren.note || word}${state === "lost" ? ` ${heard}` : ""}`);
    setAttribute(tile.element, "aria-pressed", String(selected));
    setAttribute(tile.element, "aria-label", `${siren.name}，${word}${siren.note ? `，${siren.note}` : ""}，最近消息 ${heard}${selected ? "，已选" : ""}`);
    tile.element.title = `${siren.n} 号 ${siren.name} ${word}`;
  }

  wanted(siren, state) {
    const { state: only, text } = this.filter;
    return (!only || state === only) && (!text || `${siren.n} ${siren.name} ${siren.area}`.includes(text));
  }

  sums(now) {
    for (const { element, sums, sirens } of this.groups) {
      const bad = sirens.map((siren) => stateOf(siren, now, this.desk.lostAfter)).filter((state) => STATES[state].rank < 4);
      const said = Object.keys(STATES).filter((state) => bad.includes(state))
        .map((state) => `${STATES[state].word} ${bad.filter((one) => one === state).length}`).join(" · ");
      setText(sums, said);
      const none = sirens.every(({ n }) => this.tiles.get(n).element.hidden);
      if (element.hidden !== none) element.hidden = none;
    }
  }

  setFilter(change) {
    Object.assign(this.filter, change);
    for (const tile of this.tiles.values()) tile.shown = null;
    this.refresh();
  }

  clicked(event) {
    const tile = event.target.closest(".tile");
    if (!tile) return;
    const n = Number(tile.dataset.n);
    this.focus(tile);
    if (this.picking || event.ctrlKey || event.metaKey || event.shiftKey) this.toggle(n);
    else this.onOpen(n);
  }

  keyed(event) {
    const tile = event.target.closest(".tile");
    if (!tile) return;
    if (event.key === " ") {
      event.preventDefault();
      this.toggle(Number(tile.dataset.n));
      return;
    }
    const next = this.neighbour(tile, event.key);
    if (!next) return;
    event.preventDefault();
    this.focus(next);
  }

  neighbour(tile, key) {
    const shown = [...this.tiles.values()].map(({ element }) => element).filter((element) => !element.hidden);
    const at = shown.indexOf(tile);
    if (key === "ArrowRight") return shown[at + 1];
    if (key === "ArrowLeft") return shown[at - 1];
    if (key === "Home") return shown[0];
    if (key === "End") return shown.at(-1);
    if (key !== "ArrowDown" && key !== "ArrowUp") return null;
    const here = tile.getBoundingClientRect();
    const below = (other) => (key === "ArrowDown" ? other.top > here.top + 2 : other.top < here.top - 2);
    const ahead = key === "ArrowDown" ? shown.slice(at + 1) : shown.slice(0, at).reverse();
    const candidates = ahead.slice(0, 60).filter((element) => below(element.getBoundingClientRect()));
    return candidates.sort((a, b) => distance(a, here) - distance(b, here))[0];
  }

  focus(tile) {
    this.root.querySelector('.tile[tabindex="0"]')?.setAttribute("tabindex", "-1");
    tile.setAttribute("tabindex", "0");
    tile.focus();
  }

  toggle(n) {
    if (!this.selected.delete(n)) this.selected.add(n);
    this.show(this.desk.sirens.get(n), this.time.now());
    this.onSelect([...this.selected]);
  }

  clear() {
    const numbers = [...this.selected];
    this.selected.clear();
    this.update(numbers);
    this.onSelect([]);
  }
}

function distance(element, here) {
  const there = element.getBoundingClientRect();
  return Math.abs(there.left - here.left) + 10 * Math.abs(there.top - here.top);
}
