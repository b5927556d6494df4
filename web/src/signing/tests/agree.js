// Reads questions as JSON from stdin and answers as the page would; asked by tests/browser/test_modules.py.
import { text } from "node:stream/consumers";
import { decode, encode } from "../cbor.js";
import { digest, sign1, takeApart, verify } from "../cose.js";
import { decodeOrder } from "../frames.js";
import { create, fromJSON, toJSON, unlock } from "../keyfile.js";
import { fromHex, toHex } from "../octets.js";
import { confirmation, describeOrder } from "../prompt.js";

const attempt = (work) => {
  try {
    return work();
  } catch {
    return null;
  }
};

const answers = {
  recode: ({ hex }) => attempt(() => toHex(encode(decode(fromHex(hex))))),
  apart: ({ hex }) => attempt(() => toHex(takeApart(fromHex(hex)).payload)),
  verify: ({ hex, key }) => verify(fromHex(hex), fromHex(key)).catch(() => false),
  sign: async ({ payload, kid, seed }) => toHex(await sign1(fromHex(payload), fromHex(kid), fromHex(seed))),
  digest: async ({ frames }) => toHex(await digest(...frames.map(fromHex))),
  order: ({ payload }) => attempt(() => decodeOrder(fromHex(payload))),
  prompt: ({ payload }) => describeOrder(decodeOrder(fromHex(payload))),
  confirmation: ({ payload }) => confirmation(decodeOrder(fromHex(payload))),
  seed: async ({ file, passphrase }) => toHex(await unlock(fromJSON(file), passphrase)),
  create: async ({ passphrase, name }) => toJSON(await create(passphrase, name, 6)),
};

const questions = JSON.parse(await text(process.stdin));
const said = [];
for (const { ask, ...given } of questions) said.push(await answers[ask](given));
process.stdout.write(JSON.stringify(said));
