// Each keystroke in a form with text saves a copy to localStorage, until the server has the text. A
// form with data-autosave also posts whenever typing pauses, one request at a time: after a request
// without a response, the same body is sent again, so that the server recognises its own page. Where
// the server keeps only some of the fields, data-keeps names them: the copy has the others. The
// copies belong to one person; signing out, or another person's signing in, deletes them. Answers
// that were only chosen, with no words to lose, are kept for their own tab and offered nowhere.
import { TYPED, announce, give, whenLoaded } from "./controls.js";

const messages = document.getElementById("autosave"); // parts/_autosave.html
const person = messages.dataset.person;
const PAUSE = 1000, LONGEST_WAIT = 60_000, TIMEOUT = 15_000, SETTLED = 5000; // milliseconds
const NOT_WORDS = ["csrfmiddlewaretoken", "account", "version", "base", "unheard", "kept"];
const FIELDS = ["csrfmiddlewaretoken", "account", "version"]; // sent with the words
const FORMS = `form[method=post]:has(${TYPED}, select, input:not([type=hidden], [type=submit]))` +
  ":not(search form, [action^='/accounts/'], :has([type=password], [type=file], [name=kept]), [data-uncopied])"; // kept: words of another page
const isReturn = ["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type);
const autosavers = new Map();
let signedOut = false;

class Autosaver {
  constructor(form, answeredBy, sent) {
    this.form = form;
    this.url = form.dataset.autosave; // without it: only a local copy, until the form submits
    this.place = this.url ?? this.action;
    this.status = form.querySelector(".save") ?? form.appendChild(message("empty"));
    this.lastSaved = form.querySelector("#errors") ? "" : this.wordsOnArrival();
    this.unheard = ""; // the body of a request without a response
    this.wait = PAUSE;
    this.touched = new Set(); // names of controls, since everything was saved
    form.addEventListener("input", ({ target }) => {
      this.touched.add(target.name);
      this.changed();
    });
    // Words for something new belong to the next page for it in this tab, or to the row they made.
    const isOurs = (copy) => copy.tab === tabId() && !copy.version &&
      (copy.action === this.action || (newId(copy) && this.place.includes(newId(copy))));
    // A form that holds no words comes back after a reload, and is new where it is opened anew.
    const kept = isReturn || answeredBy || form.querySelector(TYPED) ? copies(sessionStorage) : [];
    const copy = [...copies(), ...kept].find((one) => one.name === this.name || isOurs(one));
    // A form in a response is newer than its copy: the server may have removed a line.
    if (copy?.name === this.name && this.action.split("?")[0] === answeredBy) this.resumeFrom(copy, sent);
    else if (copy) this.restoreFrom(copy);
    else if (answeredBy) this.changed(); // whoever types at once is faster than HTMX settles
  }
  get action() { return this.form.getAttribute("action").replace(/([?&])id=[^&]*&?/, "$1").replace(/[?&]$/, ""); } // form.action may be a field of that name
  get name() { return `${tabId()}-${hash(this.place)}`; }
  get page() { return this.form.dataset.page ?? location.pathname + location.search; } // where a copy is put back
  get isBlank() {
    const required = [...this.form.querySelectorAll("textarea:required")];
    return required.length > 0 && required.every((area) => !area.value.trim());
  }
  get isUnchanged() { return this.words() === this.lastSaved; }
  get isSaved() { return this.isUnchanged && !this.unheard; }
  kept(words, keeps = this.form.dataset.keeps?.split(" ")) { // of these words, those that the server keeps
    return [...new URLSearchParams(words)].filter(([name]) => !keeps || keeps.includes(name)).join("\n");
  }
  get isSent() { return !this.unheard && this.kept(this.words()) === this.kept(this.lastSaved); }
  withKept(words) { // what is saved after these words were
    const keeps = this.form.dataset.keeps?.split(" ");
    if (!keeps) return words;
    const saved = new URLSearchParams(this.lastSaved), sent = new URLSearchParams(words);
    for (const name of keeps) saved.set(name, sent.get(name) ?? "");
    saved.sort();
    return saved.toString();
  }
  field(name, value) {
    let field = this.form.querySelector(`input[type=hidden][name=${name}]`);
    if (!field && value !== undefined) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name });
      this.form.append(field);
    }
    if (value !== undefined) field.value = value;
    return field?.value ?? "";
  }
  words(form = this.form) {
    const data = new FormData(form);
    for (const name of NOT_WORDS) data.delete(name);
    const words = new URLSearchParams(data);
    words.sort();
    return words.toString();
  }
  wordsOnArrival() { // as the server sent them: after a reload, browsers may have filled in others
    const arrived = this.form.cloneNode(true);
    arrived.reset();
    return this.words(arrived);
  }
  get controls() { // with a value that a person can give or that belongs to it
    const others = ["submit", "button", "reset", "image", "file", "password", "fieldset"];
    return [...this.form.elements].filter(({ name, type, disabled }) =>
      name && !disabled && !others.includes(type) && !NOT_WORDS.includes(name));
  }
  get hasTyped() { // whether words would be lost, and not only choices
    const [now, saved] = [this.words(), this.lastSaved].map((words) => new URLSearchParams(words));
    const isOther = ({ name }) => now.getAll(name).join("\n") !== saved.getAll(name).join("\n");
    return this.controls.filter((one) => one.matches(TYPED)).some(isOther);
  }
  changed() {
    if (this.isSaved) return this.removeCopy();
    this.copy();
    if (this.url && !this.hasConflict && !this.isSent) this.saveSoon();
  }
  copy() {
    if (signedOut) return;
    const { name, place, action, unheard } = this;
    const storages = this.hasTyped ? [localStorage, sessionStorage] : [sessionStorage, localStorage];
    this.form.dataset.unsaved = "";
    this.isCopied = store(`words:${name}`, JSON.stringify({
      name, place, action, unheard, person, tab: tabId(), words: this.words(),
      names: this.controls.map((one) => one.name), open: this.details.map((one) => one.open),
      version: this.field("version"), base: this.field("base"), page: this.page, at: Date.now(),
    }), storages[0]);
    if (this.isCopied) storages[1].removeItem(`words:${name}`);
  }
  partWasSaved(requester, sent) { // a control that saves by itself, or a whole form
    const now = new FormData(this.form), isSame = (name) => `${now.getAll(name)}` === `${sent.getAll(name)}`;
    const names = requester === this.form ? [...this.touched] : [...sent.keys()];
    for (const name of names.filter(isSame)) this.touched.delete(name);
    if (this.touched.size) return;
    this.lastSaved = this.words();
    this.changed();
  }
  get details() { return [...this.form.querySelectorAll("details")]; }
  removeCopy(name = this.name) {
    for (const storage of [localStorage, sessionStorage]) storage.removeItem(`words:${name}`);
    delete this.form.dataset.unsaved;
  }
  restoreFrom(copy) { // brings the form to the state of a copy: also what was unticked or emptied
    this.removeCopy(copy.name);
    const words = new URLSearchParams(copy.words), left = {}, changed = [];
    this.details.forEach((one, index) => { one.open = copy.open[index] ?? one.open; });
    for (const one of this.controls.filter(({ name }) => copy.names.includes(name))) {
      const values = (left[one.name] ??= words.getAll(one.name));
      if (!give(one, values)) continue;
      changed.push(one);
      this.touched.add(one.name);
      one.closest("details")?.setAttribute("open", "");
    }
    if (copy.version) this.field("version", copy.version);
    if (copy.version) this.field("base", copy.base);
    if (this.url && copy.place !== copy.action) this.url = this.place = copy.place;
    this.unheard = copy.unheard;
    this.changed();
    const rows = copy.names.filter((name) => words.has(name) && !this.form.elements.namedItem(name));
    if (rows.length && "again" in this.form.dataset) whenLoaded(() => this.askForRows(rows, words));
    else whenLoaded(() => changed.forEach(announce));
  }
  askForRows(names, words) { // the server draws the lines that were added to its page
    for (const name of names) this.field(name, words.get(name));
    const again = Object.assign(document.createElement("button"), { name: "do", value: "again", hidden: true });
    this.form.append(again);
    again.click(); // HTMX sends the button that was clicked, not the one that requestSubmit names
  }
  resumeFrom(copy, sent) { // the form has newer words than the copy, but for those typed since it was sent
    const words = new URLSearchParams(copy.words), left = {};
    const isLater = ({ name }) => `${words.getAll(name)}` !== `${sent.getAll(name)}`;
    for (const one of this.controls.filter(isLater)) give(one, (left[one.name] ??= words.getAll(one.name)));
    this.lastSaved = "";
    for (const { name } of this.controls) this.touched.add(name);
    this.unheard = copy.unheard;
    this.changed();
  }
  saveSoon() {
    const due = Date.now() + PAUSE;
    clearTimeout(this.timer);
    this.due = Math.min(due, this.due ?? due + 4 * PAUSE); // limits the wait of a person who never pauses
    this.timer = setTimeout(() => this.save(), this.due - Date.now());
  }
  save() { return (this.saving ??= this.send().finally(() => { this.saving = null; })); }
  saveNow() { if (this.url && !this.hasConflict && this.form.isConnected && !this.isSent) this.save(); }
  async send() { // resolves to: saved, refused (the person has to act), away, signed-out
    clearTimeout(this.timer);
    this.due = undefined;
    if (this.isSent) return "saved";
    if (!this.unheard && this.isBlank) {
      if (this.field("version")) this.say("blank");
      return "refused";
    }
    const words = this.unheard || this.words();
    this.unheard = words;
    this.copy();
    let response, html;
    try {
      const fields = Object.fromEntries(FIELDS.map((name) => [name, this.field(name)]));
      response = await post(this.url, words, fields);
      html = await response.text();
    } catch { return this.saveLater("unsaved", "away"); }
    if (response.status >= 500) return this.saveLater("unsaved", "away");
    this.unheard = "";
    if (response.status === 403 || response.status === 204 || response.redirected) return this.renewToken();
    this.wait = PAUSE;
    this.hasNewToken = false;
    const { version, base } = this.show(html).dataset;
    this.hasConflict = response.status === 409;
    if (!version) return this.copy(), "refused";
    this.lastSaved = this.withKept(words);
    this.field("version", version);
    this.field("base", base);
    const address = this.form.dataset.address;
    if (address && this.url.startsWith(address.slice(0, -5))) history.replaceState(history.state, "", address);
    this.form.dispatchEvent(new Event("saved")); // photos.js waits for the row
    if (this.isUnchanged) this.removeCopy();
    else this.copy();
    return this.isSent ? "saved" : this.send();
  }
  async renewToken() { // a new sign-in changed the CSRF token, or the session ended
    let page;
    try {
      const response = await fetch(location.href, { signal: AbortSignal.timeout(TIMEOUT) });
      if (!response.ok) return this.saveLater("unsaved", "away");
      page = new DOMParser().parseFromString(await response.text(), "text/html");
    } catch { return this.saveLater("unsaved", "away"); }
    const signedIn = page.getElementById("autosave")?.dataset.person;
    if (signedIn && signedIn !== person) return forgetPerson("/");
    if (!signedIn || this.hasNewToken) return this.saveLater("signed-out", "signed-out");
    this.hasNewToken = true; // once: a second refusal has another cause than the token
    const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    document.body.setAttribute("data-hx-headers", JSON.stringify({ "x-csrftoken": token }));
    return this.send();
  }
  saveLater(name, outcome) {
    this.copy();
    this.hasNewToken = false;
    this.say(this.isCopied || name !== "unsaved" ? name : "unkept");
    this.timer = setTimeout(() => this.save(), (this.wait = Math.min(this.wait * 2, LONGEST_WAIT)));
    return outcome;
  }
  say(name) { this.show(message(name, this.hasTyped ? "words" : "answers").outerHTML); }
  show(html) { // replaces only a different text, so screen readers read it once
    const line = Object.assign(document.createElement("template"), { innerHTML: html }).content.firstElementChild;
    if (line.textContent !== this.said) this.status.replaceChildren(line);
    this.said = line.textContent;
    const button = line.querySelector("[data-do=copy]");
    if (button) button.onclick = () => this.copyOut(button);
    return line;
  }
  async copyOut(button) { // without a clipboard, the longest text is selected instead
    const typed = this.controls.filter((one) => one.matches(TYPED) && one.value.trim());
    try {
      await navigator.clipboard.writeText(typed.map((one) => one.value).join("\n\n"));
      button.textContent = button.dataset.copied;
    } catch { typed.sort((one, other) => other.value.length - one.value.length)[0]?.select(); }
  }
}

