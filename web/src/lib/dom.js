// h("button", { class: "btn", onclick: f }, "停止"): an element; text is never read as markup.
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

// Writes only what differs: an unchanged text costs no layout.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

// Keeps one element per key under `parent`, in the order of `items`; `make(item)` → { element, show }.
export function keyed(parent, key, make) {
  const views = new Map();
  return (items) => {
    const wanted = new Set(items.map(key));
    for (const [id, view] of views) {
      if (wanted.has(id)) continue;
      view.element.remove();
      views.delete(id);
    }
    items.forEach((item, i) => {
      const id = key(item);
      if (!views.has(id)) views.set(id, make(item));
      const { element, show } = views.get(id);
      if (parent.children[i] !== element) parent.insertBefore(element, parent.children[i] ?? null);
      show(item);
    });
  };
}
