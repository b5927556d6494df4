// COSE_Sign1 (RFC 9052) with Ed25519 in the one encoding of hudun/wire/cose.py.
import { BadFrame, decode, encode, Tagged } from "./cbor.js";
import * as ed25519 from "./ed25519.js";
import { concat, equal, sha256, uint } from "./octets.js";

const ALG = 1, KID = 4, EDDSA = -8, SIGN1 = 18;
const NOTHING = new Uint8Array(0);

const protect = (kid) => encode(new Map([[ALG, EDDSA], [KID, kid]]));
const toBeSigned = (header, payload) => encode(["Signature1", header, NOTHING, payload]);
const assemble = (header, payload, signature) =>
  encode(new Tagged(SIGN1, [header, new Map(), payload, signature]));

export async function sign1(payload, kid, seed) {
  const header = protect(kid);
  return assemble(header, payload, await ed25519.sign(seed, toBeSigned(header, payload)));
}

// Strict: a frame that another encoder would have written differently is refused.
export function takeApart(frame) {
  const whole = decode(frame);
  if (!(whole instanceof Tagged) || !Array.isArray(whole.value) || whole.value.length !== 4) {
    throw new BadFrame("not a COSE_Sign1");
  }
  const [header, , payload, signature] = whole.value;
  const kid = header instanceof Uint8Array ? keyNumber(header) : null;
  const octets = [kid, payload, signature].every((part) => part instanceof Uint8Array);
  if (!octets || signature.length !== 64) throw new BadFrame("not a COSE_Sign1");
  if (!equal(assemble(protect(kid), payload, signature), frame)) throw new BadFrame("not in the one encoding");
  return { kid, payload, signature, protected: header };
}

function keyNumber(header) {
  const map = decode(header);
  return map instanceof Map ? map.get(KID) : null;
}

export async function verify(frame, publicKey) {
  const { payload, signature, protected: header } = takeApart(frame);
  return ed25519.verify(publicKey, toBeSigned(header, payload), signature);
}

// The first 16 octets of SHA-256 over whole frames, each preceded by its length (4 octets).
export async function digest(...frames) {
  const whole = concat(...frames.flatMap((frame) => [uint(frame.length, 4), frame]));
  return (await sha256(whole)).slice(0, 16);
}
