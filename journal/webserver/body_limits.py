"""How large the body of a request may be, decided before its first byte is read.

Most bodies are forms. Only addresses that fit a pattern in
`settings.LARGE_UPLOADS` take more, from a page of ours
that was made within the last hour: its form's address carries a token that is signed, and bound to
the session. A session sends one at a time, and none takes the last of the disk. No check asks the
database.

No page of ours sends what another app shares, so `settings.SHARE_PATH` has no token. It takes a
few larger bodies at a time, of all clients together; the disk holds no more than those.
"""

import fcntl
import hashlib
import re
import shutil
from typing import IO

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, QueryDict
from django.http.cookie import parse_cookie

from journal.webserver.requests import Refusal, RequestParser, no_room, too_large

TOKEN = "upload"  # noqa: S105  the name of the parameter
HOUR = 60 * 60
SHARES_AT_ONCE = 4
FORM_AROUND = 64 * 1024  # bytes of the form's other fields


def upload_token(request: HttpRequest) -> str:
    """For the address of a form: allows this session one hour of large bodies."""
    return _signer(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")).sign(TOKEN)


def body_limit(request: RequestParser) -> int | Refusal:
    """The largest body this request may have, in bytes, or a Refusal."""
    if request.path == settings.SHARE_PATH:
        return _share_limit(request)
    largest = _largest_at(request.path)
    if largest is None or not (request.chunked or request.content_length > 2 * 1024 * 1024):
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    session = parse_cookie(request.headers.get("COOKIE", "")).get(settings.SESSION_COOKIE_NAME, "")
    if not _is_allowed(request, session):
        return Refusal(403, "Forbidden", "This page had been open for a while. Reload it.")
    if request.chunked or request.content_length > largest + FORM_AROUND:
        return too_large()
    if not has_room(request.content_length):
        return no_room()
    if not uploads.begin(request, session):
        return Refusal(409, "Conflict", "Another file of yours is still uploading.")
    request.has_room = has_room
    return largest + FORM_AROUND


def _share_limit(request: RequestParser) -> int | Refusal:
    if request.chunked or request.content_length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if request.content_length > settings.SHARE_MAX_BYTES:
        return too_large()
    if not has_room(request.content_length):
        return no_room()
    if not any(uploads.begin(request, f"share {number}") for number in range(SHARES_AT_ONCE)):
        return too_large()
    request.has_room = has_room
    return settings.SHARE_MAX_BYTES


def _largest_at(path: str) -> int | None:
    limits = settings.LARGE_UPLOADS.items()
    return next((most for pattern, most in limits if re.fullmatch(pattern, path)), None)


def has_room(size: int = 0) -> bool:
    """Whether the floor of free space would be left after so many bytes."""
    return shutil.disk_usage(settings.DATA_DIR).free >= size + settings.DISK_FLOOR


class Uploads:
    """Which sessions are sending a large body now, in any process: each has a byte of a lock file.
    The system frees the locks of a process that dies."""

    def __init__(self) -> None:
        self._here: set[int] = set()
        self._file: IO[bytes] | None = None

    def begin(self, request: RequestParser, session: str) -> bool:
        """False where the session sends one already; otherwise it does until the request ends."""
        number = int.from_bytes(hashlib.sha256(session.encode()).digest()[:7], "big")
        if self._file is None:  # once per process: closing any handle would free its locks
            self._file = (settings.DATA_DIR / "spool" / "uploads.lock").open("a+b")
        file, here = self._file, self._here
        try:
            if number in here:
                return False
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
        except OSError:
            return False
        here.add(number)

        def release() -> None:
            if number in here:
                here.remove(number)
                fcntl.lockf(file, fcntl.LOCK_UN, 1, number)

        request.release = release
        return True


uploads = Uploads()


def _is_allowed(request: RequestParser, session: str) -> bool:
    token = QueryDict(request.query).get(TOKEN, "")
    try:
        return bool(session) and bool(_signer(session).unsign(token, max_age=HOUR))
    except BadSignature:
        return False


def _signer(session: str) -> TimestampSigner:
    return TimestampSigner(salt=f"{TOKEN}:{session}")
