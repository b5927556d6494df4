import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decode, encode } from "../cbor.js";
import { digest, sign1, takeApart, verify } from "../cose.js";
import { fromHex, toHex } from "../octets.js";

// The vectors that docs/wire.md publishes and an independent COSE library verifies.
const { seeds, vectors } = JSON.parse(readFileSync(new URL("../../../../hudun/wire/vectors.json", import.meta.url)));

test("every published vector is read, verified and written again, octet by octet", async () => {
  assert.ok(vectors.length >= 8);
  for (const { name, signer, kid, public: key, payload, frame, digest: named } of vectors) {
    const whole = fromHex(frame);
    const taken = takeApart(whole);
    assert.equal(toHex(taken.payload), payload, name);
    assert.equal(toHex(taken.kid), kid, name);
    assert.equal(toHex(encode(decode(taken.payload))), payload, name);
    assert.equal(await verify(whole, fromHex(key)), true, name);
    assert.equal(toHex(await sign1(fromHex(payload), fromHex(kid), fromHex(seeds[signer]))), frame, name);
    if (named) assert.equal(toHex(await digest(whole)), named, name);
  }
});
