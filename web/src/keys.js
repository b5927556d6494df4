// Entry of the page of keys and rosters.
import "./soundings/pages.css";
import { showFingerprints, startKeys } from "./signing/keypage.js";

const given = document.getElementById("keys-given");
if (given) startKeys(document.querySelector("[data-keys]"), JSON.parse(given.textContent));
showFingerprints(document);
