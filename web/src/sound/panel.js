// The sound check: one row a signal with its strip of sound and silence, a button and a needle.
import { edges, seconds } from "./pattern.js";
import { Player } from "./player.js";

const SVG = "http://www.w3.org/2000/svg";

// `signals`: [{ number, name, strokes, repeat }]; `root`: an element that becomes the panel.
export function soundCheck(root, signals) {
  let player = null;
  let current = null;
  const rows = signals.map((signal) => row(signal, () => toggle(signal)));
  root.replaceChildren(...rows.map(({ element }) => element));

  function toggle(signal) {
    player ??= new Player();
    const again = current === signal;
    player.stop();
    if (again) return;
    player.play(signal, () => show(null));
    show(signal);
    requestAnimationFrame(follow);
  }

  function show(signal) {
    current = signal;
    rows.forEach((each) => each.show(each.signal === signal));
  }

  function follow() {
    const at = player.position();
    if (at === null) return;
    rows.find(({ signal }) => signal === current)?.needle(at);
    requestAnimationFrame(follow);
  }
}

function row(signal, onPress) {
  const element = document.createElement("div");
  element.className = "soundcheck-row";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm";
  button.addEventListener("click", onPress);
  const name = document.createElement("span");
  name.className = "soundcheck-name";
  name.textContent = signal.name;
  const { svg, needle } = strip(signal);
  element.append(button, name, svg);
  const show = (playing) => {
    button.textContent = playing ? "停" : "试听";
    button.setAttribute("aria-label", `${playing ? "停止试听" : "试听"}${signal.name}`);
    button.setAttribute("aria-pressed", String(playing));
    needle(0);
  };
  show(false);
  return { element, signal, show, needle };
}

export function strip(signal) {
  const length = seconds(signal);
  const svg = part("svg", { viewBox: `0 0 ${length} 10`, preserveAspectRatio: "none", class: "soundcheck-strip", role: "img" });
  svg.append(part("title", {}, `${signal.name}：${spoken(signal)}，共 ${length} 秒`));
  for (const [on, off] of edges(signal)) svg.append(part("rect", { x: on, y: 1, width: off - on, height: 8 }));
  const line = part("line", { y1: 0, y2: 10, x1: 0, x2: 0 });
  svg.append(line);
  const needle = (at) => ["x1", "x2"].forEach((name) => line.setAttribute(name, at));
  return { svg, needle };
}

export function spoken({ strokes, repeat }) {
  const once = strokes.map(([on, off]) => (off ? `鸣 ${on} 秒停 ${off} 秒` : `长鸣 ${on} 秒`)).join("、");
  return repeat > 1 ? `${once}，反复 ${repeat} 遍` : once;
}

function part(name, attributes, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}
