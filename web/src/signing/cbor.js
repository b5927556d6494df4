// The part of CBOR (RFC 8949) that the alarm wire uses, in its one encoding: integers within
// ±2^53, octets, text, arrays, maps, tags, true, false, null; shortest lengths, nothing indefinite.
import { concat, equal, number, uint } from "./octets.js";

const UINT = 0, NEGATIVE = 1, OCTETS = 2, TEXT = 3, ARRAY = 4, MAP = 5, TAG = 6, SIMPLE = 7;
const SIMPLES = new Map([[20, false], [21, true], [22, null]]);
const DEEPEST = 8;

export class BadFrame extends Error {}

export class Tagged {
  constructor(tag, value) {
    this.tag = tag;
    this.value = value;
  }
}

export function encode(item) {
  if (item === null) return Uint8Array.of(0xf6);
  if (typeof item === "boolean") return Uint8Array.of(item ? 0xf5 : 0xf4);
  if (typeof item === "number") return encodeNumber(item);
  if (typeof item === "string") return encodeOctets(TEXT, new TextEncoder().encode(item));
  if (item instanceof Uint8Array) return encodeOctets(OCTETS, item);
  if (Array.isArray(item)) return concat(head(ARRAY, item.length), ...item.map(encode));
  if (item instanceof Map) return concat(head(MAP, item.size), ...[...item].flat().map(encode));
  if (item instanceof Tagged) return concat(head(TAG, item.tag), encode(item.value));
  throw new BadFrame("not of this protocol");
}

export function decode(octets) {
  let reader;
  try {
    reader = new Reader(octets);
    const item = reader.item(DEEPEST);
    if (reader.at === octets.length && equal(encode(item), octets)) return item;
  } catch (error) {
    throw error instanceof BadFrame ? error : new BadFrame("not CBOR");
  }
  throw new BadFrame("not in the one encoding");
}

function encodeNumber(value) {
  if (!Number.isSafeInteger(value)) throw new BadFrame("not an integer");
  return value >= 0 ? head(UINT, value) : head(NEGATIVE, -1 - value);
}

const encodeOctets = (major, octets) => concat(head(major, octets.length), octets);

function head(major, value) {
  const first = major << 5;
  if (value < 24) return Uint8Array.of(first | value);
  const power = [0, 1, 2, 3].find((n) => value < 256 ** (2 ** n));
  return concat(Uint8Array.of(first | (24 + power)), uint(value, 2 ** power));
}

class Reader {
  constructor(octets) {
    this.octets = octets;
    this.at = 0;
  }

  take(count) {
    if (this.at + count > this.octets.length) throw new BadFrame("cut short");
    this.at += count;
    return this.octets.slice(this.at - count, this.at);
  }

  argument(low) {
    if (low < 24) return low;
    if (low > 27) throw new BadFrame("indefinite");
    const value = number(this.take(2 ** (low - 24)));
    if (!Number.isSafeInteger(value)) throw new BadFrame("too large");
    return value;
  }

  item(depth) {
    if (depth === 0) throw new BadFrame("too deep");
    const [first] = this.take(1);
    const major = first >> 5;
    const value = this.argument(first & 31);
    const next = () => this.item(depth - 1);
    switch (major) {
      case UINT: return value;
      case NEGATIVE: return -1 - value;
      case OCTETS: return this.take(value);
      case TEXT: return new TextDecoder("utf-8", { fatal: true }).decode(this.take(value));
      case ARRAY: return this.times(value, next);
      case MAP: return new Map(this.times(value, () => [next(), next()]));
      case TAG: return new Tagged(value, next());
      default: return this.simple(first & 31);
    }
  }

  times(count, next) {
    if (count > this.octets.length) throw new BadFrame("cut short");
    return Array.from({ length: count }, next);
  }

  simple(low) {
    if (!SIMPLES.has(low)) throw new BadFrame("not of this protocol");
    return SIMPLES.get(low);
  }
}
