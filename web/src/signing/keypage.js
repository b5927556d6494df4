// The keys that lie in this browser: make, export, import, ask for a place in the roster, change the
// passphrase, forget. The server is told the public half and nothing else.
import { h } from "../lib/dom.js";
import { create, fromJSON, rewrap, SHORTEST_PASSPHRASE, supported, toJSON } from "./keyfile.js";
import { fingerprint, fromBase64url, fromHex, toBase64url } from "./octets.js";
import { keyOnRoster, rightNames } from "./signing.js";
import * as store from "./store.js";

export async function startKeys(root, given) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const roster = given.roster.map((key) => ({ ...key, public: fromBase64url(key.public) }));
  const trouble = (text) => { part("trouble").hidden = !text; part("trouble").textContent = text; };
  if (!supported()) {
    trouble("这台电脑不能保管密钥：本页须经 HTTPS 打开（或在服务器本机打开）。也可以用 hudun key new 在命令行新建。");
    part("make").hidden = true;
    return;
  }
  const attempt = (work) => async (...values) => {
    trouble("");
    try {
      await work(...values);
    } catch (error) {
      trouble(error.message);
    }
    await show();
  };

  const show = async () => {
    const files = await store.all();
    const rows = await Promise.all(files.map((file) => row(file)));
    part("mine").replaceChildren(...(rows.length ? rows : [h("p", { class: "muted" }, "这台电脑里还没有密钥。")]));
  };

  const row = async (file) => {
    const entry = keyOnRoster(file, roster);
    const asked = given.asked[toBase64url(file.public)];
    const state = entry ? ["ok", `在册，${entry.kid} 号`] : asked ? ["info", asked] : ["warn", "未申请"];
    const button = (text, work) => h("button", { type: "button", class: "btn btn-sm", onclick: attempt(work) }, text);
    return h("div", { class: "key-row" },
      h("div", {}, h("b", {}, file.name), " ", h("span", { class: `state state-${state[0]}` }, state[1]),
        h("small", {}, `${rightNames(entry ? entry.rights : file.rights)} · 指纹 ${await fingerprint(file.public)}`)),
      h("div", { class: "key-do" },
        entry || asked ? null : button("申请入册", () => ask(file)),
        button("导出备份", () => store.download(`${file.name}-密钥.json`, toJSON(file))),
        h("details", {}, h("summary", { class: "btn btn-sm" }, "更多"), more(file, attempt))));
  };

  const ask = async (file) => {
    const answer = await fetch(given.ask, {
      method: "POST", body: JSON.stringify({ public: toBase64url(file.public), rights: file.rights }),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": root.querySelector("[name=csrfmiddlewaretoken]").value },
    });
    const said = await answer.json();
    if (!answer.ok) throw new Error(`${said.what}${said.todo ?? ""}`);
    given.asked[toBase64url(file.public)] = "申请";
    await store.keep({ ...file, kid: said.kid, person: said.person });
  };

  part("create").addEventListener("click", attempt(async () => {
    const [pass, again] = [part("pass"), part("again")];
    if (pass.value.length < SHORTEST_PASSPHRASE) throw new Error(`签名口令至少 ${SHORTEST_PASSPHRASE} 个字符。`);
    if (pass.value !== again.value) throw new Error("两次输入的口令不一样。");
    const right = root.querySelector("[name=key-right]:checked").value;
    await store.keep(await create(pass.value, given.name, Number(right)));
    pass.value = again.value = "";
    part("make").open = false;
  }));
  part("import").addEventListener("change", attempt(async (event) => {
    await store.keep(fromJSON(await event.target.files[0].text()));
  }));
  await show();
}

function more(file, attempt) {
  const [old, fresh] = [passphrase("现口令"), passphrase("新口令")];
  const change = attempt(async () => {
    if (fresh.value.length < SHORTEST_PASSPHRASE) throw new Error(`新口令至少 ${SHORTEST_PASSPHRASE} 个字符。`);
    await store.keep(await rewrap(file, old.value, fresh.value));
  });
  const forget = attempt(async () => {
    if (sure.value !== file.name) throw new Error(`要从这台电脑删除，请先输入“${file.name}”。没有备份就再也找不回来。`);
    await store.forget(file);
  });
  const sure = h("input", { class: "form-control", placeholder: `输入“${file.name}”`, "aria-label": "确认删除" });
  return h("div", { class: "key-more" },
    h("div", {}, old, fresh, h("button", { type: "button", class: "btn btn-sm", onclick: change }, "改口令")),
    h("div", {}, sure, h("button", { type: "button", class: "btn btn-sm", onclick: forget }, "从这台电脑删除")));
}

const passphrase = (label) => h("input", { type: "password", class: "form-control", placeholder: label, "aria-label": label, autocomplete: "off" });

// Fingerprints of the keys in the table, computed here from the octets.
export async function showFingerprints(page) {
  if (!globalThis.crypto?.subtle) return;
  for (const cell of page.querySelectorAll("[data-fingerprint]")) {
    cell.textContent = await fingerprint(fromHex(cell.dataset.fingerprint));
  }
}
