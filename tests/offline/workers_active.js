async () => {
  for (;;) {
    const all = await navigator.serviceWorker.getRegistrations();
    if (all.length === 2 && all.every(({ active }) => active?.state === "activated")) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
