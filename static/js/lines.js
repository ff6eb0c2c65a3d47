// Writes into a text through insertText, so that the browser's undo works; and the lines of a template, which
// go below what is there, as on the server (guide/line_templates.py).
export function replace(area, from, to, text, start, end = start) {
  area.focus();
  area.setSelectionRange(from, to);
  const isDone = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!isDone) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(start, end);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-lines]");
  if (!button) return;
  event.preventDefault();
  const area = button.form.elements.namedItem("body");
  const { value } = area, { length } = value.trimEnd(), lines = button.dataset.lines;
  const added = length ? `\n\n${lines}` : lines, second = lines.indexOf("\n") + 1 || lines.length;
  button.closest("details").open = false;
  replace(area, length, value.length, added, length + added.length - lines.length + second);
});
