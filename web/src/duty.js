// Entry of the duty desk page.
import "./duty/desk.css";
import { startDesk } from "./duty/desk.js";
import { post, state } from "./duty/server.js";

const root = document.querySelector("[data-desk]");
const { state: stateUrl, stop, acknowledge, mapOptions } = root.dataset;
const server = {
  state: (numbers) => state(numbers ? `${stateUrl}&sirens=${numbers.join(",")}` : stateUrl),
  stop: (target) => post(stop, target),
  acknowledge: (id) => post(acknowledge.replace("00000000-0000-0000-0000-000000000000", id), {}),
};

performance.mark("desk-asked");
server.state(null).then((first) => {
  root.desk = startDesk(root, first, { server, mapOptions: JSON.parse(mapOptions) });
  root.dataset.ready = "true";
  performance.measure("desk-ready", "desk-asked");
}).catch((error) => {
  root.querySelector('[data-part="trouble"]').textContent = `值班台没有取到数据（${error.message}），请刷新。停止警报请用 hudun stop --all。`;
  console.error(error);
});
