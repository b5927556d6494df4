export function palette(element) {
  const style = getComputedStyle(element);
  const token = (name) => style.getPropertyValue(name).trim();
  const dark = document.documentElement.dataset.bsTheme === "dark";
  return { ground: token("--hd-raised"), land: token("--hd-surface"), edge: token("--hd-silent"), ink: token("--hd-ink"),
    halo: token("--hd-surface"), dark, veil: 1 };
}

// No `glyphs`: every character is drawn by the browser, so no server of fonts is needed.
export async function baseStyle(base, colours, maplibregl) {
  const style = { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": colours.ground } }] };
  if (!base?.url) return style;
  colours.veil = 0.12;
  style.sources.base = { type: "raster", tileSize: 256, ...(await rasterSource(base.url, maplibregl)), attribution: base.attribution };
  style.layers.push({ id: "base", type: "raster", source: "base", paint: colours.dark ? { "raster-brightness-max": 0.6 } : {} });
  return style;
}

async function rasterSource(url, maplibregl) {
  if (!url.includes(".pmtiles")) return { tiles: [url] };
  const { Protocol } = await import("pmtiles");
  maplibregl.addProtocol("pmtiles", new Protocol().tile);
  return { url: `pmtiles://${url}` };
}

export function extentOf(collections) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (c) => {
    if (typeof c[0] === "number") {
      box[0] = Math.min(box[0], c[0]);
      box[1] = Math.min(box[1], c[1]);
      box[2] = Math.max(box[2], c[0]);
      box[3] = Math.max(box[3], c[1]);
    } else c.forEach(visit);
  };
  for (const { features = [] } of collections) for (const f of features) if (f.geometry) visit(f.geometry.coordinates);
  return Number.isFinite(box[0]) ? box : null;
}
