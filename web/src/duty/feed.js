// The stream of changes. It is asked for "after n", so that nothing is missed however often it
// breaks; `silence()` says for how long nothing was heard, so that a stale page can say so.
const PATIENCE = 10000; // the server beats every 3 s
const SLOWEST = 10000;

export class Feed {
  constructor({ url, after, onChange, onBeat, onReload, open = (address) => new EventSource(address), monotonic = () => performance.now(), later = (work, ms) => setTimeout(work, ms) }) {
    Object.assign(this, { url, after, onChange, onBeat, onReload, open, monotonic, later });
    this.failures = 0;
    this.lastHeard = monotonic();
    this.source = null;
  }

  start() {
    this.source = this.open(`${this.url}${this.url.includes("?") ? "&" : "?"}after=${this.after}`);
    this.opened = this.monotonic();
    this.source.addEventListener("change", (event) => this.heard(event, this.onChange));
    this.source.addEventListener("beat", (event) => this.heard(event, this.onBeat));
    this.source.addEventListener("reload", () => this.onReload());
    this.source.addEventListener("error", () => this.again());
  }

  heard(event, tell) {
    this.lastHeard = this.monotonic();
    this.failures = 0;
    if (event.lastEventId) this.after = Number(event.lastEventId);
    tell(JSON.parse(event.data));
  }

  again() {
    if (!this.source) return;
    this.source.close();
    this.source = null;
    const wait = Math.min(SLOWEST, 500 * 2 ** this.failures);
    this.failures += 1;
    this.later(() => this.start(), wait);
  }

  silence() {
    return this.monotonic() - this.lastHeard;
  }

  // A connection may hang without an error (a cable pulled): look at it once a second.
  watch() {
    if (this.source && this.silence() > PATIENCE && this.monotonic() - this.opened > PATIENCE) this.again();
  }
}
