"""The program that opens a photo that somebody sent: the only place that does.

It runs as a process of its own (decoding.py), with nothing of ours in its environment or memory, so
that a file made to hurt harms this process alone. It bounds its memory, its time and its files
before it reads a byte; then reads the file from stdin, and writes one line of JSON and the photo as
JPEG in each size. Only pixels get there: what it writes is a new picture, upright and in sRGB,
without the place, the camera or anything else that the file said.
"""

import io
import json
import os
import re
import resource
import sys
from typing import Any

MOST_MEMORY = 768 * 1024 * 1024  # bytes; a PNG of MOST_PIXELS takes 500 MB, HEIC less
MOST_SECONDS = 8  # of CPU
MOST_PIXELS = 50_000_000
SIZES = {"large": 2400, "medium": 1200, "small": 320}  # pixels of the longer side
QUALITY = 84
FORMATS = ("JPEG", "PNG", "WEBP")
STARTS = re.compile(
    rb"\xff\xd8\xff|\x89PNG|RIFF.{4}WEBP|.{4}ftyp(heic|heix|hevc|mif1|msf1)", re.DOTALL
)
ORIENTATION, EXIF_BLOCK, TAKEN, DIGITIZED = 0x0112, 0x8769, 0x9003, 0x9004

NOT_A_PHOTO, DAMAGED, TOO_LARGE = "not a photo", "damaged", "too large"


class Refused(Exception):
    """The reason, which is one of the three above."""


def bound_process() -> None:
    limits = {
        resource.RLIMIT_CPU: MOST_SECONDS,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,  # no file can be written
        resource.RLIMIT_NOFILE: 16,
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_DATA: MOST_MEMORY,
    }
    for limit, most in limits.items():
        _soft, hard = resource.getrlimit(limit)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (most, most))


def shrunk(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What there is to say about the photo, and its sizes as JPEG; or Refused."""
    image, taken_on = _opened(data)
    picture = _plain(_upright(image))
    files: list[bytes] = []
    for longest in SIZES.values():
        picture.thumbnail((longest, longest), reducing_gap=3.0)
        if not files:
            about = {"width": picture.width, "height": picture.height, "taken_on": taken_on}
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=QUALITY, progressive=True, optimize=True)
        files.append(file.getvalue())
    return about | {"bytes": [len(file) for file in files]}, files


def _formats(data: bytes) -> tuple[str, ...]:
    """The library for HEIF takes a tenth of a photo's time to load, so only HEIF does that."""
    if data[4:8] != b"ftyp":
        return FORMATS
    from pi_heif import options, register_heif_opener

    options.DECODE_THREADS = 1
    register_heif_opener(thumbnails=False)
    return (*FORMATS, "HEIF")


def _opened(data: bytes) -> tuple[Any, str]:
    """The picture, reduced to little more than the largest size, and the day it was taken."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    largest, formats = max(SIZES.values()), _formats(data)
    try:
        image: Any = Image.open(io.BytesIO(data), formats=formats)
        if image.width * image.height > MOST_PIXELS:
            raise Refused(TOO_LARGE)
        exif = _exif(image)  # before load(), which lets go of the file
        orientation = exif.get(ORIENTATION, 1) if image.format != "HEIF" else 1  # libheif turned it
        image.draft(image.mode, (largest, largest))  # JPEG only: decodes at a fraction of the size
        image.load()
    except Image.DecompressionBombError as error:
        raise Refused(TOO_LARGE) from error
    except UnidentifiedImageError as error:
        raise Refused(DAMAGED if STARTS.match(data) else NOT_A_PHOTO) from error
    except (MemoryError, Refused):
        raise
    except Exception as error:  # a broken file makes Pillow raise nearly anything
        raise Refused(DAMAGED) from error
    image = _in_colour(image)
    image.thumbnail((largest, largest), reducing_gap=3.0)
    image.info["orientation"] = orientation
    return image, _day(exif)


def _exif(image: Any) -> dict[int, Any]:
    """The few tags that matter; none of a block that does not parse."""
    try:
        block = image.getexif()
        return {ORIENTATION: block.get(ORIENTATION, 1), **block.get_ifd(EXIF_BLOCK)}
    except MemoryError:
        raise
    except Exception:
        return {}


def _day(exif: dict[int, Any]) -> str:
    """As the camera wrote it, "2026:11:20 09:14:02", with hyphens; the app reads it as a day."""
    said = exif.get(TAKEN) or exif.get(DIGITIZED)
    return said[:10].replace(":", "-") if isinstance(said, str) else ""


def _in_colour(image: Any) -> Any:
    """In a mode that can be made smaller without loss of tones: RGB, RGBA, L or CMYK."""
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value * (1 / 256)).convert("L")
    has_alpha = image.mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info
    if has_alpha:
        return image.convert("RGBA")
    return image if image.mode in ("RGB", "RGBA", "L", "CMYK") else image.convert("RGB")


def _upright(image: Any) -> Any:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turns.get(image.info["orientation"])
    return image if turn is None else image.transpose(turn)


def _plain(image: Any) -> Any:
    """A new picture in sRGB on white, which holds nothing but pixels."""
    from PIL import Image

    plain = Image.new("RGB", image.size, "white")
    mask = image.getchannel("A") if image.mode == "RGBA" else None
    plain.paste(_in_srgb(image), mask=mask)
    return plain


def _in_srgb(image: Any) -> Any:
    """Phones store colours in a profile of their own, which goes away with the metadata."""
    from PIL import ImageCms

    colours = image.convert("RGB") if image.mode == "RGBA" else image
    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(
                colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a profile that does not parse or fit: its colours stay as they are
    return colours.convert("RGB")


def main() -> None:
    bound_process()
    try:
        about, files = shrunk(sys.stdin.buffer.read())
    except Refused as refused:
        about, files = {"refused": str(refused)}, []
    out = sys.stdout.buffer
    out.write(json.dumps(about).encode() + b"\n")
    for file in files:
        out.write(file)
    out.flush()
    os._exit(0)  # nothing is left to tidy up


if __name__ == "__main__":
    main()
