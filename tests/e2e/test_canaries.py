"""Known words go through a browser into every kind of page; then nothing that lies anywhere on the
server holds them: not a row, not a file of the database, not a session, log or temporary file."""

import re
import time
import zlib
from pathlib import Path

import psycopg
from django.core.signing import b64_decode

from journal.embedded.server import connection
from tests.e2e.conftest import Visit
from tests.e2e.typing import begin, entries, hurry, saved, type_on
from tests.embedded.conftest import sign_in
from tests.privacy.test_canaries import disguises, dump

TITLE, TAG, FIRST, SECOND, SOUGHT, CALLED, PROMISED, ASKED, UNSENT, STOPPED = [
    "Quokkazebra",
    "Ibexmanatee",
    "Okapilemur",
    "Narwhalgecko",
    "Axolotlpuffin",
    "Pangolinmoth",
    "Wombatheron",
    "Tapirstoat",
    "Marmotegret",
    "Civetdugong",
]


def write_everywhere(ada: Visit) -> None:
    ada.sign_up()
    page = ada.go("/settings/")
    page.get_by_label("What should we call you?").fill(CALLED)
    page.get_by_role("button", name=re.compile("Save.*Name")).click()
    page.get_by_text("Saved ").wait_for()
    page = ada.go("/journal/prompts/")
    page.get_by_role("textbox", name="Your own prompt").fill(f"Where is the {ASKED}?")
    page.get_by_role("button", name="Add prompt").click()
    page.get_by_text(ASKED).first.wait_for()

    first = ada.go("/journal/write/")
    first.get_by_label("Title (optional)").fill(TITLE)
    type_on(first, f"About {FIRST}")
    saved(first)
    second = ada.tab()
    second.goto(first.url)
    second.locator("summary").first.click()
    second.get_by_label("Tags").fill(TAG)
    type_on(second, f" and {SECOND}")
    saved(second)
    type_on(first, ", or not")
    hurry(first)
    first.get_by_role("button", name="Compare both").click()
    first.get_by_role("button", name="Save").click()
    first.get_by_role("link", name="Edit", exact=True).wait_for()

    page = ada.go("/journal/write/")
    page.get_by_label("Your entry").fill(f"Enough of {STOPPED}")
    page.get_by_role("button", name="This is too much right now").click()
    page.get_by_role("heading", name="That is enough for now").wait_for()
    page = ada.go("/promises/new/?step=promise")
    page.get_by_role("textbox").first.fill(f"Feed the {PROMISED}")
    page.get_by_role("button", name="Continue", exact=True).last.click()
    page.wait_for_url("**/promises/*/step/**")
    page = ada.go("/search/")
    page.get_by_label("Words you remember").press_sequentially(SOUGHT)
    page.get_by_text(f"Nothing found for “{SOUGHT}”").wait_for()
    assert any(SECOND in text for text in entries(ada))

    page = begin(ada, "Before")
    ada.context.clear_cookies(name="sessionid")
    type_on(page, f", {UNSENT}")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("You’ve been signed out, but your words are still here").wait_for()


def sessions(database: psycopg.Connection) -> list[bytes]:
    """What the session rows say; they are compressed, so a word in them would not show."""
    rows = database.execute("select session_data from django_session").fetchall()
    packed = [row[0].split(":")[0] for row in rows]
    return [
        zlib.decompress(b64_decode(text[1:].encode()))
        if text.startswith(".")
        else b64_decode(text.encode())
        for text in packed
    ]


def written_since(began: float, folder: Path) -> dict[Path, bytes]:
    """What each file holds; one that is as it was before the first word was typed can't hold it."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    changed = [path for path in files if path.stat().st_mtime >= began - 1]
    return {path.relative_to(folder): path.read_bytes() for path in changed}


def test_what_was_typed_in_a_browser_lies_open_nowhere_on_the_server(visit, server):
    ada, began = visit(), time.time()
    write_everywhere(ada)
    ada.forgive("403")  # the session is over
    reach = connection(server.data)
    with sign_in(server.data) as database:
        held = sessions(database)
    dumped = dump(reach)
    lies = written_since(began, server.folder)
    lies |= {Path("dump"): dumped, Path("log"): server.log.read_bytes()}

    assert any(b"_auth_user_id" in session for session in held)
    assert b"COPY public.entries_entry" in dumped
    assert {path.parent for path in lies} >= {Path("var/postgres/pg_wal")}
    open_words = [
        f"{word} in {path}"
        for word in (TITLE, TAG, FIRST, SECOND, SOUGHT, CALLED, PROMISED, ASKED, UNSENT, STOPPED)
        for disguise in disguises(word)
        for path, content in [*lies.items(), *((Path("session"), one) for one in held)]
        if disguise in content
    ]
    assert open_words == []
