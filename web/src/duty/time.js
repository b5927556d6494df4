// Office time as the page knows it: the server's word, carried on by a clock nobody can set. In the
// demo office time may run faster; two beats tell how fast.
export class OfficeTime {
  constructor(now, monotonic = () => performance.now()) {
    this.monotonic = monotonic;
    this.rate = 1;
    this.known = { now, at: monotonic() };
  }

  heard(now) {
    const at = this.monotonic();
    const passed = at - this.known.at;
    if (passed > 1000) {
      const rate = (now - this.known.now) / passed;
      this.rate = Math.abs(rate - 1) < 0.2 ? 1 : Math.min(Math.max(rate, 0), 1000);
    }
    this.known = { now, at };
  }

  now() {
    return this.known.now + (this.monotonic() - this.known.at) * this.rate;
  }
}
