// Entry of the pages on which an order is signed and released.
import "./soundings/pages.css";
import { startSigning } from "./signing/page.js";

startSigning(document.querySelector("[data-signing]"), JSON.parse(document.getElementById("signing-given").textContent));
