"""The service worker's file, and the page that it opens without a network."""

import json
import re

import pytest
from django.test import Client

from journal.offline import worker

OPEN = ["/sw.js", "/offline/"]


def shell() -> dict:
    source = Client().get("/sw.js").content.decode()
    return json.loads(source.removeprefix("const SHELL = ").partition(";\n")[0])


def test_the_worker_is_looked_for_anew_at_each_visit():
    response = Client().get("/sw.js")
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"].startswith("text/javascript")
    assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("path", OPEN)
def test_it_is_the_same_for_everyone(path, ada_client, eve_client):
    """Without a query and without a cookie: a device keeps it."""
    answers = [client.get(path) for client in (Client(), ada_client, eve_client)]
    assert len({answer.content for answer in answers}) == 1
    assert not any(answer.cookies for answer in answers)


def test_everything_it_keeps_is_there(db):
    listed = shell()
    imported = re.findall(r'"(/static/worker/[^"]+)"', Client().get("/sw.js").content.decode())
    assert len(imported) == 3
    for address in [*listed["files"], *listed["pages"], *imported]:
        assert Client().get(address).status_code == 200, address


def test_another_shell_is_another_version(monkeypatch):
    before = shell()
    monkeypatch.setattr(worker, "FILES", worker.FILES[:-1])
    worker._source.cache_clear()
    after = shell()
    worker._source.cache_clear()
    assert after["version"] != before["version"]