export function store(name, text, storage = localStorage) {
  try { storage.setItem(name, text); return true; } catch { return false; }
}
function copies(storage = localStorage) {
  const names = Object.keys(storage).filter((name) => name.startsWith("words:"));
  return names.map((name) => JSON.parse(storage[name])).filter((copy) => copy.person === person);
}
function newId(copy) { return new URLSearchParams(copy.words).get("id"); } // of the row that its form makes
function tabId() { return (sessionStorage.tab ??= Math.random().toString(36).slice(2)); }
function hash(text) {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7).toString(36);
}
function message(name, about = "words") { // "answers": nothing was typed, so no words are spoken of
  const empty = () => Object.assign(document.createElement("p"), { className: "save", role: "status" });
  const said = `[data-say=${name}]`;
  return messages.content.querySelector(`${said}[data-about=${about}], ${said}:not([data-about])`)?.cloneNode(true) ?? empty();
}
function post(url, words, fields) {
  const body = `${words}&${new URLSearchParams({ ...fields, do: "autosave" })}`;
  const headers = { "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded" };
  const signal = AbortSignal.timeout(TIMEOUT);
  return fetch(url, { method: "POST", body, headers, keepalive: body.length < 60_000, signal });
}

// Adds an Autosaver to each new form in the page, which may be the response of `answeredBy` to `sent`.
function watchForms(answeredBy, sent) {
  const taken = document.cookie.match(/(?:^|; )kept=([\w-]+)/)?.[1];
  if (taken) {
    for (const storage of [localStorage, sessionStorage]) storage.removeItem(`words:${taken}`);
    document.cookie = "kept=; max-age=0; path=/";
  }
  for (const form of document.querySelectorAll(FORMS))
    if (!autosavers.has(form)) autosavers.set(form, new Autosaver(form, answeredBy, sent));
  for (const form of autosavers.keys()) if (!form.isConnected) autosavers.delete(form);
}

