"""Hostile and odd files: each is refused with its reason or becomes a plain photo. The process that
opens them can do nothing else, and ends."""

import io
from pathlib import Path

import pytest
from PIL import Image

from journal.photos import decoding
from journal.photos.decoding import SENTENCES, TOO_MUCH, PhotoRefused, decode
from tests.photos.factories import CANARY, make_file
from tests.photos.hostile import HARMLESS, REFUSED, SCRIPT

OWN = "import sys; sys.path.insert(0, %r); import decoder; decoder.bound_process()\n"


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_its_reason(name):
    make, reason = REFUSED[name]
    with pytest.raises(PhotoRefused) as refused:
        decode(io.BytesIO(make()))
    assert str(refused.value) == str(SENTENCES[reason])


@pytest.mark.parametrize("name", HARMLESS)
def test_an_odd_file_becomes_a_plain_photo(name):
    make, size = HARMLESS[name]
    photo = decode(io.BytesIO(make()))

    assert (photo.width, photo.height) == size
    for data in photo.files.values():
        assert SCRIPT not in data
        assert CANARY.encode() not in data
        image = Image.open(io.BytesIO(data))
        assert (image.format, image.mode, sorted(image.info)) == (
            "JPEG",
            "RGB",
            ["jfif", "jfif_density", "jfif_unit", "jfif_version", "progression", "progressive"],
        )


def test_transparency_becomes_white_and_16_bits_keep_their_tone():
    clear = make_file(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")
    grey = make_file(Image.new("I;16", (8, 8), 40_000), "PNG")
    for file, expected in ((clear, 255), (grey, 156)):
        image = Image.open(io.BytesIO(decode(file).files["small"]))
        assert all(abs(tone - expected) < 3 for tone in image.getpixel((4, 4)))


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Another program in the place of the decoder, as if a file had taken it over."""

    def becomes(code: str) -> None:
        path = tmp_path / "program.py"
        path.write_text(OWN % str(Path(decoding.PROGRAM).parent) + code)
        monkeypatch.setattr(decoding, "PROGRAM", path)

    return becomes


@pytest.mark.parametrize(
    "code",
    [
        "import time\ntime.sleep(60)",
        "held = [bytes(200_000_000) for _n in range(9)]\nprint('{}', flush=True)",
        "raise SystemExit(3)",
        'print(\'{"width": 1, "height": 1, "bytes": [1, 1, 1], "taken_on": ""}\')',
        "print('[1, 2]')",
        "print('null')",
        "print('x' * 100_000_000)",
        f"open({__file__!r}, 'a')",
        "import tempfile\ntempfile.TemporaryFile().write(bytes(9000))",
    ],
)
def test_a_program_gone_wild_is_ended_and_leaves_nothing(program, monkeypatch, code):
    monkeypatch.setattr(decoding, "MOST_SECONDS", 0.5 if "sleep" in code else 3.0)
    program(code)
    before = Path(__file__).read_bytes()
    with pytest.raises(PhotoRefused) as refused:
        decode(make_file())
    assert str(refused.value) == str(TOO_MUCH)
    assert Path(__file__).read_bytes() == before


def test_the_program_knows_nothing_of_ours(program, monkeypatch):
    monkeypatch.setitem(SENTENCES, "LC_CTYPE", "Nothing.")  # Python sets it by itself
    program("import os, json\nprint(json.dumps({'refused': ' '.join(os.environ)}))")
    with pytest.raises(PhotoRefused, match="Nothing"):
        decode(make_file())
