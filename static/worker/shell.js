// The service worker's first part: keeps the files of the offline page on the device, and opens that
// page where another one can't be loaded. /sw.js lists what is kept (SHELL); a person's pages never are.
// A new worker takes over at once: it reloads no page, so nothing that someone is typing is lost.
const NAME = `shell-${SHELL.version}`;

function withoutCookies(path) { // so that a page is kept as everyone sees it, in the person's language
  const headers = { "accept-language": SHELL.language };
  return new Request(path, { headers, credentials: "omit", cache: SHELL.pages.includes(path) ? "reload" : "default" });
}
async function keep(paths) {
  const cache = await caches.open(NAME);
  await cache.addAll(paths.map(withoutCookies));
}
async function removeOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
  await registration.navigationPreload?.enable();
}
function kept(path) { return caches.match(path, { cacheName: NAME, ignoreVary: true }); }

async function page(event, path) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await kept(SHELL.pages.includes(path) ? path : SHELL.offline)) ?? Response.error();
  }
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(keep([...SHELL.files, ...SHELL.pages]));
});
addEventListener("activate", (event) => event.waitUntil(removeOlder()));
addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (SHELL.files.includes(pathname))
    event.respondWith(kept(pathname).then((response) => response ?? fetch(request)));
});
