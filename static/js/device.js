// On a device where text may wait (outbox.js): pages send it, and the page that signs out says how
// much there is. The tick itself is in offline/_choice.html.
import { begin, close, device, forget, isTicked, questions, send } from "./outbox.js";

const person = document.getElementById("autosave")?.dataset.person;
const RECENT = 10 * 60_000; // milliseconds, in which today's questions need no refresh

function say(form, name) {
  const line = form.querySelector(`template[data-say=${name}]`).content.firstElementChild.cloneNode(true);
  line.querySelector("a[href='']")?.setAttribute("href", location.href);
  document.querySelector("main .wrap")?.prepend(line);
}
async function sendFromPage({ anew = false } = {}) {
  const known = await device();
  if (known && known.person !== person) await forget();
  if (known?.person !== person) return;
  const isFresh = (await questions())?.at > Date.now() - RECENT;
  if (isFresh && !anew && !Number(localStorage.waiting)) return;
  const { outcome, sent, form } = await send();
  if (form && sent) say(form, "sent");
  if (outcome === "left") say(form, "left");
}

const part = document.querySelector("[data-before-sign-out]");
function sayWhatWaits() {
  const number = Number(isTicked() && localStorage.waiting);
  part.hidden = !number;
  const { one, many } = part.dataset;
  part.querySelector("p").textContent = number === 1 ? one : many.replace("{n}", number);
}
function startSignOut() {
  sayWhatWaits();
  part.querySelector("button").onclick = async () => {
    const { outcome } = await send();
    sayWhatWaits();
    document.getElementById("sent-first").textContent = outcome === "sent" ? part.dataset.sent : part.dataset.unsent;
  };
}

const choice = document.querySelector("[data-keep-unsent]");
function startChoice() {
  const box = choice.querySelector("input"), line = choice.querySelector("[role=status]");
  const say = (name) => { line.textContent = choice.dataset[name] ?? ""; };
  const canKeep = globalThis.indexedDB && globalThis.crypto?.subtle && navigator.locks && navigator.serviceWorker;
  choice.hidden = !canKeep;
  box.checked = isTicked();
  box.onchange = async () => {
    if (!box.checked && Number(localStorage.waiting)) {
      box.checked = true;
      return say("waits");
    }
    try {
      if (box.checked) await begin(person);
      else await forget();
      say(box.checked ? "ticked" : "unticked");
    } catch {
      await forget();
      box.checked = false;
      say("unkept");
    }
    if (box.checked) sendFromPage({ anew: true });
  };
}

if (choice && person) startChoice();
if (part) startSignOut();
else if (person) {
  addEventListener("online", () => sendFromPage());
  document.addEventListener("saved", () => sendFromPage({ anew: true })); // an answer was recorded here
  sendFromPage({ anew: location.pathname === "/today/" });
} else if (document.querySelector("form[action^='/accounts/login/']")) close();
