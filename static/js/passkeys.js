// Passkeys need a script: this shows their forms if the browser supports passkeys, and allauth's two
// scripts do the rest. data-passkey names the part of allauth's script for a form.
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

// The person cancelled, or the device has no passkey for this site.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const note of document.querySelectorAll("[data-passkey-failed]")) note.hidden = false;
});
