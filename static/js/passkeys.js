// Passkeys need a script: this shows their forms where the browser knows them, and lets allauth's
// two files do the rest. A form says in data-passkey which of its parts it is.
const known = globalThis.webauthnJSON?.supported();
const ids = {
  add: "passkey-button", authenticate: "passkey-button", login: "passkey-button",
  credential: "id_credential", passwordless: "id_passwordless", data: "passkey-data",
};
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!known) break;
  form.hidden = false;
  for (const note of document.querySelectorAll("[data-passkey-missing]")) note.hidden = true;
  globalThis.allauth.webauthn.forms[`${form.dataset.passkey}Form`]({ ids });
}

// Someone changed their mind, or the device knows no passkey for this place.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const note of document.querySelectorAll("[data-passkey-failed]")) note.hidden = false;
});