// Offers the copy that another tab left behind.
function offerCopy() {
  const own = [...autosavers.values()].map((autosaver) => autosaver.name);
  const copy = copies().find((one) => !own.includes(one.name));
  if (!copy) return;
  if (copy.at > Date.now() - SETTLED) return setTimeout(offerCopy, SETTLED); // its request may still be running
  const autosaver = [...autosavers.values()].find((one) => copy.page === one.page || copy.place === one.place);
  const note = message("left");
  const [link, restore, discard] = note.querySelectorAll("a, button");
  link.href = copy.page;
  (autosaver ? link : restore).remove();
  restore.onclick = () => { autosaver.restoreFrom(copy); note.remove(); };
  discard.onclick = () => { localStorage.removeItem(`words:${copy.name}`); note.remove(); };
  document.querySelector("main .wrap").prepend(note);
}

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event, autosaver = autosavers.get(form);
  if (form.getAttribute("action") === "/accounts/logout/") forgetPerson();
  // Buttons outside their form leave the page; HTMX would not send the pressed one.
  if ((submitter && !form.contains(submitter)) || autosaver?.bypassHtmx) event.stopPropagation();
  if (!autosaver) return;
  const isUnsaved = autosaver.saving || !autosaver.isSent;
  if (!autosaver.url || autosaver.submitting || autosaver.hasConflict || !isUnsaved) {
    autosaver.submitting = false;
    autosaver.field("kept", autosaver.name);
    autosaver.field("unheard", autosaver.unheard);
    return;
  }
  event.preventDefault(); // autosave first, then the form, so that the two cannot conflict
  event.stopImmediatePropagation();
  if (autosaver.awaitingSave) return;
  autosaver.awaitingSave = true;
  const outcome = await autosaver.save();
  autosaver.awaitingSave = false;
  if (outcome === "away") return; // stay: the copy has the words, and the server is unreachable
  autosaver.submitting = true;
  autosaver.bypassHtmx = outcome === "signed-out";
  setTimeout(() => form.requestSubmit(submitter)); // after this event, not within it
}, true);

