// From drafted octets to signed frames. Every check here is made again by server and sirens; here
// it is made so that a person is told before signing, not refused afterwards.
import * as cose from "./cose.js";
import {
  decodeList, decodeOrder, encodeRelease, kidNumber, kidOctets, Mode, Right, RIGHT_FOR_MODE,
} from "./frames.js";
import { unlock } from "./keyfile.js";
import { equal } from "./octets.js";

export const ARM_WINDOW = 120; // seconds from order to release, and from release to the first sound
export const LEAD = 10; // seconds from release to the first sound of an immediate order

export class Unfit extends Error {}

// `keys`: the roster's [{ kid, person, public, rights, until }] as the page gave it.
export function keyOnRoster(file, keys) {
  return keys.find((key) => equal(key.public, file.public)) ?? null;
}

export function fitness(entry, order, now) {
  if (!entry) return "这把密钥不在现行名册里，警报器不会承认它。";
  if (entry.until < now) return "这把密钥在名册里的有效期已过。";
  if (!(entry.rights & RIGHT_FOR_MODE[order.mode])) return `这把密钥没有签“${rightName(RIGHT_FOR_MODE[order.mode])}”的权限。`;
  return "";
}

export const rightName = (right) =>
  ({ [Right.LIVE]: "实警", [Right.TRIAL]: "试鸣", [Right.SILENT]: "静默", [Right.STOP]: "停止", [Right.TIME]: "授时" })[right];

export const rightNames = (rights) =>
  Object.values(Right).filter((right) => rights & right).map(rightName).join("、") || "无";

// The drafted order and the list it names, decoded from octets; Unfit when they do not agree.
export function readOrder(payload, listPayload = null) {
  const order = decodeOrder(payload);
  const list = listPayload ? decodeList(listPayload) : null;
  const wanted = order.target.kind === "list" ? order.target.list : null;
  if ((list?.number ?? null) !== wanted || (list && list.issuer !== order.issuer)) {
    throw new Unfit("命令与清单对不上，不能签名。");
  }
  return { order, list };
}

export async function signOrder({ payload, listPayload = null, file, kid, passphrase }) {
  readOrder(payload, listPayload);
  return withSeed(file, passphrase, async (seed) => ({
    frame: await cose.sign1(payload, kidOctets(kid), seed),
    listFrame: listPayload && (await cose.sign1(listPayload, kidOctets(kid), seed)),
  }));
}

// What the second person is shown: the order inside the signed frames, and who signed it.
export async function readSignedOrder(frame, listFrame, keys) {
  const taken = cose.takeApart(frame);
  const kid = kidNumber(taken.kid);
  const signer = keys.find((key) => key.kid === kid);
  if (!signer || !(await cose.verify(frame, signer.public))) throw new Unfit("命令的签名与名册对不上，不能放行。");
  if (listFrame && !(await sameSigner(listFrame, signer))) throw new Unfit("清单的签名与命令的签名人不同，不能放行。");
  return { ...readOrder(taken.payload, listFrame && cose.takeApart(listFrame).payload), signer };
}

async function sameSigner(listFrame, signer) {
  const kid = kidNumber(cose.takeApart(listFrame).kid);
  return kid === signer.kid && cose.verify(listFrame, signer.public);
}

export function releaseFitness(order, signer, entry, now) {
  const unfit = fitness(entry, order, now);
  if (unfit) return unfit;
  if (order.mode !== Mode.SILENT && entry.person === signer.person) return "放行必须由另一个人签名：这把密钥与签发命令的是同一个人。";
  if (now > order.expiresAt) return "命令已过失效时间。";
  if (order.startsAt === null && now - order.issued > ARM_WINDOW) return "签发已超过两分钟，放行窗口已关闭，请重新拟令。";
  return "";
}

export async function releaseOf(order, frame, listFrame, now) {
  const frames = listFrame ? [frame, listFrame] : [frame];
  return {
    issuer: order.issuer, roster: order.roster, counter: order.counter,
    digest: await cose.digest(...frames), released: now, start: order.startsAt === null ? LEAD : null,
  };
}

export async function signRelease({ release, file, kid, passphrase }) {
  return withSeed(file, passphrase, (seed) => cose.sign1(encodeRelease(release), kidOctets(kid), seed));
}

async function withSeed(file, passphrase, work) {
  const seed = await unlock(file, passphrase);
  return work(seed).finally(() => seed.fill(0));
}
