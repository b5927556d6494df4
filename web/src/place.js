// The form of a placed record: a click on the map fills in longitude and latitude.
import { createMap, Marker } from "./map.js";

const box = document.querySelector("[data-pick-place]");
const lon = document.getElementById("id_source_lon");
const lat = document.getElementById("id_source_lat");
const datum = document.getElementById("id_source_datum");

if (box && lon && lat && datum) {
  lat.closest("fieldset").after(box);
  box.hidden = false;
  const { map } = await createMap(box.querySelector("[data-map]"), JSON.parse(box.querySelector("[data-map]").dataset.map));
  const marker = new Marker({ color: getComputedStyle(box).getPropertyValue("--hd-brand").trim() });
  const show = () => {
    const there = datum.value === "CGCS2000" && lon.value && lat.value;
    if (there) marker.setLngLat([Number(lon.value), Number(lat.value)]).addTo(map);
    else marker.remove();
    return there;
  };
  map.on("click", ({ lngLat }) => {
    [datum.value, lon.value, lat.value] = ["CGCS2000", lngLat.lng.toFixed(6), lngLat.lat.toFixed(6)];
    lon.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  });
  for (const field of [lon, lat, datum]) field.addEventListener("change", show);
  // Another datum is converted by the server: until something is changed, its true place is shown.
  const { lon: trueLon, lat: trueLat } = box.dataset;
  if (!show() && trueLon) marker.setLngLat([Number(trueLon), Number(trueLat)]).addTo(map);
  if (marker.getLngLat()) map.jumpTo({ center: marker.getLngLat(), zoom: 13 });
}
