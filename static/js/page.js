// Everything here is a convenience: each page also works without it.

// A zone has several names, "Asia/Kolkata" and "Asia/Calcutta"; a browser uses one of them.
function isSameZone(known, zone) {
  try {
    return known && new Intl.DateTimeFormat("en", { timeZone: known }).resolvedOptions().timeZone === zone;
  } catch {
    return false;
  }
}

// Fills in the time zone of the browser in forms that have a field for it. Today offers to follow it
// where it is another one than the person's.
for (const field of document.querySelectorAll("input[type=hidden][name=zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const offer = field.closest("[data-zone-offer]");
  if (!offer) field.value = zone || "";
  else if (zone && ![offer.dataset.zoneOffer, offer.dataset.zoneDeclined].some((known) => isSameZone(known, zone))) {
    field.value = zone;
    for (const place of offer.querySelectorAll("[data-zone-name]")) place.textContent = zone.replaceAll("_", " ");
    offer.hidden = false;
  }
}

// After reauthentication, submits the form that the person wanted to save.
document.querySelector("form[data-send-on]")?.submit();

// Focuses the summary of a form with errors.
document.getElementById("errors")?.focus();

// Copy buttons stay hidden in browsers without clipboard access.
function showCopyButtons() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
}
showCopyButtons();
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.innerText);
  button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
});

// After HTMX swaps in a step, the focus moves to its errors or its question.
document.addEventListener("htmx:afterSettle", (event) => {
  showCopyButtons();
  startPauseTimers();
  if (event.detail.target.id !== "main" && event.detail.target !== document.body) return;
  (document.getElementById("errors") ?? document.querySelector("main h1"))?.focus({ preventScroll: false });
});

// Only a script can print, so the button stays hidden without one.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Counts the words during writing.
for (const place of document.querySelectorAll("[data-words-in]")) {
  const text = document.getElementById(place.dataset.wordsIn);
  const count = () => {
    const words = text.value.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
    const number = words.toLocaleString(document.documentElement.lang);
    place.textContent = words === 1 ? place.dataset.one : place.dataset.many.replace("{n}", number);
  };
  text.addEventListener("input", count);
  count();
}

// After some minutes of writing, the page asks once whether to pause (parts/_pause.html).
function startPauseTimers() {
  for (const place of document.querySelectorAll("[data-minutes]:not([data-since])")) {
    const form = document.getElementById(place.dataset.of);
    const since = (place.dataset.since = Date.now());
    const delay = place.dataset.minutes * 60_000;
    let typed = false, asked = false;
    const ask = () => {
      if (!typed || asked || Date.now() - since < delay) return;
      asked = true;
      place.replaceChildren(place.nextElementSibling.content.cloneNode(true));
      place.querySelector("[type=button]").onclick = () => {
        place.replaceChildren();
        form.querySelector("textarea").focus();
      };
    };
    form.addEventListener("input", () => { typed = true; ask(); });
    setTimeout(ask, delay);
  }
}
startPauseTimers();

// A picture or a file that is pasted or dropped is chosen where the page asks for one, and kept nowhere
// else. The page says so, until the next letter; without this a browser would open a dropped file in
// place of the page and of the words in it.
const noPictures = document.getElementById("no-pictures");
function refuseFiles(event, data) {
  if (!data?.types.includes("Files") || data.types.includes("text/plain")) return;
  if (event.target.closest?.("[type=file]")) return;
  event.preventDefault();
  if (event.type === "dragover") return;
  const chooser = document.querySelector("main [type=file]");
  if (chooser) {
    chooser.files = data.files;
    chooser.focus();
  } else noPictures.replaceChildren(noPictures.nextElementSibling.content.cloneNode(true));
}
document.addEventListener("paste", (event) => refuseFiles(event, event.clipboardData));
document.addEventListener("drop", (event) => refuseFiles(event, event.dataTransfer));
document.addEventListener("dragover", (event) => refuseFiles(event, event.dataTransfer));
document.addEventListener("input", () => noPictures.replaceChildren());

// Leaving quickly replaces this page in the history, so that Back does not lead here.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-leave]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.replace(link.href);
});

// The account menu closes with Escape, and when the focus or a press is elsewhere.
const menu = document.querySelector(".account-menu");
for (const type of ["click", "focusin"]) {
  document.addEventListener(type, (event) => { if (menu && !menu.contains(event.target)) menu.open = false; });
}
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// The support page opens the country of the browser's zone, where its address names none.
const nearby = document.querySelector(`[data-zones~="${Intl.DateTimeFormat().resolvedOptions().timeZone}"]`);
if (nearby && !document.querySelector("details.country[open]")) {
  nearby.parentElement.prepend(nearby);
  nearby.open = true;
}

// The service worker (static/worker/), for a person who is signed in: it opens a page without a network.
// And the manifest, with which the page can be installed: both after the page itself.
const signedIn = document.getElementById("autosave");
if (signedIn)
  addEventListener("load", () => {
    navigator.serviceWorker?.register("/sw.js").catch(() => {});
    document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: signedIn.dataset.manifest }));
  });

// Notifications that someone else turned on in this browser (push.js) end with the first page of another.
if (signedIn && localStorage.notified && localStorage.notified !== signedIn.dataset.person)
  navigator.serviceWorker.ready.then(async ({ pushManager }) => {
    await (await pushManager.getSubscription())?.unsubscribe();
    localStorage.removeItem("notified");
  });

// A page that the worker kept may still have the name from before another one was chosen.
if (/(?:^|; )app=/.test(document.cookie)) document.title = document.title.replace(/ – Selftrust$/, "");

// The browser does not ask by itself whether to install: the page /settings/install/ has a button.
addEventListener("beforeinstallprompt", (event) => event.preventDefault());

// A device where text may wait for the connection (outbox.js) loads that script. Signing out deletes
// what waits, so it goes by way of the page that says how much there is.
if ("waiting" in localStorage || document.querySelector("[data-keep-unsent]")) import("./device.js");
addEventListener("submit", (event) => {
  const address = "/accounts/logout/", isThere = location.pathname === address;
  if (isThere || !Number(localStorage.waiting) || event.target.getAttribute("action") !== address) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  location.assign(address);
}, true);
