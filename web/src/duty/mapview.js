// The sirens on the map, redrawn at most four times a second however many changed.
import { createMap } from "../map.js";
import { stateOf, STATES } from "./shown.js";

const PAUSE = 250;

export async function mapView(element, { desk, time, options, onOpen }) {
  const features = () => ({ type: "FeatureCollection", features: [...desk.sirens.values()].filter(({ lon }) => lon !== null).map(feature) });
  const feature = (siren) => {
    const { tone, word } = STATES[stateOf(siren, time.now(), desk.lostAfter)];
    return {
      type: "Feature", id: siren.n, geometry: { type: "Point", coordinates: [siren.lon, siren.lat] },
      properties: { n: siren.n, name: siren.name, mark: tone, state: word },
    };
  };
  const made = await createMap(element, {
    ...options, layers: [{ id: "sirens", data: features(), kind: "points" }], onPick: ({ properties }) => onOpen(properties.n),
  });
  let waiting = null;
  const update = () => {
    waiting ??= setTimeout(() => {
      waiting = null;
      made.set("sirens", features());
    }, PAUSE);
  };
  const place = (n) => {
    const siren = desk.sirens.get(n);
    if (siren?.lon !== null) made.map.flyTo({ center: [siren.lon, siren.lat], zoom: 15.5 });
  };
  return { update, place };
}
