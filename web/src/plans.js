// Entry of the pages of a plan: its map, a loss, an evacuation.
import "./plans/pages.css";
import { showPlan } from "./plans/mapview.js";
import { chooseLoss } from "./plans/loss.js";
import { showAfter } from "./plans/after.js";

const start = (selector, work) => {
  const root = document.querySelector(selector);
  if (root) work(root).catch(console.error);
};

start("[data-plan-map]", showPlan);
start("[data-plan-loss]", chooseLoss);
start("[data-plan-after]", showAfter);
