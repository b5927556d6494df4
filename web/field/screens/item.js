// One item of the form: tick, measure, say, photograph. Every letter is kept as it is typed: the battery may die at any.
import { h } from "../../src/lib/dom.js";
import { compress, photoRecord } from "../photo.js";
import { button, icon } from "../parts.js";
import { uuid7 } from "../uuid7.js";
import { answerOf, judged, photoWanted, readNumber, withAnswer } from "../visit.js";
import { RESULTS, minute } from "../words.js";

export function itemField(sheet, item) {
  const field = h("fieldset", { class: "item", id: `item-${item.key}` });
  const legend = h("legend", {}, item.text, item.veto ? h("span", { class: "state state-bad" }, "一票否决") : null);
  const show = () => {
    const answer = answerOf(sheet.visit, item.key);
    field.dataset.result = answer.result ?? "";
    field.querySelector(".wants-photo").hidden = !photoWanted(item, answer);
    field.querySelector(".comment").hidden = answer.result !== "fail" && !answer.comment;
  };
  const change = (made) => sheet.change((visit) => withAnswer(visit, item.key, made)).then(show);
  field.append(legend, hint(sheet, item), ...inputs(sheet, item, change), comment(sheet, item, change), photos(sheet, item, show));
  show();
  return field;
}

// The last answer is shown, never ticked for the inspector.
function hint(sheet, item) {
  const last = sheet.visit.form.plate.last?.[item.key];
  if (!last) return "";
  const said = [last.result && RESULTS[last.result], last.value !== null && last.value !== undefined ? `${last.value}${item.unit ?? ""}` : null, last.comment];
  const words = said.filter(Boolean).join("，");
  return words ? h("p", { class: "last muted" }, `上次：${words}`) : "";
}

function inputs(sheet, item, change) {
  if (item.answer === "number") return [measure(sheet, item, change), choice(sheet, item, change, ["na"])];
  if (item.answer === "text") return [words(sheet, item, change)];
  return [choice(sheet, item, change, ["pass", "fail", "na"])];
}

function choice(sheet, item, change, results) {
  const { result } = answerOf(sheet.visit, item.key);
  return h("div", { class: "choice" }, results.flatMap((value) => [
    h("input", {
      type: results.length > 1 ? "radio" : "checkbox", name: item.key, id: `${item.key}-${value}`, checked: result === value,
      onchange: (event) => change({ result: event.target.checked ? value : null }),
    }),
    h("label", { for: `${item.key}-${value}`, class: `choice-${value}` }, RESULTS[value]),
  ]));
}

function measure(sheet, item, change) {
  const { value } = answerOf(sheet.visit, item.key);
  const verdict = h("span", { class: "verdict", role: "status" });
  const show = (result) => {
    verdict.textContent = result ? RESULTS[result] : "";
    verdict.className = `verdict ${result ?? ""}`;
  };
  const input = h("input", {
    class: "form-control", inputmode: "decimal", id: `${item.key}-value`, autocomplete: "off", value: value ?? "",
    oninput: () => {
      const read = readNumber(input.value);
      input.setAttribute("aria-invalid", read === undefined);
      if (read === undefined) return Object.assign(verdict, { textContent: "请填数字", className: "verdict fail" });
      show(judged(item, read));
      return change({ value: read, result: judged(item, read) });
    },
  });
  show(judged(item, value));
  return h("div", { class: "measure" }, input, h("span", {}, item.unit ?? ""), h("span", { class: "muted" }, limits(item)), verdict);
}

function limits({ limits: bounds, unit = "" }) {
  if (!bounds) return "";
  const { min = null, max = null } = bounds;
  return [min !== null ? `≥ ${min}` : "", max !== null ? `≤ ${max}` : ""].filter(Boolean).join("，") + ` ${unit}`;
}

function words(sheet, item, change) {
  const area = h("textarea", { class: "form-control", rows: 2, maxlength: 2000, "aria-label": item.text, oninput: () => change({ value: area.value || null }) });
  area.value = answerOf(sheet.visit, item.key).value ?? "";
  return area;
}

function comment(sheet, item, change) {
  const area = h("textarea", { class: "form-control", rows: 2, maxlength: 2000, placeholder: "哪里不合格、到什么程度", "aria-label": `${item.text}：说明`, oninput: () => change({ comment: area.value }) });
  area.value = answerOf(sheet.visit, item.key).comment;
  return h("div", { class: "comment" }, area);
}

function photos(sheet, item, show) {
  const strip = h("div", { class: "strip" });
  const said = h("p", { class: "photo-said", role: "status" });
  const input = h("input", { type: "file", accept: "image/*", capture: "environment", multiple: true, class: "visually-hidden", id: `${item.key}-photo`, "aria-label": `${item.text}：照片` });
  const album = h("input", { type: "file", accept: "image/*", multiple: true, class: "visually-hidden", "aria-label": `${item.text}：相册` });
  for (const one of [input, album]) {
    one.addEventListener("change", async () => {
      for (const file of [...one.files]) await addPhoto(sheet, item, file, strip, said, one === album);
      one.value = "";
      show();
    });
  }
  answerOf(sheet.visit, item.key).photos.forEach(async (id) => strip.append(await thumb(sheet, item, id, show)));
  return h("div", { class: "photos" }, input, album,
    h("div", { class: "side-by-side" }, button("camera", "拍照", () => input.click(), "btn-sm"), button("photo", "相册", () => album.click(), "btn-sm"),
      h("span", { class: "wants-photo" }, icon("camera"), "需要照片")), said, strip);
}

// Says so only after the photo and the answer that shows it are on the disk.
async function addPhoto(sheet, item, file, strip, said, fromAlbum) {
  said.textContent = "正在处理照片…";
  try {
    const { bytes } = await compress(file);
    const taken = fromAlbum ? Math.min(file.lastModified || Date.now(), Date.now()) : Date.now();
    const photo = await photoRecord({ id: uuid7(), visit: sheet.visit.id, item: item.key, bytes, taken, position: sheet.where });
    const shown = (visit) => withAnswer(visit, item.key, { photos: [...answerOf(visit, item.key).photos, photo.id] });
    await sheet.change(shown, (visit) => sheet.app.store.addPhoto(visit, photo, bytes));
    const kept = answerOf(sheet.visit, item.key).photos.includes(photo.id);
    said.textContent = kept ? "照片已存入手机" : "照片没有存下，请再拍一次";
    if (kept) strip.append(await thumb(sheet, item, photo.id));
  } catch (error) {
    said.textContent = error.message;
  }
}

async function thumb(sheet, item, id, show = () => {}) {
  const bytes = await sheet.app.store.bytesOf(id);
  const url = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
  const figure = h("figure", {}, h("img", { src: url, alt: `照片 ${minute(Date.now())}`, onload: () => URL.revokeObjectURL(url) }));
  const drop = async () => {
    if (!confirm("删除这张照片？")) return;
    const without = (visit) => withAnswer(visit, item.key, { photos: answerOf(visit, item.key).photos.filter((one) => one !== id) });
    await sheet.change(without, (visit) => sheet.app.store.dropPhoto(visit, id));
    figure.remove();
    show();
  };
  figure.append(h("button", { type: "button", class: "thumb-drop", "aria-label": "删除照片", onclick: drop }, icon("trash")));
  return figure;
}
