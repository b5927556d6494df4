import assert from "node:assert/strict";
import { test } from "node:test";
import { BadFrame, decode, encode, Tagged } from "../cbor.js";
import { fromHex, toHex } from "../octets.js";

// RFC 8949 appendix A, the rows within our subset.
const RFC = [
  [0, "00"], [23, "17"], [24, "1818"], [255, "18ff"], [1000, "1903e8"], [1000000, "1a000f4240"],
  [1000000000000, "1b000000e8d4a51000"], [-1, "20"], [-100, "3863"], [-1000, "3903e7"],
  [false, "f4"], [true, "f5"], [null, "f6"], ["水", "63e6b0b4"], [fromHex("01020304"), "4401020304"],
  [[1, [2, 3], [4, 5]], "8301820203820405"], [new Map([[1, 2], [3, 4]]), "a201020304"],
  [new Tagged(18, []), "d280"],
];

test("writes and reads the examples of RFC 8949", () => {
  for (const [item, hex] of RFC) {
    assert.equal(toHex(encode(item)), hex);
    assert.deepEqual(decode(fromHex(hex)), item);
  }
});

test("refuses what another encoder would have written", () => {
  for (const hex of ["1817", "190001", "9f01ff", "5f4101ff", "f97e00", "f7", "0000", "43 0102".replace(" ", ""), "", "1b0020000000000000"]) {
    assert.throws(() => decode(fromHex(hex)), BadFrame, hex);
  }
});

test("refuses a nest that would eat the stack and a count that would eat the memory", () => {
  assert.throws(() => decode(fromHex("81".repeat(5000) + "00")), BadFrame);
  assert.throws(() => decode(fromHex("9affffffff")), BadFrame);
  assert.throws(() => encode(1.5), BadFrame);
});
