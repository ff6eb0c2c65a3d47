// Everything here is a convenience: each page also works without it.
"use strict";

// The browser knows which time zone it is in; a form that wants it has a field for it.
for (const field of document.querySelectorAll("input[type=hidden][name=zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const offer = field.closest("[data-zone-offer]");
  if (!offer) field.value = zone || "";
  else if (zone) {
    field.value = zone;
    for (const place of offer.querySelectorAll("[data-zone-name]")) place.textContent = zone.replaceAll("_", " ");
    offer.hidden = false;
  }
}

// Whoever signed in to save what they had typed is taken there.
document.querySelector("form[data-send-on]")?.submit();

// After a form came back with errors, the summary is where to begin.
document.getElementById("errors")?.focus();

// A text can be copied where the browser allows it; elsewhere the button stays away.
function offerCopying() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
}
offerCopying();
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
  button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
});

// After a step was swapped in, reading goes on at its errors or its question.
document.addEventListener("htmx:afterSettle", (event) => {
  offerCopying();
  mindTheTime();
  if (event.detail.target.id !== "main" && event.detail.target !== document.body) return;
  (document.getElementById("errors") ?? document.querySelector("main h1"))?.focus({ preventScroll: false });
});

// Paper is the browser's business; a button that asks for it shows where there is a script.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// How many words there are so far.
for (const place of document.querySelectorAll("[data-words-in]")) {
  const text = document.getElementById(place.dataset.wordsIn);
  const count = () => {
    const words = text.value.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
    place.textContent = words === 1 ? place.dataset.one : place.dataset.many.replace("{n}", words.toLocaleString(document.documentElement.lang));
  };
  text.addEventListener("input", count);
  count();
}

// Whoever has written for a while is asked, once, how to go on (parts/pause.html).
function mindTheTime() {
  for (const place of document.querySelectorAll("[data-minutes]:not([data-since])")) {
    const form = document.getElementById(place.dataset.of), since = (place.dataset.since = Date.now());
    const long = place.dataset.minutes * 60_000;
    let typed = false, asked = false;
    const ask = () => {
      if (!typed || asked || Date.now() - since < long) return;
      asked = true;
      place.replaceChildren(place.nextElementSibling.content.cloneNode(true));
      place.querySelector("[type=button]").onclick = () => { place.replaceChildren(); form.querySelector("textarea").focus(); };
    };
    form.addEventListener("input", () => { typed = true; ask(); });
    setTimeout(ask, long);
  }
}
mindTheTime();

// Leaving quickly puts the other page in the place of this one, so that Back does not lead here.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-leave]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.replace(link.href);
});

// --- No word is lost ---------------------------------------------------------------------------
// A form with a long text is copied into this browser with every key, until the server has it. A
// form with data-autosave is also sent there whenever typing pauses, one request at a time: what
// was sent without an answer is sent again as it was, so that the server knows its own page. The
// copies belong to one person; they go when that person signs out or another one signs in.
const sayings = document.getElementById("keeping"); // parts/keeping.html: who is here, and sentences
const person = sayings?.dataset.person;
const PAUSE = 1000, LONGEST = 60_000, TIMEOUT = 15_000, SETTLED = 5000; // milliseconds
const NOT_WORDS = ["csrfmiddlewaretoken", "version", "unheard", "kept"];
const FORMS = "form[method=post]:has(textarea:not([hidden], [readonly]), input[type=text]):not([action^='/accounts/'], :has([type=password]))";
const keepers = new Map();
let gone = false;

