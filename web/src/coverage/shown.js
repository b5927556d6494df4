// The figures beside the map.
import { h, setText } from "../lib/dom.js";

const count = (number) => Math.round(number).toLocaleString("en-US");
const km2 = (metres) => (metres / 1e6).toLocaleString("en-US", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
// Never rounded up to all.
const share = (part, whole) => (whole ? `${part < whole ? Math.min(99.9, Math.round(1000 * part / whole) / 10).toFixed(1) : "100"}%` : "—");
const signed = (number, text) => (number ? `${number > 0 ? "▲ 多" : "▼ 少"} ${text}` : "没有变化");

export function shown(root, data) {
  const part = (name) => root.ownerDocument.querySelector(`[data-part="${name}"]`);
  const status = part("status");
  const boxes = [...root.querySelectorAll("[data-siren]")];
  let day = "";

  function figures({ figures: now }) {
    const before = data.figures;
    setText(part("area-share"), share(now.covered_m2, now.built_up_m2));
    setText(part("covered"), km2(now.covered_m2));
    const area = now.covered_m2 - before.covered_m2;
    setText(part("area-change"), signed(area, `${km2(Math.abs(area))} km²`));
    if (!now.people) return;
    setText(part("people-share"), share(now.hearing, now.people));
    setText(part("hearing"), count(now.hearing));
    const people = now.hearing - before.hearing;
    setText(part("people-change"), signed(people, `${count(Math.abs(people))} 人`));
  }

  // Who heard before and does not now, by 社区.
  function lost({ places }) {
    const box = part("lost");
    const rows = places.map((place, i) => ({ ...place, lost: data.places[i].hearing - place.hearing })).filter((place) => place.lost > 0).sort((a, b) => b.lost - a.lost);
    box.hidden = !rows.length;
    const title = day ? `${day} 谁没有听到` : "比原来少听到的人";
    const cells = rows.slice(0, 15).map((row) => h("tr", {}, h("th", { scope: "row" }, [row.street, row.community].filter(Boolean).join(" ") || "—"), h("td", { class: "text-end" }, count(row.lost)), h("td", { class: "text-end" }, share(row.hearing, row.people))));
    const total = rows.reduce((sum, row) => sum + row.lost, 0);
    box.replaceChildren(
      h("h3", { class: "h4" }, `${title}：${count(total)} 人`),
      h("table", { class: "table" }, h("thead", {}, h("tr", {}, ...["街道、社区", "少听到（人）", "现在听得到"].map((text, i) => h("th", { scope: "col", class: i ? "text-end" : "" }, text)))), h("tbody", {}, cells)),
      rows.length > 15 ? h("p", { class: "muted" }, `另有 ${rows.length - 15} 个社区。`) : "",
    );
  }

  function overlap(shares) {
    if (!shares) return;
    part("overlap").replaceChildren(...shares.slice(0, 8).map((value, n) => h("li", {}, h("b", {}, `${(100 * value).toFixed(1)}%`), ` ${n} 台`)));
  }

  const words = ({ off, moved }) => [off.size ? `关 ${off.size} 台` : "", moved.size ? `移 ${moved.size} 台` : ""].filter(Boolean).join("，") || "原状";

  return {
    ready: () => { if (!status.dataset.failed) setText(status, "可以拖动、开关警报器。"); },
    busy: () => { delete status.dataset.failed; setText(status, "正在算……"); },
    failed: (problem) => {
      status.dataset.failed = "true";
      setText(status, `没有算成：${problem.what ?? ""}${problem.todo ?? ""}${problem.number ? `（${problem.number}）` : ""}`);
    },
    show: (answer, state, ms) => {
      figures(answer);
      lost(answer);
      overlap(answer.overlap);
      if (!answer.whole) {
        root.dataset.ms = Math.round(ms);
        root.dataset.answers = Number(root.dataset.answers ?? 0) + 1;
      }
      setText(status, `${words(state)}：新结果 ${(root.dataset.ms / 1000).toFixed(2)} 秒${answer.whole ? "，图已补全" : ""}。`);
    },
    mark: ({ off, moved }) => {
      boxes.forEach((box) => { box.checked = !off.has(Number(box.dataset.siren)); });
      part("reset").disabled = !off.size && !moved.size;
    },
    silentDay: (text) => { day = text; },
    onToggle: (act) => boxes.forEach((box) => box.addEventListener("change", () => act(Number(box.dataset.siren), box.checked))),
    onOff: (act) => root.querySelectorAll("[data-off]").forEach((button) => button.addEventListener("click", () => act(button.dataset.off.split(",").map(Number), button.dataset.day))),
    onMove: (act) => part("move").addEventListener("submit", (event) => {
      event.preventDefault();
      const [index, lon, lat] = ["mv-siren", "mv-lon", "mv-lat"].map((id) => Number(document.getElementById(id).value));
      if (Number.isFinite(lon) && Number.isFinite(lat) && lon && lat) act(index, [lon, lat]);
    }),
    onReset: (act) => part("reset").addEventListener("click", act),
    onLook: (act) => document.querySelectorAll("[data-lon]").forEach((button) => button.addEventListener("click", () => act([Number(button.dataset.lon), Number(button.dataset.lat)]))),
  };
}
