// A point says what it is by shape and colour. Feature properties: mark (ok, info, warn, bad, idle), name.
// The shapes are those of .state in parts.css: ● ◆ ▲ ✖ ○.
const paths = {
  ok: (c, r) => c.arc(r, r, r * 0.68, 0, 7),
  idle: (c, r) => c.arc(r, r, r * 0.62, 0, 7),
  info: (c, r) => polygon(c, r, 4, 0.86),
  warn: (c, r) => polygon(c, r, 3, 0.9),
  bad: (c, r) => {
    const [a, b] = [r * 0.45, r * 1.55];
    c.moveTo(a, a); c.lineTo(b, b); c.moveTo(b, a); c.lineTo(a, b);
  },
};

function polygon(c, r, sides, size) {
  for (let i = 0; i < sides; i += 1) {
    const angle = (i * 2 * Math.PI) / sides - Math.PI / 2;
    c.lineTo(r + Math.cos(angle) * r * size, r + Math.sin(angle) * r * size);
  }
  c.closePath();
}

export function addMarks(map) {
  for (const mark of Object.keys(paths)) drawMark(map, mark);
}

function drawMark(map, mark) {
  const style = getComputedStyle(map.getContainer());
  const colour = style.getPropertyValue(`--hd-${mark}`).trim();
  const halo = style.getPropertyValue("--hd-surface").trim();
  const [size, ratio] = [44, 2];
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const c = canvas.getContext("2d");
  c.beginPath();
  paths[mark](c, size / 2);
  c.lineCap = c.lineJoin = "round";
  c.strokeStyle = halo;
  c.lineWidth = mark === "bad" ? 15 : 7;
  c.stroke();
  c.fillStyle = mark === "idle" ? halo : colour;
  if (mark !== "bad") c.fill();
  c.strokeStyle = colour;
  c.lineWidth = mark === "bad" ? 9 : 4;
  if (mark === "bad" || mark === "idle") c.stroke();
  map.addImage(`mark-${mark}`, c.getImageData(0, 0, size, size), { pixelRatio: ratio });
}

export function markPaint(colours) {
  return {
    layout: {
      "icon-image": ["concat", "mark-", ["coalesce", ["get", "mark"], "ok"]],
      "icon-allow-overlap": true,
      "icon-size": ["interpolate", ["linear"], ["zoom"], 9, 0.6, 13, 0.9],
      "symbol-sort-key": ["match", ["get", "mark"], "bad", 3, "warn", 2, "info", 1, 0],
      "text-field": ["step", ["zoom"], "", 12, ["coalesce", ["get", "name"], ""]],
      "text-font": ["sans-serif"],
      "text-size": 12,
      "text-offset": [0, 0.9],
      "text-anchor": "top",
      "text-optional": true,
      "text-max-width": 9,
    },
    paint: { "text-color": colours.ink, "text-halo-color": colours.halo, "text-halo-width": 1.5 },
  };
}
