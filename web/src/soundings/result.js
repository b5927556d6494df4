// The sirens of a sounding on the map, by how they ended.
import { createMap } from "../map.js";

export const showResult = (element, points) =>
  createMap(element, { ...JSON.parse(element.dataset.mapOptions), layers: [{ id: "sirens", data: points, kind: "points" }] });
