// Entry of the page of a coverage calculation.
import "./coverage/page.css";
import { createMap, Marker } from "./map.js";
import { showLevels } from "./coverage/levels.js";
import { markSirens } from "./coverage/sirens.js";
import { asker } from "./coverage/trying.js";
import { shown } from "./coverage/shown.js";

const root = document.querySelector("[data-coverage]");
const data = JSON.parse(document.getElementById("coverage-data").textContent);
const element = root.querySelector("[data-coverage-map]");
const state = { off: new Set(), moved: new Map() };
const page = shown(root, data);

const drawn = createMap(element, { ...JSON.parse(element.dataset.coverageMap), layers: [] }).then(({ map }) => {
  const levels = showLevels(map, data);
  const marks = markSirens(map, Marker, data, state, { moved: changed, grabbed: () => ask.wake() });
  return { map, levels, marks };
}).catch((error) => { console.error(error); return null; });

const ask = asker(data, state, {
  busy: () => page.busy(),
  failed: (problem) => page.failed(problem),
  answered: async (answer, picture, began) => {
    const map = await drawn;
    await map?.levels.show(picture);
    page.show(answer, state, performance.now() - began);
  },
});

async function changed() {
  (await drawn)?.marks.show();
  page.mark(state);
  ask.now();
}

page.onToggle((index, on) => { state.off[on ? "delete" : "add"](index); changed(); });
page.onOff((indices, day) => { state.off = new Set(indices); page.silentDay(day); changed(); });
page.onMove((index, place) => { state.moved.set(index, place); changed(); });
page.onReset(() => { state.off = new Set(); state.moved.clear(); page.silentDay(""); changed(); });
page.onLook(async (place) => { (await drawn)?.map.flyTo({ center: place, zoom: 15 }); element.scrollIntoView({ block: "nearest" }); });

drawn.then(() => ask.wake()).then(() => { page.ready(); root.dataset.ready = "true"; });
root.coverage = { state, changed, drawn };
