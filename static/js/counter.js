// Near its limit, a field with data-most says how many characters it has, counted as on the server
// (journal/privacy/length.py). No field has maxlength, which would cut what someone pastes.
const { near, over } = document.getElementById("counter").dataset;
const segmenter = Intl.Segmenter && new Intl.Segmenter(undefined, { granularity: "grapheme" });
const NEAR = 0.9, HUGE = 20; // shares of the limit; counting a huge text would hold up the page
const lines = new WeakMap();

function lengthOf(text, most) {
  if (text.length < most * NEAR) return text.length; // no character is shorter than one unit
  return segmenter && text.length < most * HUGE ? [...segmenter.segment(text)].length : [...text].length;
}

function lineOf(field) {
  if (lines.has(field)) return lines.get(field);
  const line = Object.assign(document.createElement("p"), { id: `${field.id}_count` });
  line.setAttribute("role", "status");
  const words = document.querySelector(`[data-words-in="${field.id}"]`); // in a bar that stays in view
  (words ?? field).after(line);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  lines.set(field, line);
  return line;
}

function count(field) {
  const most = Number(field.dataset.most), number = lengthOf(field.value, most);
  if (number < most * NEAR && !lines.has(field)) return;
  const line = lineOf(field), written = (value) => value.toLocaleString(document.documentElement.lang);
  line.className = number > most ? "field-error" : "meta";
  line.textContent = number < most * NEAR ? ""
    : (number > most ? over : near).replace("{n}", written(number)).replace("{most}", written(most));
}

function countAll() { document.querySelectorAll("[data-most]").forEach(count); }
for (const name of ["input", "focusin"])
  document.addEventListener(name, ({ target }) => target.dataset?.most && count(target));
document.addEventListener("htmx:afterSettle", countAll);
countAll();
