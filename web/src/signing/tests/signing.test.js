import assert from "node:assert/strict";
import { test } from "node:test";
import { encode } from "../cbor.js";
import { digest, sign1, takeApart, verify } from "../cose.js";
import { decodeOrder, decodeRelease, kidOctets } from "../frames.js";
import { create, unlock } from "../keyfile.js";
import { toHex } from "../octets.js";
import { fitness, readSignedOrder, releaseFitness, releaseOf, rightNames, signOrder, signRelease, Unfit } from "../signing.js";

const NOW = 1790000000;
const PASS = "一二三四五六七八九十";
const [first, second] = await Promise.all([create(PASS, "王值班"), create(PASS, "李科长")]);
const keys = [
  { kid: 7, person: 1, public: first.public, rights: 6, until: NOW + 1000 },
  { kid: 8, person: 2, public: second.public, rights: 6, until: NOW + 1000 },
  { kid: 9, person: 1, public: new Uint8Array(32), rights: 1, until: NOW + 1000 },
];
const draft = (mode, start, target = 0) => encode([1, 430103, 3, 17, NOW, 3600, mode, start, [2, 0], target]);
const LIST = encode([7, 430103, 5, [1, 2, 3]]);
const signed = (payload, listPayload = null) => signOrder({ payload, listPayload, file: first, kid: 7, passphrase: PASS });

test("order and release are frames that verify, and the release names the order", async () => {
  const { frame } = await signed(draft(3, null));
  assert.equal(await verify(frame, first.public), true);
  const { order, signer } = await readSignedOrder(frame, null, keys);
  assert.equal(signer.person, 1);
  const release = await releaseOf(order, frame, null, NOW + 20);
  const second_ = await signRelease({ release, file: second, kid: 8, passphrase: PASS });
  assert.equal(await verify(second_, second.public), true);
  const read = decodeRelease(takeApart(second_).payload);
  assert.equal(toHex(read.digest), toHex(await digest(frame)));
  assert.deepEqual([read.counter, read.released, read.start], [17, NOW + 20, 10]);
});

test("a list travels signed by the order's signer and is in the digest", async () => {
  const { frame, listFrame } = await signed(draft(2, 90000, [5, 0]), LIST);
  const { order, list } = await readSignedOrder(frame, listFrame, keys);
  assert.deepEqual(list.sirens, [1, 2, 3]);
  const release = await releaseOf(order, frame, listFrame, NOW + 20);
  assert.equal(toHex(release.digest), toHex(await digest(frame, listFrame)));
  assert.equal(release.start, null);
  await assert.rejects(readSignedOrder(frame, null, keys), Unfit);
  const foreign = await sign1(LIST, kidOctets(8), await unlock(second, PASS));
  await assert.rejects(readSignedOrder(frame, foreign, keys), Unfit);
});

test("an order that names another list than the one shown is not signed", async () => {
  await assert.rejects(signed(draft(2, 90000, [6, 0]), LIST), Unfit);
  await assert.rejects(signed(draft(2, 90000, 0), LIST), Unfit);
  await assert.rejects(signed(draft(2, 90000, [5, 0])), Unfit);
});

test("says before signing what server and sirens would refuse", () => {
  const live = decodeOrder(draft(1, null));
  const trial = decodeOrder(draft(2, 90000));
  assert.match(fitness(keys[0], live, NOW), /没有签“实警”/);
  assert.equal(fitness(keys[0], trial, NOW), "");
  assert.match(fitness(keys[0], trial, NOW + 2000), /有效期已过/);
  assert.match(fitness(null, trial, NOW), /不在现行名册/);
  assert.equal(releaseFitness(trial, keys[0], keys[1], NOW + 10), "");
  assert.match(releaseFitness(trial, keys[0], keys[0], NOW + 10), /另一个人/);
  assert.equal(releaseFitness(decodeOrder(draft(3, null)), keys[0], keys[0], NOW + 10), "", "nothing sounds");
  assert.match(releaseFitness(decodeOrder(draft(3, null)), keys[0], keys[1], NOW + 121), /放行窗口已关闭/);
});

test("a forged order is not shown for release", async () => {
  const { frame } = await signed(draft(3, null));
  await assert.rejects(readSignedOrder(frame, null, [{ ...keys[0], public: second.public }]), Unfit);
  await assert.rejects(readSignedOrder(frame, null, []), Unfit);
});

test("rights are named", () => {
  assert.equal(rightNames(6), "试鸣、静默");
  assert.equal(rightNames(0), "无");
});
