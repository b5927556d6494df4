// What every page has: partial updates, the Beijing clock, menus that close, a warning before typing is lost.
import htmx from "htmx.org";
import { startClock } from "./lib/clock.js";
import { closeMenus, guardUnsaved, pickAll, printOnRequest } from "./lib/page.js";

window.htmx = htmx;
startClock(document);
closeMenus(document);
guardUnsaved(document);
pickAll(document);
printOnRequest(document);
