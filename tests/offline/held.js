async () => {
  const { store } = window.hudunField, held = [];
  for (const visit of await store.visits()) {
    for (const photo of await store.photosOf(visit.id)) {
      const bytes = await store.bytesOf(photo.id);
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      const sha256 = Array.from(digest, (octet) => octet.toString(16).padStart(2, "0")).join("");
      held.push({ visit: visit.id, id: photo.id, size: bytes.byteLength, sha256, promised: photo.sha256 });
    }
  }
  return held;
}
