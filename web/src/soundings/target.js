// Whom a plan or an order means: chosen in lists or on the map, counted by the server before saving.
import { createMap } from "../map.js";
import { Polygon } from "./polygon.js";

const PAUSE = 250;

export async function chooseTarget(root, sirens) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const form = root.closest("form");
  const [area, numbers] = [form.elements.area, form.elements.sirens];
  const polygon = Polygon.from(area.value ? JSON.parse(area.value) : null);
  const kind = () => form.elements.target_kind.value;
  let map = null;

  const count = later(async () => {
    const answer = await fetch(root.dataset.addressed, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const said = await answer.json();
    part("addressed").replaceChildren(...words(said));
    map?.set("sirens", marked(sirens, new Set(said.numbers ?? [])));
  });
  const drawn = () => {
    area.value = polygon.closed ? JSON.stringify(polygon.geometry()) : "";
    map?.set("drawn", polygon.drawn());
    count();
  };
  const show = () => {
    for (const one of root.querySelectorAll("[data-kind]")) one.hidden = one.dataset.kind !== kind();
    count();
  };
  const tell = (text) => { part("addressed").textContent = text; };
  const close = () => { if (polygon.close()) drawn(); else tell("至少要三个点，边不能交叉。"); };

  form.addEventListener("change", show);
  numbers.addEventListener("input", count);
  part("close").addEventListener("click", close);
  part("back").addEventListener("click", () => { polygon.back(); drawn(); });
  part("again").addEventListener("click", () => { polygon.again(); drawn(); });
  show();

  map = await targetMap(part("map"), sirens, polygon);
  map.map.on("click", (event) => {
    if (kind() === "sirens") pick(map.map, event, numbers, count);
    if (kind() !== "area") return;
    if (nearFirst(map.map, polygon, event)) close();
    else { polygon.add([event.lngLat.lng, event.lngLat.lat]); drawn(); }
  });
  map.map.getCanvas().addEventListener("keydown", (event) => {
    if (kind() !== "area") return;
    const work = { Backspace: () => polygon.back(), Escape: () => polygon.again(), Enter: () => close() }[event.key];
    if (!work) return;
    event.preventDefault();
    work();
    drawn();
  });
  drawn();
}

async function targetMap(element, sirens, polygon) {
  const options = JSON.parse(element.dataset.mapOptions);
  const map = await createMap(element, {
    ...options, onPick: () => {},
    layers: [{ id: "drawn", data: polygon.drawn(), kind: "areas" }, { id: "sirens", data: marked(sirens, new Set()), kind: "points" }],
  });
  map.map.doubleClickZoom.disable();
  map.map.addLayer({ id: "drawn-corners", type: "circle", source: "drawn", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 5, "circle-color": "#0b62d6" } });
  return map;
}

// A siren that is meant shows by its mark, not by colour alone.
function marked(sirens, meant) {
  const features = sirens.features.map((one) => ({ ...one, properties: { ...one.properties, mark: meant.has(one.properties.n) ? "ok" : "idle" } }));
  return { ...sirens, features };
}

function pick(map, event, field, count) {
  const [feature] = map.queryRenderedFeatures(event.point, { layers: ["sirens"] });
  if (!feature) return;
  field.value = toggled(field.value, feature.properties.n);
  count();
}

export function toggled(text, number) {
  const numbers = text.split(/[、,，\s]+/).filter(Boolean);
  const at = numbers.indexOf(String(number));
  if (at < 0) numbers.push(String(number));
  else numbers.splice(at, 1);
  return numbers.join("、");
}

function nearFirst(map, polygon, event) {
  if (polygon.points.length < 3) return false;
  const first = map.project(polygon.points[0]);
  return Math.hypot(first.x - event.point.x, first.y - event.point.y) < 12;
}

export function words(said) {
  if (said.problem) return [line("problem", said.problem)];
  const hand = said.by_hand ? `，其中 ${said.by_hand} 台没有终端，要人工鸣放` : "";
  const more = said.more ? ` 等，另有 ${said.more} 台` : "";
  return [line("count", `共 ${said.count} 台${hand}`), line("names", `${said.names.join("、")}${more}`)];
}

function line(look, text) {
  const element = document.createElement("p");
  element.className = `addressed-${look}`;
  element.textContent = text;
  return element;
}

// The last of several calls, after a pause.
function later(work) {
  let timer = null;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => work().catch(console.error), PAUSE);
  };
}
