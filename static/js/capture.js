// The page of a quick note that was shared with photos: takes both from the service worker, and gives
// the photos back as the form is sent, for the page of the entry (photos.js) or for this one again.
import { announce, whenLoaded } from "./controls.js";
import { hold, take } from "./shared.js";

const place = document.querySelector("[data-shared]"), id = place.dataset.shared;
const body = document.getElementById("id_body");

whenLoaded(async () => { // after autosave.js has put back what was typed
  const share = await take(id);
  if (!share) return;
  const texts = place.querySelector("template").content.cloneNode(true), list = texts.querySelector("ul");
  for (const { name } of share.photos) {
    const row = list.appendChild(texts.querySelector("li").cloneNode());
    row.textContent = name;
  }
  list.firstElementChild.remove();
  place.replaceChildren(texts);
  body.form.addEventListener("submit", () => hold(id, share.photos));
  if (!share.words || body.value) return;
  body.value = share.words;
  announce(body);
});
