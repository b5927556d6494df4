// What the phone asks of the server, and what each kind of answer means for the queue:
// "later" (no network, a portal's page, a server in trouble), "login" (somebody must log in), "refused" (never as it is).
const LATER = new Set([408, 423, 425, 429]);
const TRY_AGAIN = new Set(["400.77", "403.2", "404.101"]); // cut short, an old token, the visit has not come yet

export class Refusal extends Error {
  constructor(kind, problem) {
    super(`${problem.what ?? ""}${problem.todo ?? ""}`);
    this.kind = kind;
    this.problem = problem;
  }
}

const later = (what) => new Refusal("later", { what });

function cookie(name) {
  const found = globalThis.document?.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

async function csrfToken() {
  if (!globalThis.navigator?.serviceWorker && !globalThis.cookieStore) return "none"; // in a test without a browser
  if (globalThis.document) return cookie("csrftoken");
  return (await globalThis.cookieStore?.get("csrftoken"))?.value ?? ""; // in the service worker
}

export class Server {
  constructor({ person, device, fetch = globalThis.fetch.bind(globalThis), patience = 30_000, onWipe = async () => {} }) {
    Object.assign(this, { person, device, fetch, patience, onWipe });
  }

  bundle = () => this.#ask("GET", "/field/bundle/");
  visit = (id) => this.#ask("GET", `/field/visits/${id}/`);
  putVisit = (id, body) => this.#ask("PUT", `/field/visits/${id}/`, JSON.stringify(body), "application/json");
  photo = (id, visit) => this.#ask("GET", `/field/photos/${id}/?visit=${visit}`);

  // Answered with a redirect; where it fails the session ends by itself.
  async logOut() {
    const headers = { "X-CSRFToken": await csrfToken() };
    await this.fetch("/logout/", { method: "POST", headers, redirect: "manual" }).catch(() => {});
  }

  putPart(id, visit, offset, part) {
    const url = `/field/photos/${id}/?visit=${visit}`;
    return this.#ask("PUT", url, part, "application/octet-stream", { "Upload-Offset": String(offset) });
  }

  // A phone that died may have forgotten its token: every answer to a question of ours brings it again.
  async #token() {
    if (!(await csrfToken()) || this.tokenIsOld) await this.bundle();
    this.tokenIsOld = false;
    return csrfToken();
  }

  async #ask(method, url, body, type, more = {}) {
    const headers = { Accept: "application/json", ...more };
    if (type) headers["Content-Type"] = type;
    if (this.person) headers["Hudun-Person"] = this.person;
    if (this.device) headers["Hudun-Device"] = this.device;
    if (method !== "GET") headers["X-CSRFToken"] = await this.#token();
    const signal = AbortSignal.timeout?.(this.patience);
    let answer, said;
    try {
      answer = await this.fetch(url, { method, headers, body, signal, credentials: "same-origin", redirect: "error" });
      said = await answer.json();
    } catch (error) {
      throw later(answer ? `网络中断（${answer.status}）` : "连不上服务器");
    }
    if (answer.ok && said.wipe) await this.onWipe();
    if (answer.ok) return said;
    this.tokenIsOld = said.number === "403.2";
    throw new Refusal(kindOf(answer, said), said);
  }
}

// A portal or a proxy answers in its own words: only our own numbered problems are taken for a no.
function kindOf({ status }, { number }) {
  if (status === 401 || number === "403.77") return "login";
  if (!number || status >= 500 || LATER.has(status) || TRY_AGAIN.has(number)) return "later";
  return "refused";
}
