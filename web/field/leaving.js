// When a phone must forget: its person logs out, its loan has run out, or the desk says so.
// It forgets only what has been delivered; until then it shows nothing but the queue.
export function reasonToLeave({ leaving, keepUntil }, now) {
  if (leaving) return leaving;
  return keepUntil && now > keepUntil ? "time" : null;
}

export const REASONS = {
  logout: "已退出登录。",
  time: "资料借用期已满，需要重新登录领取。",
  office: "办公室要求清除这台手机上的资料。",
};

export async function leaveIfDelivered(store, server, now) {
  const reason = reasonToLeave({ leaving: await store.meta("leaving"), keepUntil: await store.meta("keepUntil") }, now);
  if (!reason || !(await store.wipe())) return false;
  if (reason !== "time") await server.logOut();
  return true;
}
