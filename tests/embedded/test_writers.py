"""Twenty people's worth of saving over HTTP while the database is killed again and again."""

import http.cookiejar
import os
import re
import signal
import threading
import time
import urllib.error
import urllib.request
from urllib.parse import urlencode

from journal.privacy.ownership import uuid7

from .conftest import Installation, sign_in, until

WRITERS = 20
KILLS = 3


class Writer:
    """A browser, as far as saving an entry takes one; it tries again as a person would."""

    def __init__(self, installation: Installation, cookies: http.cookiejar.CookieJar) -> None:
        self.root = f"http://localhost:{installation.port}"
        self.cookies = cookies
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies)).open
        self.acknowledged: list[str] = []
        self.refused = 0

    def token(self, path: str) -> str:
        page = self.open(self.root + path, timeout=20).read().decode()
        return re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]

    def post(self, path: str, **fields: str) -> str:
        """The address that the answer ends at."""
        return self.open(self.root + path, urlencode(fields).encode(), timeout=20).url

    def write_until(self, done: threading.Event, token: str) -> None:
        entry = str(uuid7())
        while not done.is_set():
            try:
                fields = {"id": entry, "title": "", "body": f"words of {entry}"}
                at = self.post(
                    "/journal/write/",
                    written_on=time.strftime("%Y-%m-%d", time.gmtime()),
                    csrfmiddlewaretoken=token,
                    **fields,
                )
            except OSError:  # which HTTPError is, too
                self.refused += 1
                time.sleep(0.05)  # and the same entry once more, with the same id
                continue
            if at.endswith(f"/journal/{entry}/"):
                self.acknowledged.append(entry)
            entry = str(uuid7())


def test_every_acknowledged_entry_is_there_once_after_the_database_was_killed(installation):
    installation.start()
    person = Writer(installation, http.cookiejar.CookieJar())
    token = person.token("/accounts/signup/")
    person.post(
        "/accounts/signup/",
        email="ada@example.org",
        password1="a long walk by the sea",
        csrfmiddlewaretoken=token,
    )
    token = person.token("/journal/write/")
    writers = [Writer(installation, person.cookies) for _ in range(WRITERS)]
    done = threading.Event()
    threads = [threading.Thread(target=each.write_until, args=(done, token)) for each in writers]

    def saved() -> int:
        return sum(len(each.acknowledged) for each in writers)

    def restarts() -> int:
        return installation.printed.read_text().count("being started again")

    for thread in threads:
        thread.start()
    try:
        for kills in range(1, KILLS + 1):
            before = saved()
            until(lambda before=before: saved() >= before + 2 * WRITERS)
            killed = installation.database_process()
            os.kill(killed, signal.SIGKILL)
            until(lambda kills=kills: restarts() == kills)
        before = saved()
        until(lambda: saved() >= before + 2 * WRITERS)
    finally:
        done.set()
        for thread in threads:
            thread.join()

    acknowledged = sorted(entry for each in writers for entry in each.acknowledged)
    with sign_in(installation.data) as app:
        stored = [str(row[0]) for row in app.execute("select id from reflections_entry")]
    assert len(stored) == len(set(stored))
    assert [entry for entry in acknowledged if entry not in set(stored)] == []
    assert len(acknowledged) == len(set(acknowledged))
    assert sum(each.refused for each in writers) > 0
    page = person.open(f"{person.root}/journal/{acknowledged[0]}/").read().decode()
    assert f"words of {acknowledged[0]}" in page
