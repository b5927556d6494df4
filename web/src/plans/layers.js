// What the maps of a plan draw beside points: lines by width, dash and colour, so that colour is
// never the only sign.
export const FLOW = [
  { low: 1, width: 1 }, { low: 50, width: 2 }, { low: 200, width: 3 }, { low: 500, width: 4.5 },
  { low: 1000, width: 6 }, { low: 2000, width: 8 }, { low: 5000, width: 10 }, { low: 10000, width: 13 },
];
export const MINUTES = [
  { label: "3 分以内", colour: "#1a7f4b", width: 3 },
  { label: "3–5 分", colour: "#5a9e2f", width: 2.6 },
  { label: "5–8 分", colour: "#b59a00", width: 2.2 },
  { label: "8–12 分", colour: "#d07a00", width: 1.8, dash: [4, 1.5] },
  { label: "12–15 分", colour: "#c2410c", width: 1.6, dash: [2, 1.5] },
  { label: "15 分以上或不通", colour: "#8b1a1a", width: 1.4, dash: [0.8, 1.6] },
];
const dark = () => document.documentElement.dataset.bsTheme === "dark";
export const flowColour = () => (dark() ? "#7fb0f0" : "#1f4e8c");
export const pairColour = () => (dark() ? "#c9d1d9" : "#444");
const EMPTY = { type: "FeatureCollection", features: [] };

export async function read(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

export const collection = (features) => ({ type: "FeatureCollection", features });

function addSteps(map, id, steps, below) {
  map.addSource(id, { type: "geojson", data: EMPTY });
  return steps.map((paint, step) => {
    const name = `${id}-${step}`;
    map.addLayer({ id: name, type: "line", source: id, filter: ["==", ["get", "step"], step], layout: { "line-cap": paint["line-dasharray"] ? "butt" : "round", visibility: "none" }, paint }, below);
    return name;
  });
}

export const addFlow = (map, below) => addSteps(map, "flow", FLOW.map(({ width }) => ({ "line-width": width, "line-color": flowColour(), "line-opacity": 0.85 })), below);

export const addMinutes = (map, below) => addSteps(map, "minutes", MINUTES.map(({ colour, width, dash }) => ({ "line-color": colour, "line-width": width, ...(dash ? { "line-dasharray": dash } : {}) })), below);

export function addLines(map, id, paint, below) {
  map.addSource(id, { type: "geojson", data: EMPTY });
  map.addLayer({ id, type: "line", source: id, filter: ["==", ["geometry-type"], "LineString"], layout: { visibility: "none", "line-cap": "round" }, paint }, below);
  return [id];
}

// Thicker for more people.
export const byPeople = (least, most) => ["interpolate", ["linear"], ["sqrt", ["get", "people"]], 1, least, 60, most];

export function addCrowd(map, below) {
  map.addSource("crowd", { type: "geojson", data: EMPTY });
  map.addLayer({ id: "crowd", type: "circle", source: "crowd", layout: { visibility: "none" }, paint: {
    "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "people"]], 1, 2, 60, 14],
    "circle-color": "#b3261e", "circle-opacity": 0.65, "circle-stroke-color": "#fff", "circle-stroke-width": 0.8,
  } }, below);
  return ["crowd"];
}

export function show(map, ids, on) {
  for (const id of ids) map.setLayoutProperty(id, "visibility", on ? "visible" : "none");
}
