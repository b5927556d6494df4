export function closeMenus(page) {
  const open = () => page.querySelectorAll("details.menu[open]");
  page.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (location.hash === "#nav") location.hash = "";
  });
}

// A form with data-guard asks before what was typed is lost.
export function guardUnsaved(page) {
  let dirty = false;
  const guarded = (event) => event.target.closest?.("form[data-guard]");
  page.addEventListener("input", (event) => { if (guarded(event)) dirty = true; });
  page.addEventListener("submit", (event) => { if (guarded(event)) dirty = false; });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}

// <input type="checkbox" data-pick-all="ids"> picks every checkbox of that name; [data-picked] says how many.
export function pickAll(page) {
  page.addEventListener("change", (event) => {
    const name = event.target.dataset?.pickAll ?? event.target.name;
    const boxes = [...page.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name ?? "")}"]`)];
    if (event.target.dataset?.pickAll) for (const box of boxes) box.checked = event.target.checked;
    const count = boxes.filter((box) => box.checked).length;
    for (const out of page.querySelectorAll(`[data-picked="${CSS.escape(name ?? "")}"]`)) out.textContent = String(count);
  });
}

export function printOnRequest(page) {
  page.addEventListener("click", (event) => { if (event.target.closest?.("[data-print]")) print(); });
}
