// Closed areas of a search for sites, drawn on the map. They live in the form's hidden field, so that
// they are kept over the estimate and from one search to the next.
import { createMap } from "./map.js";
import { CLOSED, Zones } from "./siting/zones.js";

async function draw(box) {
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  const field = document.getElementById("id_kept");
  const zones = new Zones(field.value);
  box.hidden = false;
  const element = part("map");
  const options = JSON.parse(element.dataset.mapOptions);
  const { points, ...rest } = options;
  const map = await createMap(element, {
    ...rest, onPick: () => {},
    layers: [{ id: "zones", data: zones.drawn(), kind: "areas" }, ...(points ? [{ id: "points", data: points, kind: "points" }] : [])],
  });
  map.map.doubleClickZoom.disable();
  map.map.addLayer({ id: "zones-corners", type: "circle", source: "zones", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 5, "circle-color": CLOSED } });
  const show = () => {
    field.value = zones.text();
    part("count").textContent = `避开区 ${zones.rings.length} 块`;
    map.set("zones", zones.drawn());
  };
  const close = () => {
    if (zones.close()) show();
    else part("count").textContent = "至少要三个点，边不能交叉。";
  };
  const back = () => { zones.back(); show(); };
  part("close").addEventListener("click", close);
  part("back").addEventListener("click", back);
  map.map.on("click", ({ lngLat }) => { zones.polygon.add([lngLat.lng, lngLat.lat].map((degrees) => Number(degrees.toFixed(6)))); show(); });
  map.map.getCanvas().addEventListener("keydown", (event) => {
    const work = { Backspace: back, Enter: close }[event.key];
    if (!work) return;
    event.preventDefault();
    work();
  });
  if (zones.rings.length) show();
}

const box = globalThis.document?.querySelector("[data-draw-zones]");
if (box) await draw(box);
