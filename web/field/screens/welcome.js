// A phone that holds nothing yet, or no longer.
import { h } from "../../src/lib/dom.js";
import { button, icon, link } from "../parts.js";

export async function welcomeScreen(app) {
  const online = navigator.onLine;
  return h("div", { class: "welcome", "data-live": "" }, icon("shield-check"),
    h("h1", {}, "现场检查"),
    h("p", {}, online
      ? "登录后领取本人的检查任务。之后没有信号也能扫牌、填表、拍照，有网络时自动送达。"
      : "这台手机里没有任务资料。请到有网络的地方登录一次。"),
    online ? link("login-2", "登录", "/login/?next=/field/", "btn-primary btn-lg") : button("refresh", "再试", () => app.wake(), "btn-lg"));
}
