// What a person is told before signing, made from the octets alone. Names of groups and sirens are
// not in the octets: they come from the page and are marked as such.
import { Mode } from "./frames.js";

export const SIGNAL_NAMES = {
  1: "预先警报", 2: "空袭警报", 3: "解除警报", 4: "灾情警报（胶州）", 5: "灾情警报（重庆）", 6: "灾情警报（浙江）",
};
export const MODES = {
  [Mode.LIVE]: { word: "实警", look: "live", effect: "警报器将真正鸣响，公众会当作真实警报" },
  [Mode.TRIAL]: { word: "试鸣", look: "trial", effect: "警报器将按公告的时间鸣响，供群众熟悉信号" },
  [Mode.SILENT]: { word: "静默测试", look: "silent", effect: "警报器自检，不发出声音" },
};

const MOST_NUMBERS = 60; // of sirens on the screen; the rest is counted
const WEEKDAYS = "日一二三四五六";
const two = (value) => String(value).padStart(2, "0");
const beijing = (seconds) => new Date((seconds + 8 * 3600) * 1000);
const signalName = (signal) => SIGNAL_NAMES[signal] ?? `第 ${signal} 号信号`;

export function time(seconds) {
  const at = beijing(seconds);
  const day = `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
  return `${day}（周${WEEKDAYS[at.getUTCDay()]}）${clock(seconds)}`;
}

export function clock(seconds) {
  const at = beijing(seconds);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
}

export function duration(seconds) {
  const parts = [[86400, "天"], [3600, "小时"], [60, "分"], [1, "秒"]];
  let rest = seconds;
  const words = parts.map(([size, word]) => {
    const count = Math.floor(rest / size);
    rest %= size;
    return count ? `${count} ${word}` : "";
  });
  return words.filter(Boolean).slice(0, 2).join(" ") || "0 秒";
}

// Rows [label, text] for the page; `list` is the decoded list that the order names, if any.
export function describeOrder(order, list = null) {
  const mode = MODES[order.mode];
  return [
    ["方式", `${mode.word}：${mode.effect}`],
    ["信号", programme(order)],
    ["开始", order.startsAt === null ? "第二人放行后立即" : time(order.startsAt)],
    ["对象", target(order, list)],
    ["失效", `${time(order.expiresAt)} 之后不再执行`],
    ["拟令", `${time(order.issued)}，第 ${order.counter} 号，名册第 ${order.roster} 版，单位 ${order.issuer}`],
  ];
}

export function describeRelease(release) {
  const start = release.start === null ? "按命令所载时刻开始" : `放行后 ${release.start} 秒开始，即 ${clock(release.released + release.start)}`;
  return [["放行", time(release.released)], ["开始", start]];
}

function programme({ startsAt, programme: steps }) {
  const after = (offset) => (offset ? `${duration(offset)}后` : "立即");
  const at = (offset) => (startsAt === null ? after(offset) : clock(startsAt + offset));
  return steps.map(([signal, offset]) => `${at(offset)} ${signalName(signal)}`).join("；");
}

function target({ target: to }, list) {
  if (to.kind === "all") return "本单位全部警报器";
  if (to.kind === "group") return `第 ${to.group} 组的全部警报器`;
  const sirens = to.kind === "sirens" ? to.sirens : list?.sirens;
  if (!sirens || (to.kind === "list" && list.number !== to.list)) return `第 ${to.list} 号清单（清单内容未随令提供，不得签名）`;
  const more = sirens.length > MOST_NUMBERS ? ` 等 ${sirens.length} 台` : "";
  const numbers = `${sirens.slice(0, MOST_NUMBERS).join("、")}${more}`;
  return `${to.kind === "list" ? `第 ${to.list} 号清单，` : ""}共 ${sirens.length} 台：${numbers}`;
}

// The words a person types. Different for each mode, so that habit cannot carry one into another.
export function confirmation(order) {
  if (order.mode === Mode.SILENT) return "静默测试";
  const names = [...new Set(order.programme.map(([signal]) => signalName(signal)))];
  if (order.mode === Mode.LIVE) return `发布实警${names[0]}`;
  if (order.startsAt === null) return "立即试鸣";
  const at = beijing(order.startsAt);
  return `试鸣${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
}

export const typedRight = (typed, order) => typed.replace(/\s/g, "") === confirmation(order);
