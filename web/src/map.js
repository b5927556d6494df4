// createMap(el, {boundary, layers, base, onPick}): the one map of the house. See docs/web.md.
// Any element with data-map gets one by itself.
import * as maplibregl from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { baseStyle, extentOf, palette } from "./lib/map-style.js";
import { addMarks, markPaint } from "./lib/map-marks.js";
import { popup } from "./lib/map-popup.js";

maplibregl.setWorkerUrl(new URL(`./maplibre-worker.js?v=${maplibregl.getVersion()}`, import.meta.url).href);

export const { Marker } = maplibregl;

const empty = { type: "FeatureCollection", features: [] };

async function load(source) {
  if (!source) return empty;
  if (typeof source !== "string") return source;
  const answer = await fetch(source, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`${source}: ${answer.status}`);
  return answer.json();
}

function say(element, text) {
  const note = document.createElement("p");
  note.className = "map-fallback";
  note.textContent = text;
  element.replaceChildren(note);
}

function addBoundary(map, data, colours) {
  map.addSource("boundary", { type: "geojson", data });
  map.addLayer({ id: "boundary-fill", type: "fill", source: "boundary", paint: { "fill-color": colours.land, "fill-opacity": colours.veil } });
  map.addLayer({ id: "boundary-line", type: "line", source: "boundary", paint: { "line-color": colours.edge, "line-width": 1.5 } });
}

function addPoints(map, { id, data }, colours) {
  map.addSource(id, { type: "geojson", data, promoteId: "id" });
  map.addLayer({ id, type: "symbol", source: id, ...markPaint(colours) });
}

// Too many to draw at once come as counts by cell: whoever looks closer gets the points themselves.
function follow(map, { id, data, source }) {
  if (!data.clustered || typeof source !== "string") return;
  let asked = 0;
  map.on("moveend", async () => {
    const mine = ++asked;
    const address = new URL(source, location.href);
    address.searchParams.set("bbox", map.getBounds().toArray().flat().map((degrees) => degrees.toFixed(6)).join(","));
    const found = await load(address.href);
    if (mine === asked) map.getSource(id).setData(found);
  });
}

function addAreas(map, { id, data }, colours) {
  map.addSource(id, { type: "geojson", data, promoteId: "id" });
  const colour = ["coalesce", ["get", "color"], colours.edge];
  map.addLayer({ id, type: "fill", source: id, paint: { "fill-color": colour, "fill-opacity": 0.18 } });
  map.addLayer({ id: `${id}-line`, type: "line", source: id, paint: { "line-color": colour, "line-width": 1.5 } });
}

function pickable(map, ids, onPick, picks) {
  map.on("click", (event) => {
    if (!picks()) return;
    const [feature] = map.queryRenderedFeatures(event.point, { layers: ids });
    if (!feature) return;
    if (onPick) onPick(feature, event);
    else popup(maplibregl, feature, event.lngLat).addTo(map);
  });
  for (const id of ids) {
    map.on("mouseenter", id, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", id, () => { map.getCanvas().style.cursor = ""; });
  }
}

/**
 * boundary: GeoJSON or its address. layers: [{id, data: GeoJSON or address, kind: "points" | "areas"}].
 * base: {url: XYZ template or pmtiles, attribution}. onPick(feature, event) instead of the pop-up;
 * picks() says whether a click picks anything now.
 * Gives {map, set(id, data), reload(id, address), fit()} once everything is drawn.
 */
export async function createMap(element, { boundary, layers = [], base, attribution, onPick, picks = () => true } = {}) {
  const colours = palette(element);
  let map;
  try {
    map = new maplibregl.Map({
      container: element, style: await baseStyle(base, colours, maplibregl), attributionControl: false,
      center: [113, 28], zoom: 9, locale: { "NavigationControl.ZoomIn": "放大", "NavigationControl.ZoomOut": "缩小", "Map.Title": "地图" },
      localIdeographFontFamily: getComputedStyle(element).fontFamily, dragRotate: false, pitchWithRotate: false,
    });
  } catch (error) {
    say(element, "这台电脑的浏览器画不出地图（没有 WebGL），请用列表。");
    throw error;
  }
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl({ maxWidth: 120 }), "bottom-left");
  map.addControl(new maplibregl.AttributionControl({ compact: false, customAttribution: attribution || base?.attribution }), "bottom-right");

  const [edge, ...found] = await Promise.all([load(boundary), ...layers.map((layer) => load(layer.data)), map.once("load")]);
  addMarks(map);
  addBoundary(map, edge, colours);
  const drawn = layers.map((layer, i) => ({ ...layer, source: layer.data, data: found[i] }));
  for (const layer of drawn) (layer.kind === "areas" ? addAreas : addPoints)(map, layer, colours);
  pickable(map, drawn.map(({ id }) => id), onPick, picks);

  const set = (id, data) => map.getSource(id).setData(data);
  const fit = () => {
    const points = extentOf(drawn.map(({ data }) => data));
    const box = element.dataset.zoom && points ? points : extentOf([edge, ...drawn.map(({ data }) => data)]);
    if (box) map.fitBounds(box, { padding: 40, duration: 0, maxZoom: Number(element.dataset.zoom) || 15 });
  };
  fit();
  for (const layer of drawn) follow(map, layer);
  element.dataset.ready = "true";
  return { map, set, fit, reload: async (id, address) => set(id, await load(address)) };
}

// data-map: {"boundary": address, "points": address, "areas": address, "base": {...}, "attribution": text}
for (const element of document.querySelectorAll("[data-map]:not([data-pick-place] *)")) {
  const { points, areas, ...options } = JSON.parse(element.dataset.map);
  const layers = [
    ...(areas ? [{ id: "areas", data: areas, kind: "areas" }] : []),
    ...(points ? [{ id: "points", data: points, kind: "points" }] : []),
  ];
  createMap(element, { ...options, layers }).then((made) => {
    element.hudunMap = made;
    element.dispatchEvent(new CustomEvent("hudun:map", { bubbles: true, detail: made }));
  }).catch((error) => {
    console.error(error);
    if (!element.querySelector(".map-fallback, canvas")) say(element, "地图数据没有取到，请刷新页面再试。");
  });
}
