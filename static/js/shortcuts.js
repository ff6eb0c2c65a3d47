// "?" lists the keyboard shortcuts, and the links of that list have the keys. No key acts in a field, in
// an open dialog (a closed one keeps the focus until the next frame), together with Ctrl, Alt or Meta, or
// where the page /help/keyboard/ has switched them off.
const FIELDS = "input, textarea, select, [contenteditable], dialog[open]";
let before = "";

document.addEventListener("keydown", (event) => {
  const dialog = document.getElementById("shortcuts"), { key, target } = event;
  const keys = `${before} ${key}`.trim(), link = dialog.querySelector(`[data-keys="${CSS.escape(keys)}"]`);
  before = "";
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (target.closest(FIELDS) || /(?:^|; )shortcuts=off(?:;|$)/.test(document.cookie)) return;
  if (key === "?") dialog.showModal();
  else if (keys === "g") before = "g";
  else if (link) {
    event.preventDefault(); // "/" would open the browser's own search
    link.click();
  }
});
document.getElementById("shortcuts").querySelector("button").onclick = () => document.getElementById("shortcuts").close();
