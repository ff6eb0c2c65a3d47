"""What is refused before its first byte, and what lies on the disk while the rest waits."""

import os
import time

import pytest
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from waitress.adjustments import Adjustments

from journal.webserver import body_limits
from journal.webserver.requests import Refusal, RequestParser
from journal.webserver.spool import SealedFile
from tests.webserver.conftest import LARGE

POST = b"POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
IMPORT = "/settings/import/"
PHOTOS = "/journal/01a22a68-b8d0-72c1-aa8b-008078eaa87d/photos/"


def test_a_body_comes_through_whole_in_memory_and_spooled(site):
    for size in (0, 1, 100_000, 3_000_000):
        body = os.urandom(size)
        answer = site.answer(POST % b"/" + b"Content-Length: %d\r\n\r\n" % size + body)

        assert answer.partition(b"\r\n\r\n")[2] == body


def test_a_body_that_is_too_large_is_refused_without_being_sent(site):
    head = POST % b"/" + b"Content-Length: %d\r\n" % (LARGE + 1)

    assert b" 413 " in site.answer(head + b"\r\n").partition(b"\r\n")[0]
    assert site.answer(head + b"Expect: 100-continue\r\n\r\n").startswith(b"HTTP/1.1 413")


def test_whoever_sends_it_nevertheless_can_read_the_refusal(site):
    site.body_limit = 1000
    body = b"x" * LARGE
    for framing in (b"Content-Length: %d\r\n\r\n" % LARGE, b"Transfer-Encoding: chunked\r\n\r\n"):
        start = b"" if b"Length" in framing else b"%x\r\n" % LARGE
        answer = site.answer(POST % b"/" + framing + start + body)

        assert answer.startswith(b"HTTP/1.1 413")


def test_a_second_request_behind_a_refused_body_is_never_read(site):
    hidden = b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n"
    answer = site.answer(POST % b"/" + b"Content-Length: %d\r\n\r\n" % (LARGE + 1) + hidden)

    assert answer.count(b"HTTP/1.1 ") == 1


def test_a_spooled_file_is_sealed_on_the_disk_and_reads_from_anywhere(tmp_path):
    file = SealedFile(tmp_path)
    words = bytes(range(256)) * 1000
    for start in range(0, len(words), 1013):
        file.write(words[start : start + 1013])
    on_disk = os.pread(file._file.fileno(), len(words) + 1, 0)

    assert len(on_disk) == len(words)
    assert words[:16] not in on_disk
    assert list(tmp_path.iterdir()) == []  # it has no name
    for offset in (0, 1, 15, 16, 17, 4096, 255_999):
        file.seek(offset)
        assert file.read(33) == words[offset : offset + 33]


def test_a_spooled_file_is_never_written_twice_in_one_place(tmp_path):
    file = SealedFile(tmp_path)
    file.write(b"once")
    file.seek(0)

    with pytest.raises(OSError):
        file.write(b"twice")


class TestLargeUploads:
    """Only where a page of ours sends them from, and for as long as it says."""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path, settings):
        settings.DATA_DIR = tmp_path
        (tmp_path / "spool").mkdir()

    def limit(self, length: int, query: str = "", session: str = "s1", path: str = IMPORT):
        parser = RequestParser(Adjustments(), lambda _head: 0)
        parser.path, parser.query = path, query
        parser.content_length = length
        parser.headers = {"COOKIE": f"{settings.SESSION_COOKIE_NAME}={session}"}
        self.parser = parser
        return body_limits.body_limit(parser)

    def token(self, session: str = "s1") -> str:
        request = HttpRequest()
        request.COOKIES[settings.SESSION_COOKIE_NAME] = session
        return f"upload={body_limits.upload_token(request)}"

    def test_the_page_of_this_session_may_send_a_file(self):
        limit = self.limit(50_000_000, self.token())
        self.parser.close()

        assert 50_000_000 < limit <= settings.IMPORT_MAX_BYTES + 1_000_000

    def test_a_session_sends_one_at_a_time(self, monkeypatch):
        self.limit(50_000_000, self.token())
        first, uploads = self.parser, body_limits.uploads
        assert self.limit(50_000_000, self.token()).code == 409
        assert isinstance(self.limit(50_000_000, self.token("s2"), session="s2"), int)
        self.parser.close()
        first.close()

        assert isinstance(self.limit(50_000_000, self.token()), int)
        self.parser.close()
        assert not uploads._here

    def test_a_disk_that_fills_up_meanwhile_ends_it(self):
        parser = RequestParser(Adjustments(), lambda _head: LARGE)
        parser.received(POST % b"/" + b"Content-Length: 3000000\r\n\r\n")
        parser.has_room = lambda: False
        parser.received(b"x" * 1_000_000)
        assert parser.error is None
        parser.received(b"x" * 1_000_000)

        assert parser.error.code == 507

    @pytest.mark.parametrize("query", ["", "upload=", "upload=x:y:z"])
    def test_without_a_token_there_is_no_large_body(self, query):
        assert self.limit(50_000_000, query).code == 403

    def test_a_token_of_another_session_or_of_none_does_not_count(self):
        assert self.limit(50_000_000, self.token("s2")).code == 403
        assert self.limit(50_000_000, self.token(""), session="").code == 403

    def test_a_token_is_good_for_an_hour(self, monkeypatch):
        token = self.token()
        later = time.time() + 61 * 60
        monkeypatch.setattr(signing.time, "time", lambda: later)

        assert self.limit(50_000_000, token).code == 403

    def test_a_file_larger_than_the_setting_is_refused(self):
        limit = self.limit(settings.IMPORT_MAX_BYTES * 2, self.token())

        assert isinstance(limit, Refusal)
        assert limit.code == 413

    def test_no_upload_takes_the_last_of_the_disk(self, settings):
        settings.DISK_FLOOR = 1 << 60

        assert self.limit(50_000_000, self.token()).code == 507
        assert self.limit(1000) == settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # writing goes on

    @pytest.mark.parametrize(
        "path", ["/journal/write/", "/journal/x/photos/", f"{PHOTOS}x", f"/sharing{PHOTOS}"]
    )
    def test_elsewhere_a_token_opens_nothing(self, path):
        assert self.limit(50_000_000, self.token(), path=path) == (
            settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        )

    def test_the_photos_of_an_entry_may_be_ten_of_20_mb(self):
        limit = self.limit(200 * 1024 * 1024, self.token(), path=PHOTOS)
        self.parser.close()

        assert isinstance(limit, int)
        assert self.limit(201 * 1024 * 1024, self.token(), path=PHOTOS).code == 413

    def test_a_few_shares_of_another_app_may_be_large_at_a_time(self):
        sent, most = [], settings.SHARE_MAX_BYTES
        for number in range(body_limits.SHARES_AT_ONCE):
            assert self.limit(most, session=f"s{number}", path=settings.SHARE_PATH) == most
            sent.append(self.parser)
        assert self.limit(most, session="other", path=settings.SHARE_PATH).code == 413
        for parser in sent:
            parser.close()

        assert self.limit(most, path=settings.SHARE_PATH) == most
        self.parser.close()
        assert self.limit(most + 1, path=settings.SHARE_PATH).code == 413
        assert not body_limits.uploads._here
