// Sign and release: what is shown is made from the octets; what leaves this page is a frame.
import { fromJSON, supported } from "./keyfile.js";
import { fromBase64url, toBase64url } from "./octets.js";
import { confirmation, describeOrder, describeRelease, typedRight } from "./prompt.js";
import { shownOrder } from "./shown.js";
import {
  ARM_WINDOW, fitness, keyOnRoster, readOrder, readSignedOrder, releaseFitness, releaseOf, signOrder, signRelease,
} from "./signing.js";
import * as store from "./store.js";

const octets = (text) => (text ? fromBase64url(text) : null);
const COSE_BEGINS = 0xd2; // tag 18
const CLOCKS_APART = 30; // seconds between office and computer from which a warning is given

export async function startSigning(root, given) {
  const page = new Page(root, given);
  if (!supported()) {
    page.trouble("这台电脑不能签名：本页须经 HTTPS 打开（或在服务器本机打开）。也可以用 hudun release 签名。");
    return;
  }
  try {
    await page.open();
  } catch (error) {
    page.trouble(`这份命令不能签：${error.message}`);
  }
}

class Page {
  constructor(root, given) {
    Object.assign(this, { root, given, keys: [], origin: performance.now() });
    this.roster = given.roster.map((key) => ({ ...key, public: fromBase64url(key.public) }));
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  // Office time in seconds: the server's at load, carried on by a clock nobody can set.
  now() {
    return Math.floor((this.given.now + performance.now() - this.origin) / 1000);
  }

  async open() {
    await this.read();
    this.part("prompt").replaceChildren(shownOrder(this.order, describeOrder(this.order, this.list)));
    this.part("names").textContent = this.names();
    this.part("words").textContent = confirmation(this.order);
    this.warnOfClock();
    await this.listKeys();
    this.part("key").addEventListener("change", () => this.check());
    this.part("typed").addEventListener("input", () => this.check());
    this.part("passphrase").addEventListener("input", () => this.check());
    this.part("import").addEventListener("change", (event) => this.import(event.target.files[0]));
    const [early] = this.part("import").files; // chosen before this script was there
    if (early) await this.import(early);
    this.part("go").addEventListener("click", () => this.go());
    this.part("file")?.addEventListener("change", (event) => this.take(event.target.files[0]));
    setInterval(() => this.check(), 1000);
    this.check();
  }

  async read() {
    const { step, payload, listPayload, frame, listFrame } = this.given;
    if (step === "sign") Object.assign(this, readOrder(octets(payload), octets(listPayload)));
    else Object.assign(this, await readSignedOrder(octets(frame), octets(listFrame), this.roster));
  }

  // Names are not in the octets: said apart, as the server's word.
  names() {
    const { target } = this.order;
    const { sirens, groups } = this.given.names;
    if (target.kind === "group") return `服务器说第 ${target.group} 组是“${groups[target.group] ?? "未登记"}”，共 ${Object.keys(sirens).length} 台。`;
    const numbers = target.kind === "sirens" ? target.sirens : this.list?.sirens;
    if (!numbers) return `服务器说现在共有 ${Object.keys(sirens).length} 台。`;
    const named = numbers.slice(0, 12).map((n) => `${n} ${sirens[n] ?? "（未登记）"}`);
    return `服务器所给的名称：${named.join("、")}${numbers.length > 12 ? " 等" : ""}。`;
  }

  warnOfClock() {
    const apart = Math.round(Date.now() / 1000 - this.now());
    if (Math.abs(apart) > CLOCKS_APART) this.part("names").append(` 注意：这台电脑的时钟与单位时间相差 ${Math.abs(apart)} 秒，签名按单位时间。`);
  }

  async listKeys(chosen = null) {
    this.keys = await store.all();
    const options = this.keys.map((file, i) => {
      const entry = keyOnRoster(file, this.roster);
      return new Option(entry ? `${entry.kid} 号 ${entry.name}` : `${file.name}（未入册）`, i);
    });
    this.part("key").replaceChildren(...(options.length ? options : [new Option("这台电脑里没有密钥，请先导入或新建", "")]));
    const best = this.keys.findIndex((file) => (chosen ? toBase64url(file.public) === toBase64url(chosen.public) : !this.unfit(file)));
    if (best >= 0) this.part("key").value = String(best);
  }

  async import(file) {
    try {
      const key = fromJSON(await file.text());
      await store.keep(key);
      await this.listKeys(key);
      this.check();
    } catch (error) {
      this.trouble(error.message);
    }
  }

  unfit(file) {
    const entry = keyOnRoster(file, this.roster);
    return this.given.step === "sign" ? fitness(entry, this.order, this.now()) : releaseFitness(this.order, this.signer, entry, this.now());
  }

  // Seconds left in which an immediate order may still be released; null for a planned one.
  left() {
    return this.order.startsAt === null ? this.order.issued + ARM_WINDOW - this.now() : null;
  }

  check() {
    const file = this.keys[Number(this.part("key").value)] ?? null;
    const why = file ? this.unfit(file) : "请先选密钥。";
    const left = this.left();
    const over = left !== null && left < 0;
    this.part("fit").textContent = why || "这把密钥可以签。";
    this.part("fit").classList.toggle("text-bad", Boolean(why));
    this.part("window").textContent = left === null ? "" : over ? "两分钟的时限已过，不能再签。" : `放行时限还剩 ${left} 秒。`;
    const renew = this.part("renew");
    if (renew) renew.hidden = !over;
    const typed = typedRight(this.part("typed").value, this.order) && this.part("passphrase").value !== "";
    this.part("go").disabled = this.busy || Boolean(why) || over || !typed;
  }

  async go() {
    const file = this.keys[Number(this.part("key").value)];
    const [kid, passphrase] = [keyOnRoster(file, this.roster).kid, this.part("passphrase").value];
    this.busy = true;
    this.trouble("");
    this.check();
    try {
      const body = this.given.step === "sign" ? await this.signed(file, kid, passphrase) : await this.released(file, kid, passphrase);
      await this.post(body);
    } catch (error) {
      this.trouble(error.message);
      this.busy = false;
      this.check();
    } finally {
      this.part("passphrase").value = "";
    }
  }

  async signed(file, kid, passphrase) {
    const { payload, listPayload } = this.given;
    const made = await signOrder({ payload: octets(payload), listPayload: octets(listPayload), file, kid, passphrase });
    return { frame: toBase64url(made.frame), list_frame: made.listFrame ? toBase64url(made.listFrame) : "" };
  }

  async released(file, kid, passphrase) {
    const release = await releaseOf(this.order, octets(this.given.frame), octets(this.given.listFrame), this.now());
    this.part("names").textContent = describeRelease(release).map((row) => row.join("：")).join("；");
    return { frame: toBase64url(await signRelease({ release, file, kid, passphrase })) };
  }

  // A release that `hudun release` signed, raw or as text.
  async take(file) {
    this.trouble("");
    try {
      const raw = new Uint8Array(await file.arrayBuffer());
      const text = raw[0] === COSE_BEGINS ? toBase64url(raw) : new TextDecoder().decode(raw).trim();
      await this.post({ frame: text });
    } catch (error) {
      this.trouble(error.message);
    }
  }

  async post(body) {
    const answer = await fetch(location.pathname, {
      method: "POST", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.root.querySelector("[name=csrfmiddlewaretoken]").value },
    });
    const said = await answer.json().catch(() => ({ what: `服务器答复 ${answer.status}` }));
    if (!answer.ok) throw new Error(`${said.what}${said.safe ?? ""}${said.todo ?? ""}${said.number ? `（${said.number}）` : ""}`);
    location.assign(said.url);
  }

  trouble(text) {
    const part = this.part("trouble");
    part.hidden = !text;
    part.textContent = text;
  }
}

