// The phone is to forget: nothing is shown any more but what must still be delivered.
import { h } from "../../src/lib/dom.js";
import { REASONS } from "../leaving.js";
import { link, notice } from "../parts.js";
import { queueList, queueTools } from "./queue.js";

export async function leavingScreen(app, reason) {
  return h("div", { class: "screen", "data-live": "" },
    notice("warn", "lock", h("p", {}, REASONS[reason]),
      h("p", {}, "还有没送达的记录，先替您保管；全部送达后自动清除这台手机上的资料。")),
    link("login-2", "登录并送达", "/login/?next=/field/", "btn-primary btn-lg wide"),
    await queueList(app), queueTools(app, { leaving: true }));
}
