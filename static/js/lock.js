// Locks after a pause: a page that was left alone for so many minutes, in all its tabs, is replaced
// by the one that asks for the password. autosave.js copied what was typed, and puts it back.
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
