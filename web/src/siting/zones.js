// Closed areas, drawn one after the other; text: what the form keeps of them.
import { Polygon } from "../soundings/polygon.js";

export const CLOSED = "#c92a2a";

export class Zones {
  constructor(text) {
    try { this.kept = JSON.parse(text || "{}"); } catch { this.kept = {}; }
    this.rings = Array.isArray(this.kept.zones) ? this.kept.zones : [];
    this.polygon = new Polygon();
  }

  // A closed polygon becomes an area and the next one begins.
  close() {
    if (!this.polygon.close()) return false;
    this.rings.push(this.polygon.geometry().coordinates[0]);
    this.polygon.again();
    return true;
  }

  // The last point; without one the last area.
  back() {
    if (this.polygon.points.length) this.polygon.back();
    else this.rings.pop();
  }

  text() {
    return JSON.stringify({ rows: [], ...this.kept, zones: this.rings });
  }

  drawn() {
    const areas = this.rings.map((ring, i) => ({
      type: "Feature", properties: { name: `避开区 ${i + 1}`, color: CLOSED }, geometry: { type: "Polygon", coordinates: [ring] },
    }));
    return { type: "FeatureCollection", features: [...areas, ...this.polygon.drawn().features] };
  }
}
