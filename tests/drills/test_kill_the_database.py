"""Twenty people save while the database is killed: what was acknowledged is there, once."""

import os
import re
import signal
import threading
import time
from uuid import uuid4

import pytest

from tests.embedded.running import Visitor, postmaster, served

WRITERS, EACH = 20, 6


@pytest.mark.long
def test_every_acknowledged_entry_is_there_once():
    with served() as (server, port, data):
        ada = Visitor(port)
        ada.sign_up("ada@example.org", "correct horse battery staple")
        acknowledged: list[str] = []
        refused: list[int] = []
        threads = [
            threading.Thread(target=write, args=(ada, acknowledged, refused), daemon=True)
            for _writer in range(WRITERS)
        ]
        for thread in threads:
            thread.start()
        reached(acknowledged, WRITERS * EACH // 4)
        os.kill(postmaster(data), signal.SIGKILL)
        for thread in threads:
            thread.join(timeout=120)

        assert server.poll() is None
        assert len(acknowledged) == WRITERS * EACH
        assert set(refused) <= {503}
        for pk in acknowledged:
            status, text = ada.ask("GET", f"/journal/{pk}/")
            assert status == 200
            assert f"words of {pk}" in text
        page = ada.ask("GET", "/journal/")[1]
        assert re.search(r"(\d+) entries", page).group(1) == str(WRITERS * EACH)


def write(ada: Visitor, acknowledged: list[str], refused: list[int]) -> None:
    """Saves a dozen entries; whatever gets no answer, or a 503, is sent again with its id."""
    me = Visitor(ada.port)
    me.cookies, me.token = dict(ada.cookies), ada.token
    for _entry in range(EACH):
        pk = str(uuid4())
        fields = {"id": pk, "body": f"words of {pk}", "written_on": "2026-11-19"}
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                status, _text = me.ask("POST", "/journal/write/", fields)
            except OSError:
                continue
            if status == 302:
                acknowledged.append(pk)
                break
            refused.append(status)


def reached(acknowledged: list[str], count: int) -> None:
    deadline = time.monotonic() + 60
    while len(acknowledged) < count and time.monotonic() < deadline:
        threading.Event().wait(0.01)
