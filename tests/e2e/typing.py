"""Typing an entry in a browser, and looking for its words where they ended up."""

import re

from tests.e2e.conftest import Visit
from tests.factories import PASSWORD
from tests.markup import Element, parse

UNSAVED = "Not saved yet. Your words are kept in this browser"
ENTRY = re.compile(r"/journal/[0-9a-f-]{36}/")

AGE = """() => {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith("words:")))
    localStorage[name] = JSON.stringify({ ...JSON.parse(localStorage[name]), at: 0 });
}"""
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
    type_on(page, words)
    saved(page)
    return page


def type_on(page, words: str) -> None:
    """At once, as dictation and keyboards of phones do it: a key at a time takes as long as loading
    a page."""
    page.get_by_label("Your entry").press("Control+End")
    page.keyboard.insert_text(words)


def hurry(page) -> None:
    """Saves now. By itself that comes a second after the last word, and later after each failure; a
    page that hears of a connection does not wait."""
    page.evaluate("() => dispatchEvent(new Event('online'))")


def let_copies_age(page) -> None:
    """What was left in this browser was left long enough ago to be offered."""
    page.evaluate(AGE)


def saved(page, *, by_itself: bool = False) -> None:
    if not by_itself:
        hurry(page)
    page.get_by_text(re.compile(r"^\s*Saved \d\d:\d\d\s*$")).wait_for()
    page.locator("form[data-autosave]:not([data-unsaved])").wait_for()


def entries(ada: Visit) -> list[str]:
    """The text of each entry of the journal, as its pages show it."""
    rows = [row for row in read(ada, "/journal/").all("li") if "entry" in row.classes]
    links = [link["href"] for row in rows for link in row.all("a") if "open" in link.classes]
    return [
        [part for part in article.walk() if "own-words" in part.classes][-1].text
        for link in links
        for article in read(ada, link).all("article")
    ]


def read(ada: Visit, path: str) -> Element:
    """A page, asked for with ada's cookies and not drawn."""
    answer = ada.context.request.get(ada.site + path)
    assert answer.ok
    return parse(answer.text())[0]


def kept_in_browser(page) -> str:
    """The text of everything that pages and the service worker keep for this site."""
    return page.evaluate(KEPT)


def sign_in(page, email: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
