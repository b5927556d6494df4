// The code on a plate: 12 characters of Crockford's base 32, read from an address, a label or a keyboard.
const CODE = /^[0-9A-HJKMNP-TV-Z]{12}$/;
const READ_AS = { I: "1", L: "1", O: "0" };

// As somebody typed it, who may have taken a 0 for an O; null if it is no code.
export function readCode(text) {
  const code = String(text ?? "").toUpperCase().replace(/[\s-]/g, "").replace(/[ILO]/g, (letter) => READ_AS[letter]);
  return CODE.test(code) ? code : null;
}

// What a QR code says: an address that ends in /p/<code>/ on whatever host, or the code itself.
export function codeInScan(text) {
  const inAddress = /\/p\/([^/?#]+)\/?(?:[?#]|$)/.exec(String(text ?? ""));
  return readCode(inAddress ? inAddress[1] : text);
}

// In fours, as it stands on the plate.
export const spaced = (code) => code.match(/.{1,4}/g).join("-");
