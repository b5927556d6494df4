// One press by one person. There is no question to answer: what guards it is its place, its size,
// and that a press which only wakes the window or follows at once is not counted.
const AWAKE = 400; // ms after load or focus in which a press is not meant
const TRIES = 4;

export class Stopping {
  constructor({ send, monotonic = () => performance.now(), wait = (ms) => new Promise((done) => setTimeout(done, ms)) }) {
    Object.assign(this, { send, monotonic, wait });
    this.awakeAt = monotonic() + AWAKE;
    this.busy = new Set();
  }

  woke() {
    this.awakeAt = this.monotonic() + AWAKE;
  }

  // Gives { ok, stop } or { ok: false, why }; null when the press is not counted.
  async press(target) {
    const key = JSON.stringify(target);
    if (this.monotonic() < this.awakeAt || this.busy.has(key)) return null;
    this.busy.add(key);
    try {
      return await this.insist(target);
    } finally {
      this.busy.delete(key);
    }
  }

  // A stop is harmless twice, so a lost answer is asked for again.
  async insist(target) {
    let why = "";
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      try {
        return { ok: true, stop: await this.send(target) };
      } catch (error) {
        why = error.message;
        if (error.final) break;
        if (attempt < TRIES) await this.wait(400 * attempt);
      }
    }
    return { ok: false, why };
  }
}
