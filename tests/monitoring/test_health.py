"""What a program is told that asks whether the server is well."""

import pytest
from django.db.backends.utils import CursorWrapper
from django.test import Client

from journal.database import probe
from journal.privacy.storage import StorageAway, asked, silence
from tests.people.test_error_pages import is_away, page

JSON = "application/json"


@pytest.mark.django_db
def test_health_as_json_names_each_check_and_nothing_else(monkeypatch):
    visitor = Client(raise_request_exception=False)

    def told(address: str, **headers: str) -> tuple[int, object]:
        answer = visitor.get(address, headers=headers)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src" in answer.headers["Content-Security-Policy"]
        return answer.status_code, answer.json()

    fine = {"database": "ok", "writes": "ok", "tables": "ok"}
    unknown = {"database": "failed", "writes": "failed"}
    assert told("/healthz?format=json") == (200, {"status": "ok", "checks": {"process": "ok"}})
    monkeypatch.setattr(silence, "since", None)
    assert told("/readyz", accept=JSON) == (200, {"status": "ready", "checks": fine})
    with pytest.raises(StorageAway), asked():
        raise TimeoutError
    silent = {"status": "ready", "checks": {**fine, "storage": "failed"}}
    assert told("/readyz", accept=JSON) == (200, silent)
    with monkeypatch.context() as patched:
        patched.setattr(type(silence), "REMEMBERED", 0)
        assert told("/readyz", accept=JSON) == (200, {"status": "ready", "checks": fine})
    with asked():  # and it answers
        pass
    assert told("/readyz", accept=JSON) == (200, {"status": "ready", "checks": fine})
    assert page(visitor.get("/readyz", headers={"accept": "text/html, */*"})) == "ready"
    monkeypatch.setattr(probe, "is_read_only", lambda: True)
    refused = {"status": "read-only", "checks": {"database": "ok", "writes": "failed"}}
    assert told("/readyz", accept=f"{JSON}, */*;q=0.1") == (503, refused)
    monkeypatch.setattr(CursorWrapper, "execute", is_away)
    assert told("/readyz?format=json") == (503, {"status": "unavailable", "checks": unknown})
    assert told("/healthz", accept=JSON)[0] == 200
    assert visitor.get("/support/", headers={"accept": JSON})["Content-Type"].startswith("text/h")
