// UUIDv7: in the order in which they were made.
export function uuid7(now = Date.now(), random = crypto.getRandomValues(new Uint8Array(10))) {
  const octets = new Uint8Array(16);
  for (let i = 0; i < 6; i++) octets[i] = Math.floor(now / 2 ** (40 - 8 * i)) & 0xff;
  octets.set(random, 6);
  octets[6] = 0x70 | (octets[6] & 0x0f);
  octets[8] = 0x80 | (octets[8] & 0x3f);
  const hex = Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
