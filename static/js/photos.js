// Photos on the writing page: chosen, pasted or dropped, they go one by one to the page of the entry's
// photos while someone writes on; they wait until the entry is stored. That page is asked for first and
// gives the address and the fields of its form. The same file sent again in one visit is the same photo,
// so a file without an answer is simply sent again.
import { announce } from "./controls.js";
import { take as takeShared } from "./shared.js";

const field = document.querySelector("[data-photos]"), form = field.closest("form");
const list = field.querySelector("ul"), button = field.querySelector("[value=photos]");
const texts = field.querySelector("template").content, status = field.querySelector("[role=status]");
const day = document.getElementById("id_written_on");
const waiting = []; // {file, row}
const TRIES = 3, PAUSE = 2000; // milliseconds
const picker = Object.assign(document.createElement("input"), {
  type: "file", multiple: true, accept: "image/jpeg,image/png,image/webp,image/heic,image/heif" });
// Asked for without a visit, that page would redirect to a new one. crypto.randomUUID is missing where
// pages come by plain HTTP.
const visit = "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
  (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));
let running = null;

function isStored() { return Number(form.elements.namedItem("version")?.value) > 0; } // autosave.js sets it
function address() { // words that were put back may belong to another row than the page's
  const id = form.elements.namedItem("id")?.value;
  return id ? field.dataset.photos.replace(/[0-9a-f-]{36}/, id) : field.dataset.photos;
}
function said(name) { return texts.querySelector(`[data-say=${name}]`).cloneNode(true); }
function say(name) { status.replaceChildren(...(name ? said(name).childNodes : [])); }

function add(files) {
  for (const file of files) {
    const row = texts.querySelector("[data-sent]").cloneNode(true);
    row.firstElementChild.textContent = file.name;
    list.append(row);
    waiting.push({ file, row });
  }
  run();
}
function run() { return (running ??= send().finally(() => { running = null; })); }

async function send() { // resolves to whether nothing waits any more
  while (waiting.length) {
    if (!isStored()) return say("words"), false; // "saved" runs it again
    const { file, row } = waiting[0];
    say("sending");
    const page = await openPage();
    const answer = page.fields ? await post(page, file, row.querySelector("progress")) : page;
    waiting.shift();
    if (answer.photo) show(row, answer.photo);
    else refuse(row, file, answer);
  }
  say(list.querySelector("[data-sent]") ? "" : "sent");
  return true;
}

async function openPage(tries = TRIES) { // its form, or why there is none
  let response, html;
  try {
    response = await fetch(`${address()}?visit=${visit}`);
    html = await response.text();
  } catch { response = { status: 503 }; }
  if (response.redirected) return { error: said("signed-out").textContent };
  if (response.status === 404) return { error: said("gone").textContent };
  if (!response.ok) {
    if (tries === 1) return { error: said("away").textContent, again: true };
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    return openPage(tries - 1);
  }
  const page = new DOMParser().parseFromString(html, "text/html"), open = page.getElementById("add-photos");
  if (!open) return { error: page.querySelector("main .note").textContent.trim() };
  const fields = new FormData(open);
  fields.delete("photos");
  return { to: open.getAttribute("action"), fields };
}

async function post(page, file, progress, tries = TRIES) { // the new photo, or why there is none
  page.fields.set("photos", file);
  const { status: code, responseText } = await new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch does not tell how much is sent
    request.open("POST", page.to);
    request.setRequestHeader("HX-Request", "true");
    request.upload.onprogress = ({ loaded, total }) => { progress.value = loaded / total; };
    request.onloadend = () => resolve(request);
    request.send(page.fields);
  });
  const answer = Object.assign(document.createElement("template"), { innerHTML: responseText }).content;
  if (code === 201) return { photo: answer.querySelector("li") };
  if ([0, 409, 502, 503, 504].includes(code)) { // unreachable, or busy with another photo
    if (tries === 1) return { error: said("away").textContent, again: true };
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    return post(page, file, progress, tries - 1);
  }
  return { error: answer.textContent.trim() || said("away").textContent, again: code !== 422 };
}

function show(row, photo) {
  row.replaceWith(photo);
  const taken = photo.dataset.day;
  if (!taken || !day || day.value === taken) return;
  const offer = said("day"), use = offer.querySelector("button");
  const name = new Date(`${taken}T12:00`).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  use.textContent = use.textContent.replace("{day}", name);
  use.onclick = () => { day.value = taken; announce(day); offer.remove(); day.focus(); };
  field.querySelector(".offer")?.remove();
  offer.className = "offer meta";
  list.after(offer);
}
function refuse(row, file, { error, again }) {
  const [retry, dismiss] = row.querySelectorAll("button");
  row.querySelector(".error").textContent = error;
  row.querySelector("progress").hidden = true;
  retry.parentElement.hidden = false;
  retry.hidden = !again;
  retry.onclick = () => { row.remove(); add([file]); };
  dismiss.onclick = () => { row.remove(); button.focus(); };
}

button.addEventListener("click", (event) => { event.preventDefault(); picker.click(); });
picker.addEventListener("change", () => { add([...picker.files]); picker.value = ""; });
form.addEventListener("saved", () => { if (waiting.length) run(); });

// Before page.js, which says on other pages that pictures can't be added there.
function take(event, data) {
  if (!data?.types.includes("Files") || data.types.includes("text/plain")) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.type !== "dragover") add([...data.files]);
}
addEventListener("paste", (event) => take(event, event.clipboardData), true);
addEventListener("drop", (event) => take(event, event.dataTransfer), true);
addEventListener("dragover", (event) => take(event, event.dataTransfer), true);

// Saving waits for the photos under way; what couldn't be sent is shown, and the next press goes on.
addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  if (target !== form || !waiting.length) return;
  event.preventDefault();
  event.stopPropagation();
  while (waiting.length && !(await run())) await new Promise((resolve) => form.addEventListener("saved", resolve, { once: true }));
  if (!list.querySelector("[data-sent]")) form.requestSubmit(submitter);
}, true);

// After a quick note with photos from another app (capture.js).
const shared = new URLSearchParams(location.search).get("shared");
if (shared) {
  history.replaceState(history.state, "", location.pathname);
  takeShared(shared).then((share) => { if (share) add(share.photos); else say("not-shared"); });
}