class Keeper {
  constructor(form, answered) {
    this.form = form;
    this.url = form.dataset.autosave; // without it: kept here only, until the form goes through
    this.place = this.url ?? this.action;
    this.status = form.querySelector(".save") ?? form.appendChild(say("empty"));
    this.had = form.querySelector("#errors") ? "" : this.words(); // what the server has
    this.unheard = ""; // what was sent and not answered
    this.wait = PAUSE;
    form.addEventListener("input", () => this.changed());
    // After a reload a new entry has another id; the words of the page before are its own.
    const left = copies().find((copy) => copy.name === this.name || (copy.tab === tab() && !copy.version && copy.action === this.action));
    // What a form was answered with is newer than its copy: a line may have been taken out of it.
    if (left?.name === this.name && this.action.split("?")[0] === answered) this.renewFrom(left);
    else if (left) this.adopt(left);
  }
  get action() { return this.form.getAttribute("action"); } // form.action may be a field of that name
  get name() { return `${tab()}-${hash(this.place)}`; }
  get blank() {
    const required = [...this.form.querySelectorAll("textarea:required")];
    return required.length > 0 && required.every((area) => !area.value.trim());
  }
  get stands() { return this.words() === this.had; }
  field(name, value) {
    let field = this.form.querySelector(`input[type=hidden][name=${name}]`);
    if (!field && value !== undefined) this.form.append((field = Object.assign(document.createElement("input"), { type: "hidden", name })));
    if (value !== undefined) field.value = value;
    return field?.value ?? "";
  }
  words() {
    const data = new FormData(this.form);
    for (const name of NOT_WORDS) data.delete(name);
    return new URLSearchParams(data).toString();
  }
  changed() {
    if (this.stands && !this.unheard) return this.forget();
    this.keep();
    if (this.url && !this.decides) this.soon(PAUSE);
  }
  keep() { // in this browser
    if (gone) return;
    const { name, place, action, unheard } = this;
    this.form.dataset.unsaved = "";
    this.kept = store(`words:${name}`, JSON.stringify({
      name, place, action, unheard, person, tab: tab(), words: this.words(), version: this.field("version"),
      page: location.pathname + location.search, at: Date.now(),
    }));
  }
  forget() {
    localStorage.removeItem(`words:${this.name}`);
    delete this.form.dataset.unsaved;
  }
  adopt(copy) { // the words of a copy go back into the form
    localStorage.removeItem(`words:${copy.name}`);
    for (const [name, value] of new URLSearchParams(copy.words)) {
      const field = this.form.elements.namedItem(name);
      if (field?.type === "checkbox") field.checked = true;
      else if (field) field.value = value;
    }
    if (copy.version) this.field("version", copy.version);
    if (this.url) this.url = this.place = copy.place;
    this.unheard = copy.unheard;
    this.changed();
  }
  renewFrom(copy) {
    this.had = "";
    this.unheard = copy.unheard;
    this.changed();
  }
  soon(wait) {
    const due = Date.now() + wait;
    clearTimeout(this.timer);
    this.due = Math.min(due, this.due ?? due + 4 * PAUSE); // someone who never pauses is saved too
    this.timer = setTimeout(() => this.save(), this.due - Date.now());
  }
  save() { return (this.saving ??= this.send().finally(() => { this.saving = null; })); }
  async send() { // resolves to: saved, refused (only the writer can change that), away, signed-out
    clearTimeout(this.timer);
    this.due = undefined;
    if (this.stands && !this.unheard) return "saved";
    if (!this.unheard && this.blank) {
      if (this.field("version")) this.show(say("blank").outerHTML);
      return "refused";
    }
    const words = this.unheard || this.words();
    this.unheard = words;
    this.keep();
    let answer, part;
    try {
      answer = await post(this.url, words, { version: this.field("version"), csrfmiddlewaretoken: this.field("csrfmiddlewaretoken") });
      part = await answer.text();
    } catch { return this.later("unsaved", "away"); }
    if (answer.status >= 500) return this.later("unsaved", "away");
    this.unheard = "";
    if (answer.status === 403 || answer.status === 204 || answer.redirected) return this.renew();
    this.wait = PAUSE;
    this.renewed = false;
    const version = this.show(part).dataset.version;
    this.decides = answer.status === 409;
    if (!version) return this.keep(), "refused";
    this.had = words;
    this.field("version", version);
    const address = this.form.dataset.address;
    if (address && this.url.startsWith(address.slice(0, -5))) history.replaceState(history.state, "", address);
    if (this.stands) return this.forget(), "saved";
    return this.send();
  }
  async renew() { // signing in again changed the page's token, or nobody is signed in
    let page;
    try {
      const answer = await fetch(location.href, { signal: AbortSignal.timeout(TIMEOUT) });
      if (!answer.ok) return this.later("unsaved", "away");
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { return this.later("unsaved", "away"); }
    const who = page.getElementById("keeping")?.dataset.person;
    if (who && who !== person) return leave("/");
    if (!who || this.renewed) return this.later("signed-out", "signed-out");
    this.renewed = true; // once: whoever is refused again with a new token is not refused for it
    const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    document.body.setAttribute("data-hx-headers", JSON.stringify({ "x-csrftoken": token }));
    return this.send();
  }
  later(saying, outcome) {
    this.keep();
    this.renewed = false;
    this.show(say(this.kept || saying !== "unsaved" ? saying : "unkept").outerHTML);
    this.timer = setTimeout(() => this.save(), (this.wait = Math.min(this.wait * 2, LONGEST)));
    return outcome;
  }
  show(part) { // said once, not again with every save of the same minute
    const line = Object.assign(document.createElement("template"), { innerHTML: part }).content.firstElementChild;
    if (line.textContent !== this.status.textContent) this.status.replaceChildren(line);
    return line;
  }
  now() { if (this.url && !this.decides && this.form.isConnected && (!this.stands || this.unheard)) this.save(); }
}

function store(name, text) {
  try { localStorage.setItem(name, text); return true; } catch { return false; }
}
function copies() {
  const found = Object.keys(localStorage).filter((name) => name.startsWith("words:"));
  return found.map((name) => JSON.parse(localStorage[name])).filter((copy) => copy.person === person);
}
function tab() { return (sessionStorage.tab ??= Math.random().toString(36).slice(2)); }
function hash(text) { return [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7).toString(36); }
function say(what) {
  return sayings.content.querySelector(`[data-say=${what}]`)?.cloneNode(true) ?? Object.assign(document.createElement("p"), { className: "save", role: "status" });
}
function post(url, words, more) {
  const body = `${words}&${new URLSearchParams({ ...more, do: "autosave" })}`;
  const headers = { "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded" };
  return fetch(url, { method: "POST", body, headers, keepalive: body.length < 60_000, signal: AbortSignal.timeout(TIMEOUT) });
}

function begin(answered) { // whenever a form has come into the page; as the answer of which address
  if (!person) return;
  const through = document.cookie.match(/(?:^|; )kept=([\w-]+)/)?.[1];
  if (through) {
    localStorage.removeItem(`words:${through}`);
    document.cookie = "kept=; max-age=0; path=/";
  }
  for (const form of document.querySelectorAll(FORMS))
    if (!keepers.has(form)) keepers.set(form, new Keeper(form, answered));
  for (const form of keepers.keys()) if (!form.isConnected) keepers.delete(form);
}

function offer() { // words that another tab left behind
  const own = [...keepers.values()].map((keeper) => keeper.name);
  const left = copies().find((copy) => !own.includes(copy.name));
  if (!left) return;
  if (left.at > Date.now() - SETTLED) return setTimeout(offer, SETTLED); // it may be on its way
  const note = say("left"), here = [...keepers.values()].find((keeper) => left.page === location.pathname + location.search || left.place === keeper.place);
  const [link, back, go] = note.querySelectorAll("a, button");
  link.href = left.page;
  (here ? link : back).remove();
  back.onclick = () => { here.adopt(left); note.remove(); };
  go.onclick = () => { localStorage.removeItem(`words:${left.name}`); note.remove(); };
  document.querySelector("main .wrap").prepend(note);
}

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event, keeper = keepers.get(form);
  if (form.getAttribute("action") === "/accounts/logout/") leave();
  // Buttons outside `main` leave the page; HTMX would not see which of them was pressed.
  if ((submitter && !form.contains(submitter)) || keeper?.plainly) event.stopPropagation();
  if (!keeper) return;
  const unsaved = keeper.saving || (submitter?.value !== "skip" && (!keeper.stands || keeper.unheard));
  if (!keeper.url || keeper.goes || keeper.decides || !unsaved) {
    keeper.goes = false;
    keeper.field("kept", keeper.name);
    keeper.field("unheard", keeper.unheard);
    return;
  }
  event.preventDefault(); // first what is on its way, then the form: it cannot meet itself
  event.stopImmediatePropagation();
  if (keeper.waits) return;
  keeper.waits = true;
  const outcome = await keeper.save();
  keeper.waits = false;
  if (outcome === "away") return; // stay: the words are here, and the server is not
  keeper.goes = true;
  keeper.plainly = outcome === "signed-out";
  setTimeout(() => form.requestSubmit(submitter)); // not while this very event is still under way
}, true);

