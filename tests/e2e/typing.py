"""Typing an entry in a browser, and looking for its words where they ended up."""

import re

from tests.e2e.conftest import Visit
from tests.factories import PASSWORD

UNSAVED = "Not saved yet. Your words are kept in this browser"
ENTRY = re.compile(r"/journal/[0-9a-f-]{36}/")

KEPT = """async () => {
  const text = (row) => JSON.stringify(row, (_name, value) =>
    value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : value);
  const found = [JSON.stringify({ ...localStorage, ...sessionStorage })];
  const done = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames)
      found.push(name, text(await done(database.transaction(store).objectStore(store).getAll())));
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      found.push(request.url, await (await cache.match(request, { ignoreVary: true })).text());
  }
  return found.join("\\n");
}"""


def begin(ada: Visit, words: str, page=None):
    """A new entry, typed and saved by itself."""
    page = page or ada.page
    page.goto(ada.site + "/journal/write/")
    page.get_by_label("Your entry").press_sequentially(words)
    saved(page)
    return page


def type_on(page, words: str) -> None:
    field = page.get_by_label("Your entry")
    field.press("Control+End")
    field.press_sequentially(words)


def saved(page) -> None:
    page.get_by_text(re.compile(r"^\s*Saved \d\d:\d\d\s*$")).wait_for()
    page.locator("form[data-autosave]:not([data-unsaved])").wait_for()


def entries(ada: Visit) -> list[str]:
    """The text of each entry of the journal, read in a tab of its own."""
    tab = ada.tab()
    tab.goto(ada.site + "/journal/")
    found = []
    links = tab.locator("li.entry a.open")
    for link in links.evaluate_all("all => all.map(a => a.href)"):
        tab.goto(link)
        found.append(tab.locator("article .own-words").last.inner_text())
    tab.close()
    return found


def kept_in_browser(page) -> str:
    """The text of everything that pages and the service worker keep for this site."""
    return page.evaluate(KEPT)


def sign_in(page, email: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
