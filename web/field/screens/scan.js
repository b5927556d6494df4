// Reading a plate: by the camera, from a photo of it, or by typing what stands below the QR code.
import { h } from "../../src/lib/dom.js";
import { codeInScan, readCode } from "../code.js";
import { button, notice } from "../parts.js";
import { reader } from "../qr.js";

export async function scanScreen(app) {
  const video = h("video", { class: "scan-view", playsinline: true, muted: true });
  const said = h("div", { "aria-live": "polite" });
  const open = (text) => {
    const code = codeInScan(text);
    if (code) app.go(`#/plate/${code}`);
    else said.replaceChildren(notice("warn", "alert-triangle", h("p", {}, "这不是标识牌的二维码。")));
    return Boolean(code);
  };
  const read = await reader();
  const stop = camera(video, read, open, () => said.replaceChildren(noCamera()));
  const screen = h("div", { class: "screen" }, h("h1", {}, "扫标识牌"), video, said, fromPhoto(read, open, said), byHand(app));
  screen.leave = stop;
  return screen;
}

const noCamera = () => notice("info", "info-circle", h("p", {}, "没有打开相机（未授权或手机不支持）。可以拍一张二维码，或输入牌号。"));

// Looks four times a second; returns what stops it.
function camera(video, read, open, onFailure) {
  let stream = null, stopped = false;
  const look = async () => {
    while (!stopped) {
      const text = video.readyState >= 2 ? await read(video).catch(() => null) : null;
      if (stopped || (text && open(text))) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  const started = navigator.mediaDevices?.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  (started ?? Promise.reject(new Error("no camera"))).then(async (found) => {
    stream = found;
    if (stopped) return stopAll(stream);
    video.srcObject = stream;
    await video.play();
    await look();
  }).catch(onFailure);
  return () => { stopped = true; stopAll(stream); };
}

const stopAll = (stream) => stream?.getTracks().forEach((track) => track.stop());

function fromPhoto(read, open, said) {
  const input = h("input", {
    type: "file", accept: "image/*", capture: "environment", class: "visually-hidden", id: "scan-photo",
    onchange: async () => {
      const picture = await createImageBitmap(input.files[0]).catch(() => null);
      const text = picture && await read(picture).catch(() => null);
      if (!text || !open(text)) said.replaceChildren(notice("warn", "alert-triangle", h("p", {}, "照片里没有认出标识牌的二维码。请靠近、对正再拍，或输入牌号。")));
    },
  });
  return h("div", {}, input, button("camera", "拍一张二维码", () => input.click(), "wide"));
}

function byHand(app) {
  const field = h("input", { class: "form-control mono", id: "code", autocapitalize: "characters", autocomplete: "off", spellcheck: "false", maxlength: 20, placeholder: "XXXX-XXXX-XXXX" });
  const wrong = h("p", { class: "invalid-feedback", role: "alert" });
  const submit = (event) => {
    event.preventDefault();
    const code = readCode(field.value);
    if (code) return app.go(`#/plate/${code}`);
    wrong.textContent = "牌号是 12 位字母和数字，印在二维码下方。";
    return undefined;
  };
  return h("form", { class: "by-hand", onsubmit: submit },
    h("label", { class: "form-label", for: "code" }, "或输入牌号"), h("div", { class: "side-by-side" }, field, h("button", { class: "btn btn-primary" }, "打开")), wrong);
}
