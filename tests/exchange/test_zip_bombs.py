"""ZIPs that are small on the way in and would be large here: refused before they are."""

import io
import struct
import zipfile
from zipfile import ZipFile, ZipInfo

import pytest
from pyzipper import AESZipFile

from journal.exchange import archive
from journal.exchange.exceptions import ImportRefused
from tests.exchange.factories import sent
from tests.exchange.test_refused import DAMAGED, one, refusal

pytestmark = pytest.mark.django_db


def with_false_lists(comment_of: str) -> bytes:
    """Five files, and records of an empty list where a parser does not look for them."""
    false = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 0, 0, 0, 0)
    false += struct.pack("<4s2LH", b"PK\x06\x07", 0, 0, 1) if comment_of == "archive" else b""
    held = io.BytesIO()
    with ZipFile(held, "w") as opened:
        for number in range(1, 6):
            info = ZipInfo(f"2026-01-0{number}.md")
            info.comment = false if comment_of == "file" else b""
            opened.writestr(info, "x")
        opened.comment = false + b"PK\x05" if comment_of == "archive" else b""
    return held.getvalue()


@pytest.mark.parametrize("comment_of", ["file", "archive"])
@pytest.mark.parametrize("bound", ["MOST_FILES", "LONGEST_LIST"])
def test_a_false_list_in_a_comment_hides_no_files(comment_of, bound, eve, monkeypatch):
    assert sent(eve, with_false_lists(comment_of)).preview["new"] == 5
    monkeypatch.setattr(archive, bound, 4 if bound == "MOST_FILES" else 300)
    monkeypatch.setattr(zipfile.ZipFile, "infolist", None)
    assert refusal(eve, with_false_lists(comment_of)) == "The ZIP contains more than 100,000 files."


@pytest.mark.parametrize("kind", [ZipFile, AESZipFile])
def test_both_parsers_are_bounded_while_they_list(kind, monkeypatch):
    monkeypatch.setattr(archive, "MOST_FILES", 4)
    with pytest.raises(ImportRefused):
        archive.open_listing(kind, io.BytesIO(with_false_lists("file")))


def test_files_on_top_of_each_other_are_refused(eve):
    """A hundred files that are the same bytes, as in bombs that do not nest."""
    whole = one("2026-01-01.md", "x" * 5000 + "".join(map(chr, range(33, 3000))))
    start = whole.rindex(b"PK\x01\x02")
    line, end = whole[start:-22], whole[-22:]
    lines = b"".join(line.replace(b"01-01.md", b"01-%02d.md" % day) for day in range(1, 100))
    end = end[:8] + struct.pack("<2H2L", 99, 99, len(lines), start) + end[20:]
    assert refusal(eve, whole[:start] + lines + end) == DAMAGED


def test_a_whole_that_is_read_to_the_end_in_one_go_is_bounded_too(monkeypatch):
    monkeypatch.setattr(archive, "LONGEST_LIST", 10)
    guard = archive.ListGuard(io.BytesIO(b"x" * 11))
    with pytest.raises(ImportRefused):
        guard.read()
    guard.opened()
    guard.seek(0)
    assert guard.read() == b"x" * 11
