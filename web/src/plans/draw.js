// A polygon drawn on a map of a plan, by mouse or by keys.
import { Polygon } from "../soundings/polygon.js";

const NEAR_PX = 12;

/** `changed(geometry or null)` after every stroke; `tell(text)` where something is not right. */
export function drawPolygon(made, { changed, tell }) {
  const { map } = made;
  const polygon = new Polygon();
  let drawing = false;
  map.addSource("drawn", { type: "geojson", data: polygon.drawn() });
  map.addLayer({ id: "drawn-fill", type: "fill", source: "drawn", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": "#0b62d6", "fill-opacity": 0.15 } });
  map.addLayer({ id: "drawn-line", type: "line", source: "drawn", paint: { "line-color": "#0b62d6", "line-width": 2, "line-dasharray": [2, 1] } });
  map.addLayer({ id: "drawn-corners", type: "circle", source: "drawn", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 5, "circle-color": "#0b62d6" } });
  map.doubleClickZoom.disable();

  const drawn = () => { map.getSource("drawn").setData(polygon.drawn()); changed(polygon.geometry()); };
  const close = () => {
    if (polygon.close()) { drawing = false; map.getCanvas().style.cursor = ""; drawn(); } else tell("至少要三个点，边不能交叉。");
  };
  const nearFirst = (event) => {
    if (polygon.points.length < 3) return false;
    const first = map.project(polygon.points[0]);
    return Math.hypot(first.x - event.point.x, first.y - event.point.y) < NEAR_PX;
  };
  map.on("click", (event) => {
    if (!drawing) return;
    if (nearFirst(event)) close();
    else { polygon.add([event.lngLat.lng, event.lngLat.lat]); drawn(); }
  });
  map.getCanvas().addEventListener("keydown", (event) => {
    const work = drawing && { Backspace: () => polygon.back(), Escape: () => polygon.again(), Enter: close }[event.key];
    if (!work) return;
    event.preventDefault();
    work();
    drawn();
  });
  return {
    get drawing() { return drawing; },
    begin() { polygon.again(); drawing = true; map.getCanvas().style.cursor = "crosshair"; drawn(); tell("在地图上逐点单击，点回第一点或按“闭合”。"); },
    close,
    clear() { polygon.again(); drawing = false; map.getCanvas().style.cursor = ""; drawn(); },
  };
}
