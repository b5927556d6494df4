import assert from "node:assert/strict";
import { test } from "node:test";
import { BadFrame } from "../cbor.js";
import { digest, sign1, takeApart, verify } from "../cose.js";
import * as ed25519 from "../ed25519.js";
import { concat, fromHex, toHex } from "../octets.js";

// RFC 8032 §7.1 test 2.
const SEED = fromHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
const PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
const SIGNED_72 =
  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
  "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

test("both implementations give the figures of RFC 8032", async () => {
  for (const [name, one] of Object.entries(await ed25519.implementations())) {
    assert.equal(toHex(await one.publicKey(SEED)), PUBLIC, name);
    const signature = await one.sign(SEED, fromHex("72"));
    assert.equal(toHex(signature), SIGNED_72, name);
    assert.equal(await one.verify(fromHex(PUBLIC), fromHex("72"), signature), true, name);
  }
});

test("a frame verifies with its key only and not when an octet changes", async () => {
  const frame = await sign1(fromHex("83010203"), fromHex("0007"), SEED);
  assert.equal(await verify(frame, fromHex(PUBLIC)), true);
  assert.equal(await verify(frame, new Uint8Array(32).fill(9)), false);
  const changed = frame.slice();
  changed[frame.length - 70] ^= 1;
  assert.equal(await verify(changed, fromHex(PUBLIC)).catch(() => false), false);
});

test("takes a frame apart strictly", async () => {
  const frame = await sign1(fromHex("83010203"), fromHex("0007"), SEED);
  assert.equal(toHex(takeApart(frame).kid), "0007");
  assert.throws(() => takeApart(concat(frame, fromHex("00"))), BadFrame);
  assert.throws(() => takeApart(frame.slice(1)), BadFrame);
});

test("a digest tells two frames from one frame of the same octets", async () => {
  const [a, b] = [fromHex("0102"), fromHex("03")];
  assert.notDeepEqual(await digest(a, b), await digest(concat(a, b)));
});
