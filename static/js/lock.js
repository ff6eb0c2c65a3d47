// Locks after a pause: after some minutes without input in any tab, the page that asks for the
// password replaces this one. autosave.js has a copy of everything typed, and restores it.
import { store } from "./autosave.js";

const lockAfter = 60_000 * (document.cookie.match(/(?:^|; )lock=(\d+)/)?.[1] ?? 0);
const isLeaving = location.pathname === "/accounts/logout/";
const isReauthentication = location.pathname.endsWith("/reauthenticate/");

function lock() {
  if (Date.now() - localStorage.usedAt < lockAfter) return;
  location.replace(`/accounts/locked/?${new URLSearchParams({ next: location.pathname + location.search })}`);
}

function markUse() { store("usedAt", Date.now()); }

if (lockAfter && !isLeaving && !isReauthentication) {
  markUse();
  for (const kind of ["pointerdown", "keydown", "wheel"])
    addEventListener(kind, () => { lock(); markUse(); }, { capture: true, passive: true });
  for (const kind of ["visibilitychange", "pageshow"]) addEventListener(kind, lock);
  setInterval(lock, 5000);
}
