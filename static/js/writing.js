// The writing page: the bar and the shortcuts that write Markdown into the text, and the day on its chip.
import { replace as replaceIn } from "./lines.js";

const area = document.getElementById("id_body");
const bar = document.querySelector(".format-bar"), foot = bar.closest(".footbar");
const buttons = [...bar.querySelectorAll("button")];
const KEYS = { b: "bold", i: "italic", k: "link" };
const BLOCKS = { heading: "# ", list: "- ", quote: "> " };
const OPENING = /^\s*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|>\s?)*/u; // what stands before the words of a line
const LETTER = /[\p{L}\p{N}]/u;

const replace = (...what) => replaceIn(area, ...what);

function runBefore(text, at, sign) { let n = 0; while (text[at - 1 - n] === sign) n += 1; return n; }
function runAfter(text, at, sign) { let n = 0; while (text[at + n] === sign) n += 1; return n; }

// Whether the mark itself stands on both sides: one star of "**bold**" is no "*".
function isMarked(text, start, end, mark) {
  const run = Math.min(runBefore(text, start, mark[0]), runAfter(text, end, mark[0]));
  return mark.length === 2 ? run >= 2 : run === 1 || run > 2;
}

// Inside a word "_" is a letter, so a part of a word takes "*".
function markOf(format, text, start, end) {
  if (format === "bold") return "**";
  return LETTER.test(text[start - 1] ?? "") || LETTER.test(text[end] ?? "") ? "*" : "_";
}

function wrap(format) {
  const text = area.value;
  let { selectionStart: start, selectionEnd: end } = area;
  if (start === end) { // the word around the cursor
    while (LETTER.test(text[start - 1] ?? "")) start -= 1;
    while (LETTER.test(text[end] ?? "")) end += 1;
  }
  while (start < end && /\s/u.test(text[start])) start += 1;
  while (start < end && /\s/u.test(text[end - 1])) end -= 1;
  for (const mark of format === "bold" ? ["**", "__"] : ["_", "*"]) {
    if (!isMarked(text, start, end, mark)) continue;
    const { length } = mark;
    return replace(start - length, end + length, text.slice(start, end), start - length, end - length);
  }
  const mark = markOf(format, text, start, end), { length } = mark;
  const marked = text.slice(start, end).split("\n").map((line) => { // a mark ends with its paragraph
    const opening = OPENING.exec(line)[0], words = line.slice(opening.length);
    return words.trim() || start === end ? `${opening}${mark}${words}${mark}` : line;
  }).join("\n");
  if (start === end || !marked.includes("\n")) {
    const opening = OPENING.exec(text.slice(start, end))[0].length;
    return replace(start, end, marked, start + opening + length, start + marked.length - length);
  }
  replace(start, end, marked, start, start + marked.length);
}

function prefix(mark) {
  const text = area.value, { selectionStart: start, selectionEnd: end } = area;
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const to = text.indexOf("\n", last) === -1 ? text.length : text.indexOf("\n", last);
  const lines = text.slice(from, to).split("\n"), written = lines.filter((line) => line.trim());
  const isMarked = written.length > 0 && written.every((line) => line.startsWith(mark));
  const changed = lines.map((line) => {
    if (isMarked) return line.startsWith(mark) ? line.slice(mark.length) : line;
    return line.trim() || lines.length === 1 ? mark + line : line;
  }).join("\n");
  const caret = Math.max(from, start + (isMarked ? -1 : 1) * mark.length);
  replace(from, to, changed, start === end ? caret : from, start === end ? caret : from + changed.length);
}

function link() {
  const { value, selectionStart: start, selectionEnd: end } = area, chosen = value.slice(start, end).trim();
  if (/^(?:https?:\/\/|mailto:|tel:)\S+$/u.test(chosen)) return replace(start, end, `[](${chosen})`, start + 1);
  const at = start + chosen.length + 3, address = "https://";
  replace(start, end, `[${chosen}](${address})`, chosen ? at : start + 1, chosen ? at + address.length : start + 1);
}

function format(name) {
  if (name in BLOCKS) prefix(BLOCKS[name]);
  else if (name === "link") link();
  else wrap(name);
}

function focusButton(button) {
  for (const one of buttons) one.tabIndex = one === button ? 0 : -1;
  button.focus();
}

bar.hidden = false;
bar.addEventListener("mousedown", (event) => event.preventDefault()); // the focus, and a phone's keyboard, stay
bar.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button) format(button.dataset.format);
});
bar.addEventListener("keydown", (event) => {
  const at = buttons.indexOf(document.activeElement), step = document.documentElement.dir === "rtl" ? -1 : 1;
  const to = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: buttons.length - 1 }[event.key];
  if (event.key === "Escape") area.focus();
  else if (to !== undefined) focusButton(buttons[(to + buttons.length) % buttons.length]);
  else return;
  event.preventDefault();
});
area.addEventListener("keydown", (event) => {
  const name = KEYS[event.key.toLowerCase()], isPlain = !event.altKey && !event.shiftKey;
  if (name && isPlain && (event.ctrlKey || event.metaKey)) format(name);
  else if (event.key === "F10" && event.altKey) focusButton(buttons.find((one) => one.tabIndex === 0));
  else return;
  event.preventDefault();
});

// The preview is of the text as it was: it goes as soon as that changes.
document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  if (target.id === "preview") document.getElementById("preview-heading")?.focus();
});
area.addEventListener("input", () => document.getElementById("preview").replaceChildren());

// The chip says the day that was chosen.
for (const place of document.querySelectorAll("[data-day-of]")) {
  const field = document.getElementById(place.dataset.dayOf);
  field.addEventListener("change", () => {
    const day = field.valueAsDate;
    if (!day) return;
    const said = day.toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
    place.textContent = field.value === field.max ? place.dataset.today : said;
  });
}

// An entry goes on where it ends.
if (document.activeElement === area && area.selectionStart === 0) area.setSelectionRange(area.value.length, area.value.length);

// The foot stands above the keyboard of a phone, which covers the window without making it smaller.
const view = window.visualViewport;
function liftFoot() {
  const covered = view.scale > 1.05 ? 0 : Math.max(0, innerHeight - view.height - view.offsetTop);
  foot.style.setProperty("--covered", `${Math.round(covered)}px`);
}
for (const type of ["resize", "scroll"]) view?.addEventListener(type, liftFoot);
