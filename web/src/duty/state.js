// What the desk knows. A change only names what it touched; the rows themselves are asked for, so
// that the desk shows the truth of now whatever order changes come in.

export class Desk {
  constructor(state) {
    this.sirens = new Map();
    this.load(state);
  }

  // The whole: at the start, and after a long sleep.
  load(state) {
    this.sirens = new Map(state.sirens.map((siren) => [siren.n, siren]));
    this.lostAfter = state.lost_after;
    this.signals = state.signals;
    this.few(state);
  }

  // Some sirens, and everything of which there are few. Gives the numbers of the sirens touched.
  merge(state) {
    this.few(state);
    return state.sirens.filter((row) => this.sirens.has(row.n)).map((row) => {
      Object.assign(this.sirens.get(row.n), row);
      return row.n;
    });
  }

  few({ orders, alerts, stops, processes }) {
    this.orders = orders;
    this.alerts = alerts;
    this.stops = stops;
    this.processes = processes;
  }

  lastStop() {
    return this.stops[0] ?? null;
  }

  // Whether dispatch, which carries orders and stops out, has a heartbeat.
  sends() {
    return this.processes.some(({ key, alive }) => key === "dispatch" && alive);
  }

  unsolicited() {
    return this.alerts.filter(({ kind }) => kind === "unsolicited").map(({ id }) => id);
  }
}

// Gathers what changes name for a moment, then asks once. `ask(numbers)`; numbers null: everything.
// `trouble(error)` while the answer does not come, `trouble(null)` when it does again.
export class Asker {
  constructor({ ask, tell, trouble = () => {}, later = (work, ms) => setTimeout(work, ms), pause = 150, most = 400 }) {
    Object.assign(this, { ask, tell, trouble, later, pause, most });
    this.numbers = new Set();
    this.waiting = false;
    this.behind = false; // a change came that no question asked since covers
  }

  changed({ payload }) {
    for (const n of payload?.sirens ?? []) this.numbers.add(n);
    this.behind = true;
    this.soon(this.pause);
  }

  soon(pause) {
    if (this.waiting) return;
    this.waiting = true;
    this.later(() => this.now(), pause);
  }

  async now() {
    const numbers = [...this.numbers];
    this.numbers.clear();
    this.behind = false;
    try {
      this.tell(await this.ask(numbers.length > this.most ? null : numbers));
      this.waiting = false;
      this.trouble(null);
    } catch (error) {
      this.trouble(error);
      numbers.forEach((n) => this.numbers.add(n));
      this.waiting = false;
      this.soon(1000);
      return;
    }
    if (this.behind) this.soon(this.pause);
  }
}
