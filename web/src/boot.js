// Runs before the first paint: without a chosen theme the page follows the system's.
const root = document.documentElement;
if (!root.dataset.bsTheme) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => { root.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  dark.addEventListener("change", follow);
  follow();
}
