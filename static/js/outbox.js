// What a person makes without a connection waits in IndexedDB until the server has it, encrypted with
// a key that the browser made and gives to nobody. There is none of it until it is ticked on this
// device (device.js). The key ends with an explicit act only: signing out, another person's signing
// in, the device's signing out from elsewhere (Clear-Site-Data), the account's end, or unticking. A
// session that ran out closes the outbox: nothing is shown until the same person signs in again.
const NAME = "outbox", DRAFT = 0; // the place of what is being typed; others count from 1
const TIMEOUT = 15_000, LONGEST_WAIT = 14 * 24 * 60 * 60_000; // milliseconds
const RECEIVED = 204, REFUSED = [409, 422];

let opened;
function database() {
  return (opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("device");
      request.result.createObjectStore("waiting", { autoIncrement: true });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => { request.result.close(); opened = undefined; }; // it is being deleted
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }));
}
async function inStore(name, mode, act) { // resolves once the disk has it
  const transaction = (await database()).transaction(name, mode, { durability: "strict" });
  const request = act(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

export function isTicked() { return "waiting" in localStorage; } // how many things wait, for pages that ask
export async function device() { return isTicked() ? inStore("device", "readonly", (store) => store.get("device")) : undefined; }
async function change(values) {
  const changed = { ...(await device()), ...values };
  await inStore("device", "readwrite", (store) => store.put(changed, "device"));
}
export async function begin(person) { // the first answer of the server opens it
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  localStorage.waiting = 0;
  await change({ person, key, openUntil: 0 });
  await navigator.storage?.persist?.();
}
export function forget() {
  localStorage.removeItem("waiting");
  return new Promise((resolve) => { indexedDB.deleteDatabase(NAME).onsuccess = resolve; });
}

// The page is closed from the end of the session on, and after the pause that locks it (lock.js).
export function isOpen({ openUntil, lockAfter }) {
  return Date.now() < openUntil && !(lockAfter && Date.now() - localStorage.usedAt > lockAfter);
}
export async function close() { if (isTicked()) await change({ openUntil: 0 }); }

async function seal(words) {
  const { key, person } = await device(), iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(person), bytes = new TextEncoder().encode(JSON.stringify(words));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, bytes) };
}
async function unseal({ iv, sealed }) {
  const { key, person } = await device(), additionalData = new TextEncoder().encode(person);
  const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, sealed);
  return JSON.parse(new TextDecoder().decode(bytes));
}

// Everything that waits, the oldest first: { place, kind, at, ... }.
export async function waiting() {
  if (!(await device())) return [];
  const [places, rows] = await Promise.all(["getAllKeys", "getAll"].map((all) => inStore("waiting", "readonly", (store) => store[all]())));
  const things = await Promise.all(rows.map(async (row, n) => ({ ...(await unseal(row)), place: places[n] })));
  const isOver = ({ at }) => at < Date.now() - LONGEST_WAIT;
  await Promise.all(things.filter(isOver).map(remove));
  return things.filter((one) => !isOver(one)).sort((one, other) => one.at - other.at);
}
async function put({ place, ...thing }) {
  const row = await seal(thing);
  await inStore("waiting", "readwrite", (store) => store.put(row, place));
  await count();
}
export async function remove({ place }) {
  await inStore("waiting", "readwrite", (store) => { store.delete(place); });
  await count();
}
async function count() { if (isTicked()) localStorage.waiting = await inStore("waiting", "readonly", (store) => store.count()); }

const now = () => ({ at: Date.now(), id: crypto.randomUUID() }); // with the id, it arrives once
export async function keepAnswer(answer) { // a later answer to the same question replaces it
  const isSame = ({ kind, day, promise }) => kind === answer.kind && day === answer.day && promise === answer.promise;
  for (const one of (await waiting()).filter(isSame)) await remove(one);
  await put({ ...now(), ...answer });
}
export async function draft() { return (await waiting()).find(({ place }) => place === DRAFT); }
export async function keepDraft(body, written_on) {
  if (!body.trim()) return remove({ place: DRAFT });
  await put({ ...((await draft()) ?? { ...now(), kind: "entry" }), body, written_on, place: DRAFT });
}
export async function finishDraft() {
  const typed = await draft();
  await put({ ...typed, at: Date.now(), place: undefined });
  await remove(typed);
}
export function changeAnswer(thing, values) { return put({ ...thing, ...values }); }

// Today's questions, as the server drew them last; none once that day is over.
export async function questions() {
  const kept = await inStore("device", "readonly", (store) => store.get("questions"));
  if (!kept || Date.now() > kept.until) return undefined;
  return { at: kept.at, ...(await unseal(kept)) };
}
async function keepQuestions(form) {
  const list = form.querySelector("#questions"), { until, session } = form.dataset;
  const row = { ...(await seal({ html: list.innerHTML, day: list.dataset.day })), at: Date.now(), until: until * 1000 };
  await inStore("device", "readwrite", (store) => store.put(row, "questions"));
  const minutes = Number(document.cookie.match(/(?:^|; )lock=(\d+)/)?.[1] ?? 0);
  await change({ openUntil: Date.now() + session * 1000, lockAfter: minutes * 60_000 });
}

// Asks the server who is signed in. Resolves to the form with the token, or to why there is none.
export async function ask() {
  let response, html;
  try {
    response = await fetch("/offline/outbox/", { signal: AbortSignal.timeout(TIMEOUT) });
    html = await response.text();
  } catch { return "away"; }
  if (response.redirected) return close().then(() => "signed-out");
  const form = new DOMParser().parseFromString(html, "text/html").getElementById("outbox");
  if (!response.ok || !form) return "away";
  if (form.dataset.person !== (await device())?.person) return forget().then(() => "signed-out");
  await keepQuestions(form);
  return form;
}

// Sends everything, one after the other, from one tab at a time. Resolves to: sent, left (the person
// has to act), or why not.
export function send() { return navigator.locks.request("outbox", sendAll); }
async function sendAll() {
  const form = await ask();
  if (typeof form === "string") return { outcome: form };
  let sent = 0, left = 0;
  const send = async (thing) => {
    const response = await post(thing, new FormData(form)).catch(() => undefined);
    if (response?.status === RECEIVED) sent += 1, await remove(thing);
    else if (REFUSED.includes(response?.status)) left += 1, await put({ ...thing, refusal: await response.text() });
    else return false;
    return true;
  };
  for (const thing of await waiting()) {
    // What an open page is still typing stays there; what was left by a closed one goes as well.
    const isDraft = thing.place === DRAFT;
    const isGoingOn = isDraft
      ? await navigator.locks.request("draft", { ifAvailable: true }, (lock) => !lock || send(thing))
      : await send(thing);
    if (!isGoingOn) return { outcome: "away", sent, left, form };
  }
  return { outcome: left ? "left" : "sent", sent, left, form };
}
function post({ place, refusal, ...thing }, fields) {
  const body = new URLSearchParams({ ...Object.fromEntries(fields), ...thing });
  return fetch("/offline/outbox/", { method: "POST", body, signal: AbortSignal.timeout(TIMEOUT) });
}
