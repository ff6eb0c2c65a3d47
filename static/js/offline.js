// The page without a network (offline/offline.html): writing, checking in, and what waits (outbox.js).
import * as outbox from "./outbox.js";

const { dataset: sentences, content } = document.getElementById("sentences");
const by = (id) => document.getElementById(id);
const body = by("body"), tried = by("tried");
const language = document.documentElement.lang, PAUSE = 400, LOOK = 5000; // milliseconds

function time(at) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(language, { timeStyle: "short", ...(isToday ? {} : { dateStyle: "medium" }) }).format(at);
}
function localDay() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
function number(n, one, many) { return n === 1 ? one : many.replace("{n}", n.toLocaleString(language)); }
function say(id, sentence, at) { by(id).textContent = sentence.replace("{time}", at ? time(at) : ""); }
function label(thing) {
  if (thing.kind === "trust") return sentences.trust.replace("{value}", thing.label);
  if (thing.kind === "answer") return `${thing.about}: ${thing.label}`;
  const words = thing.body.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
  return number(words, sentences.entryOne, sentences.entryMany);
}

let state;
async function show() {
  const device = await outbox.device();
  const next = !device ? "off" : outbox.isOpen(device) ? "open" : "locked";
  if (next !== state) await enter(next);
  if (state !== "off") await showWaiting();
}
async function enter(next) {
  state = next;
  for (const one of document.querySelectorAll("[data-state]")) one.hidden = !one.dataset.state.includes(state);
  by("questions").replaceChildren();
  if (state !== "open") return void (body.value = "");
  body.value = (await outbox.draft())?.body ?? "";
  const questions = await outbox.questions();
  by("check-in").hidden = !questions;
  if (questions) await ask(questions);
}
async function ask({ html, day, at }) {
  const list = by("questions");
  list.innerHTML = html;
  list.dataset.day = day;
  say("seen", sentences.seen, at);
  for (const { kind, promise, value, day: on } of await outbox.waiting()) {
    if (kind === "entry" || on !== day) continue;
    const answer = list.querySelector(`[data-kind=${kind}]${promise ? `[data-promise="${promise}"]` : ""} [value="${value}"]`);
    if (answer) answer.checked = true;
  }
}
async function showWaiting() {
  const things = (await outbox.waiting()).filter(({ place }) => place);
  const isLocked = state === "locked", n = things.length;
  by("count").textContent = !n ? sentences.none
    : isLocked ? number(n, sentences.lockedOne, sentences.lockedMany) : number(n, sentences.one, sentences.many);
  by("act").hidden = !n;
  by("waiting").replaceChildren(...(isLocked ? [] : things.map(line)));
}
function line(thing) {
  const item = content.firstElementChild.cloneNode(true);
  item.querySelector(".own-words").textContent = label(thing);
  item.querySelector(".meta").textContent = time(thing.at);
  if (!thing.refusal) return item;
  item.insertAdjacentHTML("beforeend", thing.refusal); // offline/_receipt.html
  for (const button of item.querySelectorAll("[data-do]")) button.onclick = () => settle(thing, button.dataset);
  return item;
}
async function settle(thing, { do: act, was }) {
  if (act === "delete") await outbox.remove(thing);
  else await outbox.changeAnswer(thing, { was, refusal: undefined });
  await (act === "delete" ? show() : send());
}

function sayConnection(now) {
  for (const one of document.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== now;
}
async function send() {
  if (state === "off") return sayConnection("back");
  const { outcome } = await outbox.send();
  tried.textContent = "";
  if (outcome === "away") say("tried", sentences.away, Date.now());
  if (outcome === "signed-out") say("tried", sentences.signedOut);
  sayConnection(outcome === "away" ? "away" : "back");
  await show();
}
async function keep(where, act) {
  try {
    await act();
    say(where, sentences.kept, Date.now());
  } catch {
    say(where, sentences.unkept);
    document.querySelector("[data-copy-text]").hidden = !navigator.clipboard;
    return false;
  }
  await show();
  return true;
}
async function writtenOn() { return (await outbox.questions())?.day ?? localDay(); }

let timer, typing = Promise.resolve();
function keepTyped() {
  clearTimeout(timer);
  return (typing = typing.then(async () => outbox.keepDraft(body.value, await writtenOn())));
}
body.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => keepTyped().catch(() => keep("kept-entry", () => Promise.reject())), PAUSE);
});
by("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!body.value.trim()) return say("kept-entry", sentences.empty);
  const isKept = await keep("kept-entry", async () => { await keepTyped(); await outbox.finishDraft(); });
  if (isKept) body.value = "";
});
by("check-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { day } = by("questions").dataset, answers = [];
  for (const question of by("questions").querySelectorAll("[data-kind]")) {
    const chosen = question.querySelector(":checked"), { kind, promise, was } = question.dataset;
    if (!chosen || chosen.value === was) continue;
    const about = question.closest("li")?.querySelector(".own-words").textContent;
    const value = { kind, day, was, value: chosen.value, label: chosen.parentElement.textContent.trim() };
    answers.push(promise ? { ...value, promise, about } : value);
  }
  if (!answers.length) return say("kept-check-in", sentences.unanswered);
  await keep("kept-check-in", async () => { for (const answer of answers) await outbox.keepAnswer(answer); });
});
document.querySelector("[data-copy-text]").onclick = () => navigator.clipboard.writeText(body.value);
by("try").onclick = send;
by("delete").onclick = async () => {
  for (const one of await outbox.waiting()) if (one.place) await outbox.remove(one);
  await show();
};

for (const kind of ["pointerdown", "keydown"])
  addEventListener(kind, () => { if (state === "open") localStorage.usedAt = Date.now(); }, { capture: true, passive: true });
addEventListener("online", send);
addEventListener("storage", show); // another tab signed out, or sent something
document.addEventListener("visibilitychange", show);
setInterval(show, LOOK); // the pause may be over that locks
navigator.locks?.request("draft", () => new Promise(() => {})); // while this page is open, its text stays here
await show();
if (state !== "off" || navigator.onLine) await send();
