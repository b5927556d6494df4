// The field app: one shell, a few screens behind the #, everything kept before it is shown as kept.
import "./field.css";
import { readBundle } from "./bundle.js";
import { codeInScan } from "./code.js";
import { leaveIfDelivered, reasonToLeave } from "./leaving.js";
import { Postman } from "./postman.js";
import { Refusal, Server } from "./server.js";
import { openStore } from "./store.js";
import { uuid7 } from "./uuid7.js";
import { showBar } from "./screens/bar.js";
import { homeScreen } from "./screens/home.js";
import { leavingScreen } from "./screens/leaving.js";
import { plateScreen } from "./screens/plate.js";
import { queueScreen } from "./screens/queue.js";
import { scanScreen } from "./screens/scan.js";
import { welcomeScreen } from "./screens/welcome.js";
import { trouble } from "./screens/trouble.js";

const LOAN_H = 72; // where the server names no end

class App {
  constructor(store) {
    this.store = store;
    this.news = new BroadcastChannel("hudun-field");
    this.needsLogin = false;
    this.progress = new Map();
    this.postman = new Postman({ store, server: () => this.server, tell: (news) => this.hear(news) });
    this.leaveScreen = () => {};
  }

  async start() {
    this.device = (await this.store.meta("device")) ?? (await this.#newDevice());
    await this.#rememberPerson();
    addEventListener("hashchange", () => this.show());
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => this.refreshBar());
    document.addEventListener("visibilitychange", () => document.hidden || this.wake());
    this.news.onmessage = () => this.changed();
    setInterval(() => this.checkLoan(), 60_000);
    await this.show();
    await this.wake();
  }

  async #newDevice() {
    const device = uuid7();
    await this.store.setMeta({ device });
    return device;
  }

  async #rememberPerson() {
    this.person = await this.store.meta("person");
    this.server = new Server({
      person: this.person?.id, device: this.device,
      onWipe: async () => this.person && this.store.setMeta({ leaving: "office" }),
    });
  }

  // The network may be there: fetch what is new, deliver what waits.
  async wake() {
    await this.refreshBar();
    if (!navigator.onLine) return;
    await this.fetchBundle();
    await this.deliver();
  }

  async fetchBundle() {
    try {
      await this.take(await this.server.bundle());
      this.needsLogin = false;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.needsLogin = error.kind !== "later";
    }
    await this.changed();
  }

  // The data of another person is not taken while something of the first one waits here.
  async take(said) {
    if (said.wipe || !said.person) return;
    const other = this.person && this.person.id !== said.person.id;
    if (other && !(await this.store.wipe())) return;
    const meta = { person: said.person, leaving: null, fetchedAt: Date.now(), keepUntil: loanEnd(said) };
    if (await this.store.meta("leaving")) return;
    await this.store.holdBundle(readBundle(said), meta);
    await this.#rememberPerson();
    this.persisted = await navigator.storage?.persist?.();
  }

  async deliver() {
    const outcome = await this.postman.hurry();
    if (outcome.stopped === "login") this.needsLogin = true;
    await this.checkLoan();
  }

  hear(news) {
    if (news.photo) this.progress.set(news.visit, news);
    else if (news.visit) this.progress.delete(news.visit);
    this.news.postMessage("changed");
    return this.changed();
  }

  async checkLoan() {
    if (await leaveIfDelivered(this.store, this.server, Date.now())) {
      await this.#rememberPerson();
      this.needsLogin = true;
      this.go("#/");
    }
    await this.changed();
  }

  // Something kept here has changed: the counter always, the screen where it lives on it.
  async changed() {
    await this.refreshBar();
    if (this.live) await this.show();
  }

  refreshBar = () => showBar(this);

  go(hash) {
    if (location.hash === hash) return this.show();
    location.hash = hash;
  }

  async show() {
    const leaving = reasonToLeave({ leaving: await this.store.meta("leaving"), keepUntil: await this.store.meta("keepUntil") }, Date.now());
    const [screen, argument] = this.#screen(leaving);
    const root = document.getElementById("screen");
    try {
      const element = await screen(this, argument);
      this.leaveScreen();
      this.leaveScreen = element.leave ?? (() => {});
      this.live = element.dataset.live !== undefined;
      root.replaceChildren(element);
      if (!this.live) scrollTo(0, 0);
    } catch (error) {
      root.replaceChildren(trouble(error));
    }
    await this.refreshBar();
  }

  #screen(leaving) {
    const [, name = "", argument = ""] = location.hash.split("/");
    if (leaving) return [leavingScreen, leaving];
    if (name === "queue") return [queueScreen];
    if (!this.person) return [welcomeScreen];
    if (name === "plate") return [plateScreen, codeInScan(argument)];
    if (name === "scan") return [scanScreen];
    return [homeScreen];
  }
}

function loanEnd({ keep_until: until }) {
  return until ? Date.parse(until) : Date.now() + LOAN_H * 3600_000;
}

// Two registrations of one worker: the app, and the plates that the phone's own camera opens. Nothing else of the site.
async function registerWorker() {
  if (!navigator.serviceWorker) return;
  const { worker } = document.body.dataset;
  await Promise.all(["/field/", "/p/"].map((scope) => navigator.serviceWorker.register(worker, { scope })));
}

async function main() {
  const plate = /^\/p\/([^/]+)/.exec(location.pathname);
  if (plate) return location.replace(`/field/#/plate/${plate[1]}`);
  const app = new App(await openStore());
  window.hudunField = app;
  await app.start();
  await registerWorker().catch(() => {});
}

main().catch((error) => document.getElementById("screen").replaceChildren(trouble(error)));
