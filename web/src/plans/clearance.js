// Asks how long a polygon takes, and says it in words and a small table.
const many = (number) => number.toLocaleString("zh-CN");

export async function askClearance(root, place, shape) {
  place.textContent = "计算中……";
  const body = new FormData();
  body.set("area", JSON.stringify(shape));
  const csrf = root.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(root.dataset.clear, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": csrf } });
  const asked = await answer.json();
  if (!answer.ok) { place.textContent = `${asked.what ?? asked.title ?? ""}${asked.todo ?? ""}（${asked.number ?? answer.status}）`; return; }
  const ended = await wait(asked.state);
  if (ended.state !== "done") { place.textContent = `${ended.problem?.what ?? "没有算成。"}${ended.problem?.todo ?? ""}`; return; }
  place.replaceChildren(...told(ended.result));
}

async function wait(address) {
  for (;;) {
    const said = await (await fetch(`${address}?wait=1`, { headers: { Accept: "application/json" } })).json();
    if (!["queued", "running"].includes(said.state)) return said;
  }
}

const line = (name, text) => { const made = document.createElement(name); made.textContent = text; return made; };

export function told(result) {
  const head = line("p", `圈内 ${many(result.rows)} 处、${many(result.people)} 人（老弱 ${many(result.vulnerable)}）：有位 ${many(result.covered)}，无位 ${many(result.left)}。`);
  if (!result.together) return [head];
  const last = line("p", `警报后 ${result.together.last_min} 分全部进入；如果只有他们走，${result.alone.last_min} 分。`);
  last.className = "plan-strong";
  return [head, last, table(result)];
}

function table(result) {
  const made = document.createElement("table");
  made.className = "table";
  const head = made.createTHead().insertRow();
  for (const word of ["平均每人（分）", "大家一起走", "只有他们走"]) { const cell = line("th", word); cell.scope = "col"; head.append(cell); }
  const body = made.createTBody();
  result.together.parts.forEach(([word, minutes], k) => {
    const row = body.insertRow();
    const first = line("th", word);
    first.scope = "row";
    row.append(first, line("td", minutes), line("td", result.alone.parts[k][1]));
  });
  const sum = body.insertRow();
  const first = line("th", "合计");
  first.scope = "row";
  sum.append(first, line("td", result.together.mean_min), line("td", result.alone.mean_min));
  return made;
}
