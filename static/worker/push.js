// The service worker's second part: shows a reminder, and records "Kept" without opening the app. What
// it shows was said by the server (journal/reminders/notifications.py).
function notify(title, { tag, body, open, kept }) {
  const actions = kept ? [{ action: "kept", title: kept.label }, { action: "open", title: open.label }] : [];
  return registration.showNotification(title, { tag, body, actions, data: { open, kept } });
}

// The answer takes the notification's place. Without a connection, "Kept" can be tapped again.
async function recordKept({ title, tag, data: { open, kept } }) {
  const headers = { accept: "application/json" };
  let response;
  try {
    response = await fetch(kept.url, { method: "POST", headers, credentials: "omit", redirect: "error" });
  } catch {
    return notify(title, { tag, body: kept.offline, open, kept });
  }
  const said = await response.json().catch(() => ({ text: kept.failed }));
  return notify(title, { tag, body: said.text, open });
}

// Goes to the page where it is open already; a window with another page may hold unsaved words.
async function show(notification) {
  notification.close();
  const { open } = notification.data;
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find(({ url }) => new URL(url).pathname === open.url);
  return page ? page.focus() : clients.openWindow(open.url);
}

// The browser has ended the subscription: another one takes its place at the server, if someone is
// signed in here who turned notifications on.
async function renew() {
  const address = "/settings/reminders/devices/renew/";
  const answer = await fetch(address, { redirect: "error" });
  if (!answer.ok) return;
  const { key, token } = await answer.json();
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = made.toJSON();
  const body = new URLSearchParams({ "key-endpoint": endpoint, "key-p256dh": keys.p256dh, "key-auth": keys.auth });
  const stored = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, body, redirect: "error" });
  if (!stored.ok) await made.unsubscribe();
}

addEventListener("push", (event) => {
  const said = event.data?.json();
  if (said) event.waitUntil(notify(said.title, said));
});
addEventListener("notificationclick", (event) => {
  const { action, notification } = event;
  event.waitUntil(action === "kept" ? recordKept(notification) : show(notification));
});
addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew().catch(() => {})));
