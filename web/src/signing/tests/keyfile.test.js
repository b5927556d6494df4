import assert from "node:assert/strict";
import { test } from "node:test";
import { BadKeyFile, create, fromJSON, rewrap, toJSON, unlock, WrongPassphrase } from "../keyfile.js";
import { publicKey } from "../ed25519.js";
import { toHex } from "../octets.js";

const file = await create("正确的签名口令", "王值班", 2);

test("a key opens with its passphrase only", async () => {
  const seed = await unlock(file, "正确的签名口令");
  assert.equal(toHex(await publicKey(seed)), toHex(file.public));
  await assert.rejects(unlock(file, "错误的签名口令"), WrongPassphrase);
});

test("survives export and import, without its seed in the text", async () => {
  const text = toJSON(file);
  assert.deepEqual(fromJSON(text), file);
  const seed = await unlock(file, "正确的签名口令");
  assert.ok(!text.includes(Buffer.from(seed).toString("base64url")));
});

test("keeps its number through a new passphrase and no longer opens with the old one", async () => {
  const fresh = await rewrap({ ...file, kid: 7, person: 3 }, "正确的签名口令", "新的签名口令一二三");
  assert.deepEqual([fresh.kid, fresh.person, fresh.name], [7, 3, "王值班"]);
  await assert.rejects(unlock(fresh, "正确的签名口令"), WrongPassphrase);
  await unlock(fresh, "新的签名口令一二三");
});

test("refuses files that are not its own, cut, lengthened or meant to hang", () => {
  const whole = JSON.parse(toJSON(file));
  const bad = [{ format: "x" }, { kdf: "scrypt" }, { salt: "AA" }, { iterations: 1e9 }, { extra: 1 }, { public: "!" }];
  for (const change of bad) assert.throws(() => fromJSON(JSON.stringify({ ...whole, ...change })), BadKeyFile);
  assert.throws(() => fromJSON("no"), BadKeyFile);
});

test("a public key of somebody else's in the file is noticed", async () => {
  await assert.rejects(unlock({ ...file, public: new Uint8Array(32) }, "正确的签名口令"), WrongPassphrase);
});
