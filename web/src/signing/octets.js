// Octets and the texts they travel in.

export const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const toHex = (octets) => Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");

export function fromBase64url(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

export function toBase64url(octets) {
  const plain = Array.from(octets, (octet) => String.fromCharCode(octet)).join("");
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const equal = (a, b) => a.length === b.length && a.every((octet, i) => octet === b[i]);

export function uint(number, size) {
  const octets = new Uint8Array(size);
  for (let i = size - 1, rest = number; i >= 0; i -= 1, rest = Math.floor(rest / 256)) octets[i] = rest % 256;
  return octets;
}

export const number = (octets) => octets.reduce((sum, octet) => sum * 256 + octet, 0);

export async function sha256(octets) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", octets));
}

// What two people read to one another over the telephone: the first 8 octets in groups of four digits.
export async function fingerprint(octets) {
  return toHex((await sha256(octets)).slice(0, 8)).toUpperCase().match(/..../g).join(" ");
}
