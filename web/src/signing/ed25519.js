// Ed25519 (RFC 8032): WebCrypto where the browser has it, @noble/curves where it is older.
import { concat, fromBase64url, fromHex } from "./octets.js";

const PKCS8 = fromHex("302e020100300506032b657004220420"); // RFC 8410, before the 32 octets
const NAME = { name: "Ed25519" };

const ours = {
  sign: async (seed, message) => {
    const key = await crypto.subtle.importKey("pkcs8", concat(PKCS8, seed), NAME, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign(NAME, key, message));
  },
  verify: async (publicKey, message, signature) => {
    const key = await crypto.subtle.importKey("raw", publicKey, NAME, false, ["verify"]);
    return crypto.subtle.verify(NAME, key, signature, message);
  },
  publicKey: async (seed) => {
    const key = await crypto.subtle.importKey("pkcs8", concat(PKCS8, seed), NAME, true, ["sign"]);
    return fromBase64url((await crypto.subtle.exportKey("jwk", key)).x);
  },
};

async function noble() {
  const { ed25519 } = await import("@noble/curves/ed25519.js");
  return {
    sign: async (seed, message) => ed25519.sign(message, seed),
    verify: async (publicKey, message, signature) => ed25519.verify(signature, message, publicKey),
    publicKey: async (seed) => ed25519.getPublicKey(seed),
  };
}

let chosen;

function choose() {
  chosen ??= crypto.subtle.importKey("pkcs8", concat(PKCS8, new Uint8Array(32)), NAME, false, ["sign"])
    .then(() => ours, noble);
  return chosen;
}

export const sign = async (seed, message) => (await choose()).sign(seed, message);
export const publicKey = async (seed) => (await choose()).publicKey(seed);

export async function verify(key, message, signature) {
  try {
    return await (await choose()).verify(key, message, signature);
  } catch {
    return false; // not a point on the curve, not 64 octets
  }
}

export const implementations = async () => ({ webcrypto: ours, noble: await noble() });
