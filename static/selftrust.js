// Everything here is a convenience: each page also works without it.
"use strict";

// The browser knows which time zone it is in; a form that wants it has a field for it.
for (const field of document.querySelectorAll("input[type=hidden][name=zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const offer = field.closest("[data-zone-offer]");
  if (!offer) field.value = zone || "";
  else if (zone) {
    field.value = zone;
    for (const place of offer.querySelectorAll("[data-zone-name]")) place.textContent = zone.replaceAll("_", " ");
    offer.hidden = false;
  }
}

// After a form came back with errors, the summary is where to begin.
document.getElementById("errors")?.focus();

// Buttons outside `main` leave the page; HTMX would not see which of them was pressed.
document.addEventListener("submit", (event) => {
  if (event.submitter && !event.target.contains(event.submitter)) event.stopPropagation();
}, true);

// A text can be copied where the browser allows it; elsewhere the button stays away.
function offerCopying() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
}
offerCopying();
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
  button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
});

// After a step was swapped in, reading goes on at its errors or its question.
document.addEventListener("htmx:afterSettle", (event) => {
  offerCopying();
  if (event.detail.target.id !== "main" && event.detail.target !== document.body) return;
  (document.getElementById("errors") ?? document.querySelector("main h1"))?.focus({ preventScroll: false });
});

// Paper is the browser's business; a button that asks for it shows where there is a script.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// How many words there are so far.
for (const place of document.querySelectorAll("[data-words-in]")) {
  const text = document.getElementById(place.dataset.wordsIn);
  const count = () => {
    const words = text.value.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
    place.textContent = words === 1 ? place.dataset.one : place.dataset.many.replace("{n}", words.toLocaleString(document.documentElement.lang));
  };
  text.addEventListener("input", count);
  count();
}

// Leaving quickly puts the other page in the place of this one, so that Back does not lead here.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-leave]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.replace(link.href);
});
