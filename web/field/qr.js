// Reading a QR code: the browser's own detector where there is one, else a decoder that we bring.
const SIDE = 800;

// → a function from a video, a bitmap or a canvas to the text in it, or null.
export async function reader() {
  if (globalThis.BarcodeDetector) {
    const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
    if (formats.includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async (source) => (await detector.detect(source))[0]?.rawValue ?? null;
    }
  }
  return bundled();
}

export async function bundled() {
  const { default: decode } = await import("qr/decode.js");
  const canvas = document.createElement("canvas");
  return async (source) => textIn(decode, pixels(canvas, source));
}

export function textIn(decode, picture) {
  try {
    return decode(picture) || null;
  } catch {
    return null; // no code in sight
  }
}

function pixels(canvas, source) {
  const width = source.videoWidth ?? source.width, height = source.videoHeight ?? source.height;
  const scale = Math.min(1, SIDE / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
