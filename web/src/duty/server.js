// What the desk asks of the server.
const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

export async function post(url, body) {
  const answer = await fetch(url, {
    method: "POST", headers: { "X-CSRFToken": csrf(), "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body), signal: AbortSignal.timeout(8000),
  });
  if (answer.ok) return answer.json();
  const problem = await answer.json().catch(() => ({ what: `服务器答复 ${answer.status}` }));
  throw Object.assign(new Error(`${problem.what}${problem.todo ?? ""}`), { final: answer.status < 500 });
}

export async function state(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`服务器答复 ${answer.status}`);
  return answer.json();
}
