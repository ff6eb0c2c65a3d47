// "?" lists the keyboard shortcuts, and the links of that list have the keys. No key acts in a field,
// in a dialog, together with Ctrl, Alt or Meta, or where the page /help/keyboard/ has switched them off.
const FIELDS = "input, textarea, select, [contenteditable], dialog";
let before = "";

document.addEventListener("keydown", (event) => {
  const dialog = document.getElementById("shortcuts"), { key, target } = event;
  const keys = `${before} ${key}`.trim();
  before = "";
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (target.closest(FIELDS) || /(?:^|; )shortcuts=off(?:;|$)/.test(document.cookie)) return;
  if (key === "?") dialog.showModal();
  else if (keys === "g") before = "g";
  else dialog.querySelector(`[data-keys="${CSS.escape(keys)}"]`)?.click();
});
document.getElementById("shortcuts").querySelector("button").onclick = () => document.getElementById("shortcuts").close();
