// How things are said at the desk. Everything here is a plain function of data and time (ms).

export const STATES = {
  unsolicited: { tone: "bad", word: "无令自鸣", rank: 0 },
  sounding: { tone: "info", word: "鸣响中", rank: 1 },
  lost: { tone: "bad", word: "失联", rank: 2 },
  fault: { tone: "warn", word: "故障", rank: 3 },
  never: { tone: "idle", word: "未上线", rank: 4 },
  ok: { tone: "ok", word: "在线", rank: 5 },
  out: { tone: "idle", word: "停用", rank: 6 },
};

// A siren that was well and has not been heard for `lostAfter` seconds is lost, whoever says what.
export function stateOf(siren, now, lostAfter) {
  const quiet = siren.at !== null && now - siren.at > lostAfter * 1000;
  return quiet && ["ok", "fault"].includes(siren.state) ? "lost" : siren.state;
}

export function age(at, now) {
  if (at === null) return "从未";
  const seconds = Math.max(0, Math.floor((now - at) / 1000));
  if (seconds < 60) return "刚刚";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} 分前`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} 小时前`;
  return `${Math.floor(seconds / 86400)} 天前`;
}

const two = (value) => String(value).padStart(2, "0");

// "00:12:05"; days apart, since nobody counts 312 hours.
export function countdown(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const days = Math.floor(seconds / 86400);
  const clock = [Math.floor((seconds % 86400) / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return `${days ? `${days} 天 ` : ""}${clock.map(two).join(":")}`;
}

export function clock(ms) {
  const at = new Date(ms + 8 * 3600e3);
  return [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(":");
}

export function day(ms) {
  const at = new Date(ms + 8 * 3600e3);
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
}

// What an order is doing: { label, value }.
export function phase(order, now) {
  if (order.state === "drafted") return { label: "等待", value: "第一人签发" };
  if (order.state === "signed") return { label: "等待", value: "第二人放行" };
  if (order.starts_at === null) return { label: "状态", value: order.state_word };
  if (now < order.starts_at) return { label: `${day(order.starts_at)} ${clock(order.starts_at)} 开始，还有`, value: countdown(order.starts_at - now) };
  const step = stepAt(order, now);
  if (step) return { label: `${step.name}（第 ${step.number}/${order.programme.length} 个）${step.until}`, value: countdown(step.ends - now) };
  return { label: "鸣放结束，等待回执", value: order.state_word };
}

function stepAt(order, now) {
  for (const [i, step] of order.programme.entries()) {
    const starts = order.starts_at + step.at * 1000;
    const ends = starts + step.seconds * 1000;
    if (now < starts) return { name: step.name, number: i + 1, until: "还有", ends: starts };
    if (now < ends) return { name: step.name, number: i + 1, until: "鸣响中，剩余", ends };
  }
  return null;
}

// The parts of the progress bar, in the order in which they are drawn.
export const PROGRESS = [
  ["finished", "完成", "ok"], ["sounding", "鸣响", "info"], ["accepted", "已接受", "accepted"], ["waiting", "未回执", "idle"],
  ["interrupted", "中断", "warn"], ["refused", "拒绝", "bad"], ["silent", "未响", "bad"], ["unproved", "无证据", "warn"], ["unreachable", "失联", "bad"],
];

export function counts(sirens, now, lostAfter) {
  const sums = Object.fromEntries(Object.keys(STATES).map((state) => [state, 0]));
  for (const siren of sirens) sums[stateOf(siren, now, lostAfter)] += 1;
  return sums;
}

// `alive`: whether the process that sends it has a heartbeat.
export function stopFigure(stop, now, alive = true) {
  const total = stop.total ? `${stop.silent}/${stop.total} 台已确认静默` : "没有鸣响的警报器";
  if (stop.seconds !== null) return `${total}，末台用时 ${stop.seconds.toFixed(1)} 秒`;
  if (!stop.published_at) return alive ? "停止令等待送出" : "停止令还没有送出：发令进程没有心跳，请立即在服务器上执行 hudun stop --all";
  return stop.total ? `${total}，已过 ${Math.max(0, Math.round((now - stop.pressed_at) / 1000))} 秒` : "停止令已送出";
}
