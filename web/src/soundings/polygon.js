// A polygon drawn point by point; coordinates are [lon, lat].

export class Polygon {
  constructor(points = []) {
    this.points = points;
    this.closed = points.length >= 3;
  }

  static from(geometry) {
    return new Polygon(geometry ? geometry.coordinates[0].slice(0, -1) : []);
  }

  add(point) {
    if (this.closed) return;
    this.points.push(point);
  }

  back() {
    if (this.closed) this.closed = false;
    else this.points.pop();
  }

  again() {
    this.points = [];
    this.closed = false;
  }

  // Whether it is closed now: three corners and no side that crosses another.
  close() {
    this.closed = this.points.length >= 3 && !this.crosses();
    return this.closed;
  }

  crosses() {
    const n = this.points.length;
    const sides = this.points.map((point, i) => [point, this.points[(i + 1) % n]]);
    return sides.some((a, i) => sides.some((b, j) => j > i + 1 && (j + 1) % n !== i && meet(a, b)));
  }

  geometry() {
    if (!this.closed) return null;
    return { type: "Polygon", coordinates: [[...this.points, this.points[0]]] };
  }

  // What is drawn: the line so far, its corners, and the area once it is closed.
  drawn() {
    const area = this.geometry();
    const line = { type: "LineString", coordinates: this.points };
    return {
      type: "FeatureCollection",
      features: [
        ...(area ? [feature(area)] : this.points.length > 1 ? [feature(line)] : []),
        ...this.points.map((point) => feature({ type: "Point", coordinates: point })),
      ],
    };
  }
}

const feature = (geometry) => ({ type: "Feature", properties: {}, geometry });
const side = ([ax, ay], [bx, by], [x, y]) => Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
const meet = ([a, b], [c, d]) => side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
