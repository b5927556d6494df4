// What a person may be asked to sign: order, release, list, roster (docs/wire.md).
// Times are whole seconds since 1970-01-01 UTC.
import { BadFrame, decode, encode } from "./cbor.js";
import { number, uint as uintOctets } from "./octets.js";

export const Kind = { ORDER: 1, RELEASE: 2, STOP: 3, ROSTER: 6, LIST: 7 };
export const Mode = { LIVE: 1, TRIAL: 2, SILENT: 3 };
export const Right = { LIVE: 1, TRIAL: 2, SILENT: 4, STOP: 8, TIME: 16 };
export const RIGHT_FOR_MODE = { 1: Right.LIVE, 2: Right.TRIAL, 3: Right.SILENT };
const MOST_SIRENS = 8;

export const kidOctets = (kid) => uintOctets(kid, 2);
export const kidNumber = (octets) => number(octets);

export function kindOf(payload) {
  const items = decode(payload);
  if (!Array.isArray(items)) throw new BadFrame("no kind");
  return uint(items[0]);
}

export function decodeOrder(payload) {
  const [issuer, roster, counter, issued, life, mode, start, flat, target] = items(payload, Kind.ORDER, 9);
  if (!Array.isArray(flat) || !flat.length || flat.length % 2) throw new BadFrame("not a programme");
  if (!Object.values(Mode).includes(mode)) throw new BadFrame("not a mode");
  const after = optionalUint(start);
  return {
    issuer: uint(issuer), roster: uint(roster), counter: uint(counter), issued: uint(issued),
    life: uint(life), mode, start: after, programme: pairs(flat.map(uint)),
    target: decodeTarget(target), startsAt: after === null ? null : issued + after,
    expiresAt: issued + life,
  };
}

export function decodeRelease(payload) {
  const [issuer, roster, counter, digest, released, start] = items(payload, Kind.RELEASE, 6);
  return {
    issuer: uint(issuer), roster: uint(roster), counter: uint(counter), digest: octets(digest, 16),
    released: uint(released), start: optionalUint(start),
  };
}

export function encodeRelease({ issuer, roster, counter, digest, released, start }) {
  return encode([Kind.RELEASE, issuer, roster, counter, digest, released, start]);
}

export function decodeList(payload) {
  const [issuer, listNumber, sirens] = items(payload, Kind.LIST, 3);
  if (!Array.isArray(sirens)) throw new BadFrame("not a list");
  return { issuer: uint(issuer), number: uint(listNumber), sirens: sirens.map(uint) };
}

export function decodeRoster(payload) {
  const [issuer, rosterNumber, issued, rows] = items(payload, Kind.ROSTER, 4);
  if (!Array.isArray(rows)) throw new BadFrame("not a roster");
  return { issuer: uint(issuer), number: uint(rosterNumber), issued: uint(issued), keys: rows.map(rosterKey) };
}

function rosterKey(row) {
  if (!Array.isArray(row) || row.length !== 5) throw new BadFrame("not a roster key");
  const [kid, person, key, rights, until] = row;
  if ((rights & Right.LIVE) && (rights & Right.TRIAL)) throw new BadFrame("live and trial on one key");
  return { kid: uint(kid), person: uint(person), public: octets(key, 32), rights: uint(rights), until: uint(until) };
}

function decodeTarget(item) {
  if (Number.isInteger(item) && item >= 0) return { kind: item === 0 ? "all" : "group", group: item };
  if (Array.isArray(item) && item.length === 2 && item[1] === 0 && item[0] > 0) {
    return { kind: "list", list: uint(item[0]) };
  }
  const [sirens, ...more] = Array.isArray(item) ? item : [];
  if (Array.isArray(sirens) && !more.length && sirens.length > 0 && sirens.length <= MOST_SIRENS) {
    return { kind: "sirens", sirens: sirens.map(uint) };
  }
  throw new BadFrame("not a target");
}

function items(payload, kind, count) {
  const whole = decode(payload);
  if (!Array.isArray(whole) || whole.length !== count + 1 || whole[0] !== kind) throw new BadFrame("another kind");
  return whole.slice(1);
}

function uint(item) {
  if (!Number.isSafeInteger(item) || item < 0) throw new BadFrame("not a number");
  return item;
}

const optionalUint = (item) => (item === null ? null : uint(item));

function octets(item, size) {
  if (!(item instanceof Uint8Array) || item.length !== size) throw new BadFrame("not octets of the right size");
  return item;
}

const pairs = (flat) => flat.filter((_, i) => i % 2 === 0).map((signal, i) => [signal, flat[2 * i + 1]]);
