async ({ id, code, campaign, template, photos, bytes }) => {
  const app = window.hudunField, now = new Date().toISOString();
  const hex = (octets) => Array.from(new Uint8Array(octets), (octet) => octet.toString(16).padStart(2, "0")).join("");

  async function noise() {
    const canvas = new OffscreenCanvas(640, Math.round(bytes / 520));
    const context = canvas.getContext("2d"), image = context.createImageData(canvas.width, canvas.height);
    for (let at = 0; at < image.data.length; at += 60_000) crypto.getRandomValues(image.data.subarray(at, at + 60_000));
    context.putImageData(image, 0, 0);
    return (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 })).arrayBuffer();
  }

  const visit = { id, plate: code, title: code, campaign, state: "draft", started: Date.now(), answers: {} };
  const promised = [];
  for (let i = 0; i < photos; i++) {
    const data = await noise();
    const photo = {
      id: id.slice(0, -4) + String(1000 + i), sha256: hex(await crypto.subtle.digest("SHA-256", data)),
      size: data.byteLength, media_type: "image/jpeg", taken: now, lon: null, lat: null,
    };
    await app.store.addPhoto(visit, { ...photo, visit: id }, data);
    promised.push(photo);
  }
  const shown = promised.map((photo) => photo.id);
  const packed = {
    format: "hudun-visit/1", visit: id, plate: code, campaign, template, version: 1, started: now, finished: now,
    device: app.device, position: null, comment: "", no_deficiencies: false, photos: promised,
    answers: [{ item: "plate_intact", result: "pass", value: null, comment: "", photos: shown }],
  };
  await app.store.saveVisit({ ...visit, state: "queued", package: packed });
  return promised.map((photo) => ({ visit: id, id: photo.id, sha256: photo.sha256, size: photo.size }));
}
