// Entry of the planning and result pages.
import "./soundings/pages.css";
import { chooseTarget } from "./soundings/target.js";
import { showResult } from "./soundings/result.js";

const target = document.querySelector("[data-target]");
if (target) chooseTarget(target, JSON.parse(document.getElementById("target-sirens").textContent));
const points = document.getElementById("result-points");
if (points) showResult(document.querySelector('[data-part="map"]'), JSON.parse(points.textContent));
