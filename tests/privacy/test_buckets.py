"""What a bucket's server does when it does not do what is asked: nothing of it is "gone".

The answers are those of a server of the test's own; `make test-bucket` adds a real one.
"""

import os
import socket
import struct
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from journal.embedded import storage_url
from journal.privacy.storage import FolderStorage, NewFile, StorageAway, names_in
from tests import s3

PAGE = b"<!doctype html><title>Welcome</title><p>Please sign in to this network."
LIST = b'<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Contents><Key>na'
WORK = {
    "open": lambda storage: storage.open("name"),
    "exists": lambda storage: storage.exists("name"),
    "listdir": lambda storage: storage.listdir(""),
    "get_modified_time": lambda storage: storage.get_modified_time("name"),
    "delete": lambda storage: storage.delete("name"),
    "save": lambda storage: storage.save("name", ContentFile(b"sealed")),
}
READING = ("open", "exists", "listdir")


def coded(code: str) -> bytes:
    return f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>No.</Message></Error>".encode()


# Status, body, how the connection ends, and what then has to fail.
ANSWERS = [
    (403, coded("AccessDenied"), "", WORK),
    (301, coded("PermanentRedirect"), "", WORK),  # another region's
    (400, coded("XAmzContentSHA256Mismatch"), "", WORK),
    (503, coded("SlowDown"), "", WORK),
    (500, b"", "", WORK),
    (404, coded("NoSuchBucket"), "", WORK),
    (404, PAGE, "", WORK),
    (404, b"", "", WORK),
    (200, PAGE, "", ("exists", "listdir")),
    (200, LIST, "", ("exists", "listdir")),
    (200, LIST, "short", READING),
    (200, LIST, "reset", READING),
    (200, LIST, "frozen", READING),
    (200, LIST, "mute", WORK),
]


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """Answers everything with its `answer`."""
    over = Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # which says "continue" to whoever waits for it

        def answer(self) -> None:
            status, body, end, _fails = self.server.answer
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.close_connection = True
            if end == "mute":
                over.wait()
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(body) + 100 * bool(end)))
            self.send_header("Connection", "close")  # or the next request may meet its end
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
            if end == "frozen":
                over.wait()
            if end == "reset":  # and what was sent may be lost with it
                at_once = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)

        do_GET = do_HEAD = do_PUT = do_DELETE = do_POST = answer

        def log_message(self, *_given: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
    yield server
    over.set()
    server.shutdown()
    server.server_close()


def test_only_one_answer_says_that_a_file_is_gone(server, settings, tmp_path, monkeypatch):
    pytest.importorskip("storages.backends.s3", reason="django-storages[s3] is not installed")
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(storage_url, "WAIT", 0.1)
    monkeypatch.setattr(storage_url, "TRIES", 1)
    url = f"s3://key:secret@127.0.0.1:{server.server_port}/bucket?region=us-east-1&tls=no"
    storage = storages.create_storage(storage_url.storage_of(url, tmp_path))

    for server.answer in ANSWERS:
        for name in server.answer[-1]:
            try:
                found = WORK[name](storage)
            except StorageAway:
                continue
            pytest.fail(f"{name} takes {server.answer[:3]} for an answer: {found}")

    server.answer = (404, coded("NoSuchKey"), "", ())
    with pytest.raises(FileNotFoundError):
        storage.open("name")
    storage.delete("name")


def test_a_folder_that_goes_away_while_a_file_is_read_or_written(tmp_path):
    storage = FolderStorage(tmp_path)
    storage.save("name", ContentFile(b"sealed"))
    file, new = storage.open("name"), NewFile(storage, "other")
    os.close(file.file.fileno())
    os.close(new.file.fileno())
    for fails in (file.read, lambda: file.seek(0), new.keep):
        with pytest.raises(StorageAway):
            fails()
    new.discard()
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageAway):
        storage.exists("file/name")
    assert (storage.exists("name"), storage.exists("other")) == (True, False)


@pytest.mark.skipif(not s3.BUCKET, reason="make test-bucket lists more than one page of names")
def test_a_list_is_whole(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with s3.bucket() as url:
        storage = storages.create_storage(storage_url.storage_of(url, tmp_path))
        for number in range(1001):
            storage.save(f"many/{number:04}", ContentFile(b""))
        assert len(names_in(storage, "many")) == 1001
        assert storage.exists("many/1000")
        assert not storage.exists("many/100")
