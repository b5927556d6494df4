// <… data-clock="address" data-now="epoch ms of the server" [data-simulated]><b></b><span></span></…>
const parts = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", hourCycle: "h23", month: "numeric", day: "numeric", weekday: "short",
  hour: "2-digit", minute: "2-digit", second: "2-digit",
});

export function beijing(milliseconds) {
  const p = Object.fromEntries(parts.formatToParts(milliseconds).map(({ type, value }) => [type, value]));
  return { time: `${p.hour}:${p.minute}:${p.second}`, day: `${p.month}月${p.day}日 ${p.weekday}` };
}

const clocks = new WeakMap();

// Office time as this page knows it: what the server last said, carried on by a clock nobody can set.
// A simulated clock is asked every second and runs on at the rate seen.
export function officeClock(element) {
  if (!clocks.has(element)) clocks.set(element, makeClock(element));
  return clocks.get(element);
}

function makeClock(element) {
  const simulated = "simulated" in element.dataset;
  let [said, at, rate] = [Number(element.dataset.now) || Date.now(), performance.now(), 1];
  const ask = async () => {
    const sent = performance.now();
    // Without a cookie: an open page is no sign that somebody sits before it.
    const answer = await fetch(element.dataset.clock, { credentials: "omit", cache: "no-store" });
    const { now } = await answer.json();
    const middle = (sent + performance.now()) / 2;
    if (simulated && middle > at) rate = Math.max(0, (now - said) / (middle - at));
    [said, at] = [now, middle];
  };
  const askQuietly = () => ask().catch(() => {});
  if (element.dataset.clock) {
    setInterval(askQuietly, simulated ? 1000 : 60_000);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) askQuietly(); });
  }
  return () => said + (performance.now() - at) * rate;
}

export function startClock(page) {
  for (const element of page.querySelectorAll("[data-clock]")) {
    const now = officeClock(element);
    const [time, day] = [element.querySelector("b"), element.querySelector("span")];
    const tick = () => {
      const shown = beijing(now());
      time.textContent = shown.time;
      if (day) day.textContent = shown.day;
    };
    tick();
    setInterval(tick, 250);
  }
}
