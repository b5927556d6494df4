// The map of a version: layers to choose from, the walk minute by minute, a polygon and its time.
import { createMap } from "../map.js";
import { addCrowd, addFlow, addLines, addMinutes, byPeople, collection, pairColour, read, show } from "./layers.js";
import { drawPolygon } from "./draw.js";
import { askClearance } from "./clearance.js";

const PACE_MS = 500;

export async function showPlan(root) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const files = (name) => root.dataset.files + name;
  const element = part("map");
  const [shelters, gaps] = await Promise.all([read(files("shelters.geojson")), read(files("gaps.geojson"))]);
  let pen = null;
  const made = await createMap(element, {
    ...JSON.parse(element.dataset.mapOptions),
    layers: [{ id: "gaps", data: gaps, kind: "points" }, { id: "shelters", data: shelters, kind: "points" }],
    picks: () => !pen?.drawing,
  });
  const { map } = made;
  const groups = {
    minutes: addMinutes(map, "gaps"),
    flow: addFlow(map, "gaps"),
    pairs: addLines(map, "pairs", { "line-color": pairColour(), "line-width": byPeople(0.6, 4), "line-opacity": 0.6 }, "gaps"),
    crowd: addCrowd(map, "gaps"),
    gaps: ["gaps"],
    shelters: ["shelters"],
  };
  const loaded = new Set(["gaps", "shelters", "crowd"]);
  const switchTo = async (name, on) => {
    if (on && !loaded.has(name)) {
      loaded.add(name);
      made.set(name, await read(files(`${name}.geojson`)));
    }
    show(map, groups[name], on);
    const legend = part(`legend-${name}`);
    if (legend) legend.hidden = !on;
  };
  for (const box of root.querySelectorAll("[data-layer]")) {
    box.addEventListener("change", () => switchTo(box.dataset.layer, box.checked).catch(console.error));
    await switchTo(box.dataset.layer, box.checked);
  }
  await timeLapse(part, made, groups.crowd, files, shelters);
  pen = clearance(root, part, made);
  root.dataset.ready = "true";
}

async function timeLapse(part, made, layers, files, shelters) {
  const [slider, button, words] = [part("minute"), part("play"), part("moment")];
  let told = null;
  let timer = null;
  const load = async () => {
    if (told) return;
    told = await read(files("frames.json"));
    slider.max = told.frames.length - 1;
  };
  const at = (k) => {
    const frame = told.frames[k];
    const column = Math.min(k, (told.filled[0]?.length ?? 1) - 1);
    made.set("crowd", collection(frame.cells.map(([lon, lat, people]) => ({ type: "Feature", properties: { people }, geometry: { type: "Point", coordinates: [lon, lat] } }))));
    made.set("shelters", collection(shelters.features.map((one, j) => filled(one, told.filled[j]?.[column] ?? 0))));
    words.textContent = sentence(frame, told.phases);
    show(made.map, layers, true);
  };
  const stop = () => { clearInterval(timer); timer = null; button.textContent = "播放"; };
  slider.addEventListener("input", async () => { await load(); at(Number(slider.value)); });
  button.addEventListener("click", async () => {
    if (timer) { stop(); return; }
    await load();
    if (Number(slider.value) >= told.frames.length - 1) slider.value = 0;
    button.textContent = "暂停";
    timer = setInterval(() => {
      at(Number(slider.value));
      if (Number(slider.value) >= told.frames.length - 1) stop();
      else slider.value = Number(slider.value) + 1;
    }, PACE_MS);
  });
  part("moment-end").addEventListener("click", () => {
    stop();
    show(made.map, layers, false);
    made.set("shelters", shelters);
    words.textContent = "";
  });
}

function filled(one, inside) {
  const { places } = one.properties;
  const mark = inside >= places ? "warn" : inside ? "ok" : "idle";
  return { ...one, properties: { ...one.properties, mark, state: `已进 ${inside} / ${places}` } };
}

export function sentence(frame, phases) {
  const at = (name) => frame.people[phases.indexOf(name)].toLocaleString("zh-CN");
  return `警报后 ${frame.minute} 分：在家 ${at("at_home")}，在路上 ${at("on_link")}，路上等候 ${at("waiting")}，到门前 ${at("last_metres")}，口部排队 ${at("at_door")}，已进入 ${at("inside")}`;
}

function clearance(root, part, made) {
  if (!part("draw")) return null;
  const tell = (text) => { part("clearance").textContent = text; };
  let shape = null;
  const pen = drawPolygon(made, { changed: (geometry) => { shape = geometry; if (shape) askClearance(root, part("clearance"), shape).catch(() => tell("没有算成，请再试一次。")); }, tell });
  part("draw").addEventListener("click", () => pen.begin());
  part("close").addEventListener("click", () => pen.close());
  part("clear").addEventListener("click", () => { pen.clear(); tell(""); });
  return pen;
}
