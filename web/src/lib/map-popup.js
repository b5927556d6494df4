// Properties name, state (word), note, url become a pop-up; text is never read as markup.
export function popup(maplibregl, { properties }, at) {
  const body = document.createElement("div");
  body.className = "map-popup";
  const line = (tag, text) => {
    if (!text) return;
    const node = document.createElement(tag);
    node.textContent = text;
    body.append(node);
    return node;
  };
  line("b", properties.name);
  const state = line("span", properties.state);
  if (state) state.className = `state state-${properties.mark || "ok"}`;
  line("div", properties.note);
  const link = properties.url?.startsWith("/") && line("a", "打开 →");
  if (link) link.href = properties.url;
  return new maplibregl.Popup({ maxWidth: "280px" }).setLngLat(at).setDOMContent(body);
}
