"""Photos for tests: files as a phone sends them, and rows with files that no decoder has made."""

import io
from typing import Any

from PIL import Image

from journal.photos import files
from journal.photos.decoder import SIZES
from journal.photos.models import Photo
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry

RED, BLUE = (200, 30, 30), (20, 40, 200)
TAKEN, EXIF_BLOCK, DESCRIPTION, ORIENTATION, GPS = 0x9003, 0x8769, 0x010E, 0x0112, 0x8825
CANARY = "zanzibarquokka"


def make_image(width: int = 64, height: int = 48) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def make_file(image: Image.Image | None = None, kind: str = "JPEG", **how: Any) -> io.BytesIO:
    file = io.BytesIO()
    (image or make_image()).save(file, kind, **how)
    file.seek(0)
    return file


def make_exif(*, turned: int = 1, taken: str = "2021:05:06 07:08:09") -> Image.Exif:
    """As a phone writes it, with words that must not be found again."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[DESCRIPTION] = turned, CANARY
    exif.get_ifd(EXIF_BLOCK)[TAKEN] = taken
    exif.get_ifd(GPS)[2] = (52.0, 31.0, 12.0)
    return exif


def make_photo(entry: Entry, **fields: Any) -> Photo:
    with acting_as(entry.owner):
        position = fields.pop("position", entry.photos.count() + 1)
        photo = Photo(owner=entry.owner, entry=entry, position=position, width=64, height=48)
        for name, value in fields.items():
            setattr(photo, name, value)
        files.write(photo, dict.fromkeys(SIZES, make_file().getvalue()))
        photo.save(force_insert=True)
    return photo
