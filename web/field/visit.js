// A visit: begun from what the phone holds, filled in, packed as hudun-visit/1. Pure: no storage, no network.
import { stamp } from "./words.js";

const EMPTY = { result: null, value: null, comment: "", photos: [] };

export function beginVisit({ id, plate, campaign, template, device, now }) {
  return {
    id, plate: plate.code, title: plate.title, campaign: campaign?.id ?? null,
    template: template.slug, version: template.version, device, started: now, finished: null,
    state: "draft", position: null, answers: {}, comment: "", clear: false, problem: null, form: { plate, template },
  };
}

// The items asked of this plate: one of a system it does not have is not asked.
export function sectionsFor(template, plate) {
  const systems = new Set(plate.systems ?? []);
  const asked = ({ when }) => !when?.system || systems.has(when.system);
  return template.sections
    .map(({ title, items }) => ({ title, items: items.filter(asked) }))
    .filter(({ items }) => items.length);
}

export const itemsFor = (template, plate) => sectionsFor(template, plate).flatMap(({ items }) => items);

export const answerOf = (visit, key) => ({ ...EMPTY, ...visit.answers[key] });

export function withAnswer(visit, key, change) {
  return { ...visit, answers: { ...visit.answers, [key]: { ...answerOf(visit, key), ...change } } };
}

// A number is judged by its limits; the inspector's tick stands where there are none.
export function judged(item, value) {
  if (value === null || !item.limits) return null;
  const { min, max } = item.limits;
  return (min == null || value >= min) && (max == null || value <= max) ? "pass" : "fail";
}

export function readNumber(text) {
  const plain = String(text).trim().replace(/[，,]/g, ".").replace(/[－—]/g, "-");
  if (plain === "") return null;
  const value = Number(plain);
  return Number.isFinite(value) && Math.abs(value) <= 1e9 ? value : undefined;
}

export function isAnswered(item, answer) {
  if (answer.result === "na") return true;
  if (item.answer === "pass") return answer.result !== null;
  if (item.answer === "number") return answer.value !== null;
  return true; // words are welcome, never demanded
}

export function progress(visit, items) {
  const demanded = items.filter(({ answer }) => answer !== "text");
  return { done: demanded.filter((item) => isAnswered(item, answerOf(visit, item.key))).length, of: demanded.length };
}

export function photoWanted(item, answer) {
  if (answer.photos.length || answer.result === "na") return false;
  return item.photo === "always" || (item.photo !== "never" && answer.result === "fail");
}

// What stands open before the visit can end; the inspector may end it all the same.
export function openPoints(visit, items) {
  return {
    unanswered: items.filter((item) => !isAnswered(item, answerOf(visit, item.key))),
    photos: items.filter((item) => photoWanted(item, answerOf(visit, item.key))),
    failed: items.filter((item) => answerOf(visit, item.key).result === "fail"),
  };
}

// What is promised to the server: exactly the photos that the phone holds.
export function packageOf(visit, photos, items) {
  const asked = new Set(items.map(({ key }) => key));
  return {
    format: "hudun-visit/1", visit: visit.id, plate: visit.plate, campaign: visit.campaign,
    template: visit.template, version: visit.version,
    started: stamp(visit.started), finished: stamp(visit.finished), device: visit.device,
    position: visit.position,
    answers: Object.keys(visit.answers).filter((key) => asked.has(key)).map((key) => ({ item: key, ...answerOf(visit, key) })),
    comment: visit.comment, no_deficiencies: visit.clear,
    photos: photos.map(({ id, sha256, size, media_type, taken, lon, lat }) => (
      { id, sha256, size, media_type, taken: stamp(taken), lon, lat }
    )),
  };
}

// Ends the visit: what is packed now is never changed afterwards, and the form is no longer needed.
export function finishVisit(visit, photos, items, now) {
  const { form: _, ...kept } = visit;
  const finished = { ...kept, finished: Math.max(now, visit.started), state: "queued" };
  return { ...finished, package: packageOf(finished, photos, items) };
}
