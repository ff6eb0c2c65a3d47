"""Beside another version each gives its own styles for the other's, and nobody keeps them."""

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from selftrust.static_files import StaticFilesMiddleware

OURS = {"css/selftrust.css": "css/selftrust.0a0a.css", "worker/shell.js": "worker/shell.0a0a.js"}
MANIFEST = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


@pytest.fixture
def middleware(tmp_path, settings):
    for name in OURS.values():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("/* ours */")
    manifest = {"paths": OURS, "version": "1.1", "hash": ""}
    (tmp_path / "staticfiles.json").write_text(json.dumps(manifest))
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": MANIFEST}}
    return StaticFilesMiddleware(lambda request: HttpResponse("none", status=404))


def test_a_file_of_another_version_is_ours_and_is_not_kept(middleware):
    def ask(path: str, **headers: str) -> tuple[int, str]:
        answer = middleware(RequestFactory().get(path, headers=headers))
        return answer.status_code, answer.headers.get("Cache-Control", "")

    own, kept = ask("/static/css/selftrust.0a0a.css")
    assert (own, "immutable" in kept) == (200, True)
    theirs = "/static/css/selftrust.ffff.css"
    assert ask(theirs, Sec_Fetch_Dest="style") == (200, "no-store")
    assert ask(theirs) == (200, "no-store")
    for path in (
        *("/static/css/other.ffff.css", "/static/worker/shell.ffff.js", "/static/../x.css"),
        *("/static/", "/elsewhere/css/selftrust.ffff.css", "/static/\0.css"),
    ):
        assert ask(path) == (404, ""), path
    assert ask(theirs, Sec_Fetch_Dest="empty") == (404, "")  # a service worker would keep it