// A step that HTMX could not send: its words are kept; a session that ended has a page of its own.
document.addEventListener("htmx:sendError", ({ detail }) => keepers.get(detail.elt)?.show(say("again").outerHTML));
document.addEventListener("htmx:responseError", ({ detail }) => {
  const keeper = keepers.get(detail.elt);
  if (!keeper || detail.xhr.status !== 403) return;
  keeper.goes = keeper.plainly = true;
  keeper.form.requestSubmit(detail.requestConfig.triggeringEvent?.submitter);
});

// Someone signs out, or another one signed in: nothing of this person stays in this browser.
function leave(to) {
  for (const keeper of keepers.values()) clearTimeout(keeper.timer);
  keepers.clear();
  for (const copy of copies()) localStorage.removeItem(`words:${copy.name}`);
  if (localStorage.person === person) localStorage.removeItem("person");
  sessionStorage.clear();
  gone = true;
  if (to) location.replace(to);
}

// Locked after a pause: left alone for that many minutes, in all its tabs, a page gives way to the one
// that asks who is here. What was typed is copied above, and is put back after it.
const lockAfter = 60_000 * (document.cookie.match(/(?:^|; )lock=(\d+)/)?.[1] ?? 0);
const asksWhoIsHere = location.pathname.endsWith("/reauthenticate/");
function lockWhenLeft() {
  if (!lockAfter || asksWhoIsHere) return;
  const lock = () => {
    if (Date.now() - localStorage.usedAt < lockAfter) return;
    location.replace(`/accounts/locked/?${new URLSearchParams({ next: location.pathname + location.search })}`);
  };
  store("usedAt", Date.now());
  for (const kind of ["pointerdown", "keydown", "wheel"]) addEventListener(kind, () => { lock(); store("usedAt", Date.now()); }, { capture: true, passive: true });
  for (const kind of ["visibilitychange", "pageshow"]) addEventListener(kind, lock);
  setInterval(lock, 5000);
}

if (person && location.pathname === "/accounts/logout/") offer();
else if (person && !asksWhoIsHere) {
  lockWhenLeft();
  const another = localStorage.person && localStorage.person !== person;
  store("person", person); // first, since other tabs look who is here as soon as anything changes
  if (another) Object.keys(localStorage).forEach((name) => name === "person" || localStorage.removeItem(name));
  begin();
  offer();
  document.addEventListener("htmx:afterSettle", ({ detail: { requestConfig, xhr } }) =>
    begin(requestConfig?.verb === "post" ? new URL(xhr.responseURL).pathname : ""));
  addEventListener("online", () => keepers.forEach((keeper) => keeper.now()));
  document.addEventListener("visibilitychange", () => keepers.forEach((keeper) => keeper.now()));
  addEventListener("storage", () => { // in another tab; a page to sign out on shows no words
    if (localStorage.person !== person) leave(localStorage.person ? "/" : "/accounts/logout/");
  });
  addEventListener("pageshow", (event) => { if (event.persisted && localStorage.person !== person) location.replace("/"); });
}
