// <… data-clock data-now="epoch ms of the server" data-rate="1"><b></b><span></span></…>
const parts = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", hourCycle: "h23", month: "numeric", day: "numeric", weekday: "short",
  hour: "2-digit", minute: "2-digit", second: "2-digit",
});

export function beijing(milliseconds) {
  const p = Object.fromEntries(parts.formatToParts(milliseconds).map(({ type, value }) => [type, value]));
  return { time: `${p.hour}:${p.minute}:${p.second}`, day: `${p.month}月${p.day}日 ${p.weekday}` };
}

// Office time as this page knows it: the server's at load, carried on by a clock nobody can set.
export function officeClock(element) {
  const start = Number(element.dataset.now) || Date.now();
  const rate = Number(element.dataset.rate) || 1;
  const origin = performance.now();
  return () => start + (performance.now() - origin) * rate;
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
