// Times as an inspector reads them, and times as a package carries them.
const DAY = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "numeric", day: "numeric" });
const MINUTE = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

export const day = (when) => DAY.format(new Date(when));
export const minute = (when) => MINUTE.format(new Date(when));

// ISO 8601 with the offset of Beijing.
export function stamp(milliseconds) {
  return new Date(milliseconds + 8 * 3600_000).toISOString().replace("Z", "+08:00");
}

export function bytes(count) {
  return count < 1_000_000 ? `${Math.max(1, Math.round(count / 1000))} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

export const RESULTS = { pass: "合格", fail: "不合格", na: "不适用" };
