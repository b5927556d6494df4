// Reads the QR code in a picture: RGBA on stdin, width and height as arguments. The reader is the
// one of the phones (npm: qr), which knows nothing of the library that drew the code.
import decodeQR from "qr/decode.js";
import { readFileSync } from "node:fs";

const [width, height] = process.argv.slice(2).map(Number);
process.stdout.write(decodeQR({ width, height, data: readFileSync(0) }));
