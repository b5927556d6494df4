// Before and after a loss on one map, or the ways of an evacuation.
import { createMap } from "../map.js";
import { addFlow, addLines, byPeople, flowColour, pairColour, read, show } from "./layers.js";

const paint = () => ({
  before: { "line-color": pairColour(), "line-width": byPeople(0.6, 4), "line-dasharray": [2, 1.5] },
  after: { "line-color": flowColour(), "line-width": byPeople(0.6, 4) },
  moves: { "line-color": "#d0342c", "line-width": byPeople(1, 8) },
});

export async function showAfter(root) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const element = part("map");
  const sources = JSON.parse(root.dataset.sources);
  const found = Object.fromEntries(await Promise.all(Object.entries(sources).map(async ([name, address]) => [name, await read(address)])));
  const points = { type: "FeatureCollection", features: [...(found.points?.features ?? []), ...(found.moves?.features ?? [])].filter((one) => one.geometry.type === "Point") };
  const made = await createMap(element, { ...JSON.parse(element.dataset.mapOptions), layers: [{ id: "points", data: points, kind: "points" }] });
  const groups = { points: ["points"] };
  for (const name of ["before", "after", "moves"]) {
    if (!found[name]) continue;
    groups[name] = addLines(made.map, name, paint()[name], "points");
    made.set(name, found[name]);
  }
  if (found.flow) {
    groups.flow = addFlow(made.map, "points");
    made.set("flow", found.flow);
  }
  for (const box of root.querySelectorAll("[data-layer]")) {
    const apply = () => { if (groups[box.dataset.layer]) show(made.map, groups[box.dataset.layer], box.checked); };
    box.addEventListener("change", apply);
    apply();
  }
  root.dataset.ready = "true";
}