// HTMX could not send a step: the copy has its words. After a 403, a plain submit shows the sign-in page.
document.addEventListener("htmx:sendError", ({ detail }) =>
  autosavers.get(detail.elt)?.say("again"));
document.addEventListener("htmx:responseError", ({ detail }) => {
  const autosaver = autosavers.get(detail.elt);
  if (!autosaver || detail.xhr.status !== 403) return;
  autosaver.submitting = autosaver.bypassHtmx = true;
  autosaver.form.requestSubmit(detail.requestConfig.triggeringEvent?.submitter);
});

// Deletes this person's data in the browser, when they sign out or another person signs in.
function forgetPerson(next) {
  for (const autosaver of autosavers.values()) clearTimeout(autosaver.timer);
  autosavers.clear();
  for (const copy of copies()) localStorage.removeItem(`words:${copy.name}`);
  if (localStorage.person === person) localStorage.removeItem("person");
  localStorage.removeItem("waiting");
  indexedDB.deleteDatabase("outbox"); // what waits for a connection, and its key (outbox.js)
  sessionStorage.clear();
  signedOut = true;
  if (next) location.replace(next);
}

function start() {
  const isAnother = localStorage.person && localStorage.person !== person;
  store("person", person); // first, since other tabs compare it on every storage event
  if (isAnother) indexedDB.deleteDatabase("outbox");
  if (isAnother) Object.keys(localStorage).forEach((name) => name === "person" || localStorage.removeItem(name));
  watchForms();
  offerCopy();
  document.addEventListener("htmx:afterSettle", ({ detail: { requestConfig, xhr } }) => {
    if (xhr?.getResponseHeader("HX-Trigger") === "saved")
      autosavers.get(requestConfig.elt.closest("form"))?.partWasSaved(requestConfig.elt, requestConfig.formData);
    watchForms(requestConfig?.verb === "post" ? new URL(xhr.responseURL).pathname : "", requestConfig?.formData);
  });
  const saveAllNow = () => autosavers.forEach((autosaver) => autosaver.saveNow());
  addEventListener("online", saveAllNow);
  document.addEventListener("visibilitychange", saveAllNow);
  // From another tab; the sign-out page shows no words. A response that clears the browser (no key) may
  // be the one that replaces this very page, which then must not go anywhere else meanwhile.
  addEventListener("storage", ({ key }) => setTimeout(() => {
    if (localStorage.person !== person) forgetPerson(localStorage.person ? "/" : "/accounts/logout/");
  }, key === null ? 1000 : 0));
  addEventListener("pageshow", (event) => {
    if (event.persisted && localStorage.person !== person) location.replace("/");
  });
}

if (location.pathname === "/accounts/logout/") offerCopy();
else if (!location.pathname.endsWith("/reauthenticate/")) start();
