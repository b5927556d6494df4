// A photo as it is queued: a JPEG of bounded size, with its time, place and digest.
const SIDE = 2048, MOST_BYTES = 600_000, QUALITIES = [0.85, 0.75, 0.65, 0.5];

// Decodes whatever the browser can (also HEIC where it can) and makes a JPEG; what it cannot is refused with words.
export async function compress(file) {
  const picture = await decoded(file);
  try {
    for (let side = SIDE; ; side = Math.round(side * 0.7)) {
      const canvas = drawn(picture, side);
      for (const quality of QUALITIES) {
        const blob = await jpeg(canvas, quality);
        if (blob.size <= MOST_BYTES || side < 600) return { bytes: await blob.arrayBuffer(), width: canvas.width, height: canvas.height };
      }
    }
  } finally {
    picture.close?.();
  }
}

async function decoded(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return throughElement(file);
  }
}

// Some browsers decode more formats in an <img> than in createImageBitmap.
async function throughElement(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return image;
  } catch {
    throw new Error("这张图片打不开。请在相机设置里改用 JPEG 格式，或直接在这里拍照。");
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

export function fitted(width, height, side) {
  const scale = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

function drawn(picture, side) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = fitted(picture.naturalWidth ?? picture.width, picture.naturalHeight ?? picture.height, side);
  canvas.getContext("2d", { alpha: false }).drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function jpeg(canvas, quality) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("照片太大，手机内存不够。请关掉其他应用后重拍。"))), "image/jpeg", quality);
  });
}

export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

export async function photoRecord({ id, visit, item, bytes, taken, position }) {
  return {
    id, visit, item, taken, sha256: await sha256(bytes), size: bytes.byteLength, media_type: "image/jpeg",
    lon: position?.lon ?? null, lat: position?.lat ?? null,
  };
}
