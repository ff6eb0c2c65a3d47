// The service worker's part for photos that another app shares. Together they are too large for a
// request without a token, and nothing is stored before Save: they wait in memory until the page of a
// quick note takes them, and once more from Save until the page of the entry does. After a minute, or
// when the browser ends the worker, they are gone; the device's disk never has them.
const SHARE = "/capture/share/", MINUTE = 60_000; // milliseconds
const WORDS = ["title", "text", "url"];
const held = new Map(); // id: { words, photos }

function hold(id, share) {
  held.set(id, share);
  setTimeout(() => { if (held.get(id) === share) held.delete(id); }, MINUTE);
}
function wordsOf(data) { // as entries/capture_views.py joins them
  const parts = [];
  for (const name of WORDS) {
    const part = String(data.get(name) ?? "").replaceAll("\0", "").trim();
    if (part && !parts.some((other) => other.includes(part))) parts.push(part);
  }
  return parts.join("\n\n");
}
async function receive(request) {
  const data = await request.clone().formData().catch(() => new FormData());
  const photos = data.getAll("photos").filter((one) => one.size);
  if (!photos.length) return fetch(request);
  const id = crypto.randomUUID();
  hold(id, { words: wordsOf(data), photos });
  return Response.redirect(`/capture/?shared=${id}&photos=1`, 303);
}

addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || request.method !== "POST" || pathname !== SHARE) return;
  if (request.headers.get("content-type")?.startsWith("multipart/")) event.respondWith(receive(request));
});
addEventListener("message", ({ data, ports: [port] }) => {
  if (data?.hold) hold(data.hold, data.share);
  else if (data?.take) {
    port.postMessage(held.get(data.take) ?? null);
    held.delete(data.take);
  }
});
