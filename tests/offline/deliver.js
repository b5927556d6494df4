async () => {
  const app = window.hudunField;
  for (let tries = 1; tries < 500; tries++) {
    await app.postman.hurry();
    if ((await app.store.queued()).length) continue;
    const visits = await app.store.visits();
    return { tries, visits: visits.map(({ id, state }) => [id, state]) };
  }
  return { tries: -1, visits: [] };
}
