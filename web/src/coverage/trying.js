// Asks the planner what comes of sirens switched off or moved. One question at a time; the newest
// one counts. When nothing has changed for a moment, the whole map is asked for.
const QUIET_MS = 700;

const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);

async function json(url, options) {
  const answer = await fetch(url, { headers: { Accept: "application/json", "X-CSRFToken": cookie("csrftoken"), "Content-Type": "application/json" }, ...options });
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(said.what), { problem: said });
  return said;
}

export function asker(data, state, { busy, failed, answered }) {
  let wanted = null; // performance.now() of the change that is to be answered
  let working = false;
  let later = 0;

  const body = (whole) => JSON.stringify({ off: [...state.off], moved: Object.fromEntries(state.moved), whole });

  async function question(whole) {
    const { run } = await json(data.try, { method: "POST", body: body(whole) });
    for (;;) {
      const said = await json(`${data.state.replace(data.none, run)}?wait=1`);
      if (said.state === "done") return { answer: said.result, picture: data.file.replace(data.none, run) };
      if (said.state === "failed" || said.state === "cancelled") throw Object.assign(new Error(said.state), { problem: said.problem });
    }
  }

  async function work() {
    if (working) return;
    working = true;
    while (wanted !== null) {
      const began = wanted;
      wanted = null;
      try {
        const { answer, picture } = await question(false);
        if (wanted === null) await answered(answer, picture, began);
      } catch (error) {
        failed(error.problem ?? { what: error.message });
      }
    }
    working = false;
    clearTimeout(later);
    if (state.moved.size || state.off.size) later = setTimeout(fill, QUIET_MS);
  }

  async function fill() {
    if (working) return;
    working = true;
    const began = performance.now();
    try {
      const { answer, picture } = await question(true);
      if (answer.whole && wanted === null) await answered(answer, picture, began);
    } catch (error) {
      console.warn(error);
    }
    working = false;
    if (wanted !== null) work();
  }

  return {
    now: () => { wanted = performance.now(); clearTimeout(later); busy(); work(); },
    wake: async () => {
      if (working) return;
      working = true;
      try { await question(false); } catch (error) { failed(error.problem ?? { what: error.message }); }
      working = false;
      if (wanted !== null) work();
    },
  };
}
