// A mark for each siren that can be dragged; the arrow keys move the one that has the focus.
const STEP = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const DEGREES = 0.0002; // about 20 m

export function markSirens(map, Marker, { sirens }, state, { moved, grabbed }) {
  const marks = sirens.map((siren, index) => {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "coverage-siren";
    element.title = siren.name;
    element.setAttribute("aria-label", `${siren.name}，可拖动，方向键移动`);
    element.dataset.index = index;
    const marker = new Marker({ element, draggable: true }).setLngLat([siren.lon, siren.lat]).addTo(map);
    const put = () => { const { lng, lat } = marker.getLngLat(); state.moved.set(index, [lng, lat]); moved(index); };
    marker.on("dragstart", grabbed);
    marker.on("dragend", put);
    element.addEventListener("keydown", (event) => {
      const step = STEP[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const { lng, lat } = marker.getLngLat();
      marker.setLngLat([lng + step[0] * DEGREES, lat + step[1] * DEGREES]);
      put();
    });
    return { marker, element };
  });
  return {
    show: () => marks.forEach(({ marker, element }, index) => {
      const { lon, lat } = sirens[index];
      marker.setLngLat(state.moved.get(index) ?? [lon, lat]);
      element.classList.toggle("off", state.off.has(index));
      element.classList.toggle("moved", state.moved.has(index));
    }),
  };
}
