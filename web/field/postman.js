// When to deliver: at once, when the network returns, and again and again with growing pauses.
import { deliverAll } from "./deliver.js";

const FIRST_PAUSE = 2_000, LONGEST_PAUSE = 60_000;

export class Postman {
  #pause = FIRST_PAUSE;
  #timer = null;
  #running = null;

  constructor({ store, server, tell }) {
    Object.assign(this, { store, server, tell, last: null });
  }

  // One at a time, over all windows and the service worker.
  kick() {
    this.#running ??= this.#locked().finally(() => { this.#running = null; });
    return this.#running;
  }

  stop() {
    clearTimeout(this.#timer);
  }

  async #locked() {
    clearTimeout(this.#timer);
    const progress = (news) => {
      if (news.sent) this.#pause = FIRST_PAUSE; // a bad line that carries something is worth another try soon
      this.tell(news);
    };
    const run = () => deliverAll(this.store, this.server(), progress);
    const locks = globalThis.navigator?.locks;
    this.last = await (locks ? locks.request("hudun-deliver", run) : run());
    if (this.last.stopped === "later") this.#again();
    else this.#pause = FIRST_PAUSE;
    this.tell({ outcome: this.last });
    return this.last;
  }

  #again() {
    this.#timer = setTimeout(() => this.kick(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  // The network is back: no need to wait out a long pause.
  hurry() {
    this.#pause = FIRST_PAUSE;
    return this.kick();
  }
}
