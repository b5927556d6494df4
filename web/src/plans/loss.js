// Ticking lost shelters in the list or on the map; streets are closed by a polygon.
import { createMap } from "../map.js";
import { read } from "./layers.js";
import { drawPolygon } from "./draw.js";

export async function chooseLoss(root) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const boxes = new Map([...root.querySelectorAll("[name=lost]")].map((box) => [Number(box.value), box]));
  const count = () => {
    const ticked = [...boxes.values()].filter((box) => box.checked);
    const people = ticked.reduce((sum, box) => sum + Number(box.dataset.people), 0);
    part("count").textContent = `选了 ${ticked.length} 个，现有 ${people.toLocaleString("zh-CN")} 人分到那里`;
  };
  const find = part("find");
  find.addEventListener("input", () => {
    for (const row of root.querySelectorAll("[data-row]")) row.hidden = !row.textContent.includes(find.value.trim());
  });
  root.addEventListener("change", count);
  count();
  const element = part("map");
  if (!element) return;
  const shelters = await read(`${root.dataset.files}shelters.geojson`);
  const marked = () => ({ ...shelters, features: shelters.features.map((one) => ({ ...one, properties: { ...one.properties, mark: boxes.get(one.properties.id)?.checked ? "bad" : one.properties.mark } })) });
  let pen = null;
  const made = await createMap(element, {
    ...JSON.parse(element.dataset.mapOptions), layers: [{ id: "shelters", data: marked(), kind: "points" }],
    onPick: ({ properties }) => {
      const box = boxes.get(properties.id);
      if (pen?.drawing || !box) return;
      box.checked = !box.checked;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  root.addEventListener("change", () => made.set("shelters", marked()));
  const field = root.querySelector("[name=closed]");
  const tell = (text) => { part("drawing").textContent = text; };
  pen = drawPolygon(made, {
    changed: (geometry) => { field.value = geometry ? JSON.stringify(geometry) : ""; if (geometry) tell("圈到的路都当作不通。"); },
    tell,
  });
  part("draw").addEventListener("click", () => pen.begin());
  part("close").addEventListener("click", () => pen.close());
  part("clear").addEventListener("click", () => { pen.clear(); tell(""); });
  root.dataset.ready = "true";
}
