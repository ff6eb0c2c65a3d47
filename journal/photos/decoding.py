"""Decoding a photo in a process of its own, and how that ends.

The process gets the file through a pipe and gives JPEG files back (decoder.py). It has no setting,
key or connection of ours, and ends after `MOST_SECONDS` whatever it does. One runs at a time, since
each may take much memory.
"""

import fcntl
import io
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Timer
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from journal.photos import decoder
from journal.privacy import json_input

MOST_SECONDS = 10.0  # less than a transaction may idle (journal/database/deadlines.py)
MOST_WAITING = 3.0  # seconds for another photo, before this one
LARGEST_ANSWER = 12 * 1024 * 1024  # bytes of the three sizes, several times what they ever take
PROGRAM = Path(decoder.__file__)


class PhotoRefused(Exception):
    """Why a file did not become a photo: a sentence for the person."""


class DecoderBusy(PhotoRefused):
    """Others send photos; the same file can be sent again."""


SENTENCES = {
    decoder.NOT_A_PHOTO: _("This isn’t a photo we can read. JPEG, PNG, WebP and HEIC files work."),
    decoder.DAMAGED: _("This photo is damaged or incomplete."),
    decoder.TOO_LARGE: _(
        "This photo has more than 50 million pixels. Make it smaller and try again."
    ),
}
TOO_MUCH = _("This photo takes too much memory or time to open. Make it smaller and try again.")
BUSY = _("Other photos are being read right now. Try again in a moment.")


@dataclass(frozen=True)
class Decoded:
    width: int  # of the largest size, upright
    height: int
    taken_on: date | None
    files: dict[str, bytes]  # JPEG by the name of the size


def decode(file: IO[bytes]) -> Decoded:
    """The sizes of the photo in `file`, or PhotoRefused."""
    with _turn():
        head, body = _answer_to(file)
    try:
        about = json_input.parse(head.decode())
        if about.get("refused"):
            raise PhotoRefused(SENTENCES[about["refused"]])
        return _decoded(about, body)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PhotoRefused(TOO_MUCH) from error  # it was stopped before it had said all


def _answer_to(file: IO[bytes]) -> tuple[bytes, bytes]:
    process: Any = subprocess.Popen(
        [sys.executable, "-I", str(PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
    )
    timer = Timer(MOST_SECONDS, process.kill)
    timer.start()
    try:
        with suppress(BrokenPipeError):  # it was stopped, and its answer says so
            shutil.copyfileobj(file, process.stdin)
        with suppress(BrokenPipeError):
            process.stdin.close()
        return process.stdout.readline(1000), process.stdout.read(LARGEST_ANSWER)
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def _decoded(about: dict[str, Any], body: bytes) -> Decoded:
    rest = io.BytesIO(body)
    files = {}
    for name, length in zip(decoder.SIZES, about["bytes"], strict=True):
        files[name] = rest.read(length)
        if not files[name] or len(files[name]) != length:
            raise ValueError(name)
    taken_on = None
    with suppress(ValueError):
        taken_on = date.fromisoformat(about["taken_on"])
    return Decoded(int(about["width"]), int(about["height"]), taken_on, files)


@contextmanager
def _turn() -> Iterator[None]:
    """Waits until no other process of this installation decodes, or raises DecoderBusy."""
    until = time.monotonic() + MOST_WAITING
    folder = settings.DATA_DIR / "spool"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "photos.lock").open("ab") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() > until:
                    raise DecoderBusy(BUSY) from None
                time.sleep(0.05)
        yield
