// A person's key file: the format of hudun/runtime/keys.py, made and opened by WebCrypto. The seed
// is in the clear only between unlock() and the end of the function that asked for it.
import * as ed25519 from "./ed25519.js";
import { equal, fromBase64url, toBase64url } from "./octets.js";

const FORMAT = "hudun-key-1", KDF = "PBKDF2-HMAC-SHA256", ITERATIONS = 600000;
const MOST_ITERATIONS = 10000000; // a hostile file must not hang the page
const SIZES = { public: 32, salt: 16, nonce: 12, ciphertext: 48 };
const FIELDS = ["format", "kdf", "name", "kid", "person", "rights", "iterations", ...Object.keys(SIZES)];
export const SHORTEST_PASSPHRASE = 10;

export class BadKeyFile extends Error {}
export class WrongPassphrase extends Error {}

export const supported = () => globalThis.isSecureContext !== false && Boolean(globalThis.crypto?.subtle);

export async function create(passphrase, name, rights = 0) {
  const seed = crypto.getRandomValues(new Uint8Array(32));
  return wrap(seed, passphrase, name, rights).finally(() => seed.fill(0));
}

async function wrap(seed, passphrase, name, rights) {
  const [salt, nonce] = [16, 12].map((size) => crypto.getRandomValues(new Uint8Array(size)));
  const key = await wrappingKey(passphrase, salt, ITERATIONS);
  const ciphertext = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, seed));
  return { name, public: await ed25519.publicKey(seed), salt, nonce, ciphertext, kid: null, person: null, rights, iterations: ITERATIONS };
}

// The 32-octet seed; the caller wipes it.
export async function unlock(file, passphrase) {
  const key = await wrappingKey(passphrase, file.salt, file.iterations);
  let seed;
  try {
    seed = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: file.nonce }, key, file.ciphertext));
  } catch {
    throw new WrongPassphrase("口令不对，或密钥文件被改动。");
  }
  if (equal(await ed25519.publicKey(seed), file.public)) return seed;
  seed.fill(0);
  throw new WrongPassphrase("密钥文件被改动：公钥与私钥不是一对。");
}

export async function rewrap(file, old, fresh) {
  const seed = await unlock(file, old);
  const wrapped = await wrap(seed, fresh, file.name, file.rights).finally(() => seed.fill(0));
  return { ...wrapped, kid: file.kid, person: file.person };
}

export function toJSON(file) {
  const octets = Object.keys(SIZES).map((name) => [name, toBase64url(file[name])]);
  const whole = { format: FORMAT, kdf: KDF, ...file, ...Object.fromEntries(octets) };
  return `${JSON.stringify(whole, null, 1)}\n`;
}

export function fromJSON(text) {
  const whole = parse(text);
  if (whole.kdf !== KDF) throw new BadKeyFile("不认识的口令算法。");
  const [{ format, kdf, ...file }, names] = [whole, Object.keys(whole)];
  if (names.length !== FIELDS.length || !FIELDS.every((name) => names.includes(name))) {
    throw new BadKeyFile("密钥文件的内容不全，或多了内容。");
  }
  for (const [name, size] of Object.entries(SIZES)) file[name] = octets(file[name], size);
  if (!Number.isInteger(file.iterations) || file.iterations < 1 || file.iterations > MOST_ITERATIONS) {
    throw new BadKeyFile("口令算法的次数不合理。");
  }
  return file;
}

function parse(text) {
  let whole;
  try {
    whole = JSON.parse(text);
  } catch {
    throw new BadKeyFile("这不是密钥文件（不是 JSON）。");
  }
  if (whole?.format !== FORMAT) throw new BadKeyFile("这不是护盾的个人密钥文件。");
  return whole;
}

function octets(text, size) {
  let decoded;
  try {
    decoded = fromBase64url(text);
  } catch {
    throw new BadKeyFile("密钥文件的内容不是 base64url。");
  }
  if (decoded.length !== size) throw new BadKeyFile("密钥文件的字节数不对。");
  return decoded;
}

async function wrappingKey(passphrase, salt, iterations) {
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(passphrase), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
