// Turns notifications on for this device: the browser makes a subscription with its push service, and
// a form of the page posts it. Exactly one line of the section with data-push says how things are.
const section = document.getElementById("notifications");
const form = section.querySelector("form[data-push]");
const show = (state) => {
  for (const line of section.querySelectorAll("[data-push]")) line.hidden = line.dataset.push !== state;
};

function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}
async function hashOf(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function missing() {
  if (!isSecureContext) return "insecure";
  if (["PushManager", "Notification"].every((name) => name in window) && navigator.serviceWorker) return "";
  const isApple = /iP(hone|ad)/.test(navigator.userAgent) || (navigator.maxTouchPoints > 1 && /Mac/.test(navigator.platform));
  return isApple && !navigator.standalone ? "home-screen" : "none";
}

// The entry of this browser's subscription. One that the server doesn't list is ended: it was removed,
// or belongs to someone else who used this browser, or was made with another key of the server.
async function listed(subscription) {
  const key = subscription.options.applicationServerKey;
  const isOurs = !key || String(new Uint8Array(key)) === String(bytes(section.dataset.pushKey));
  const hash = await hashOf(subscription.endpoint);
  const entry = isOurs && section.querySelector(`[data-endpoint="${hash}"]`);
  if (!entry) await subscription.unsubscribe();
  return entry;
}
function fill({ endpoint, keys: { p256dh, auth } }) {
  for (const [name, value] of Object.entries({ endpoint, p256dh, auth })) form.elements[`key-${name}`].value = value;
}

async function look() {
  const state = missing();
  if (state) return show(state);
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.getSubscription();
  const entry = subscription && (await listed(subscription));
  const pills = [...section.querySelectorAll("[data-this]")], pill = entry?.querySelector("[data-this]");
  const isNoted = pill?.hidden === false;
  for (const one of pills) one.hidden = one !== pill;
  if (Notification.permission === "denied") return show("denied");
  if (!entry) return show("off");
  show("on");
  if (isNoted) return;
  // Since signing in again: this session, too, takes the device along when it ends.
  fill(subscription.toJSON());
  await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await Notification.requestPermission();
  if (answer !== "granted") return show(answer === "denied" ? "denied" : "off");
  try {
    const { pushManager } = await navigator.serviceWorker.ready;
    const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(section.dataset.pushKey) });
    fill(made.toJSON());
    localStorage.notified = document.getElementById("autosave").dataset.person;
    form.submit();
  } catch {
    show("failed");
  }
});
look();
