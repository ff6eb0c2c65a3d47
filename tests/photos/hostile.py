"""Files made to hurt whoever opens them, and odd ones that are as good as any."""

import base64
import struct
import zlib
from collections.abc import Callable

from PIL import Image, PngImagePlugin

from journal.photos.decoder import DAMAGED, NOT_A_PHOTO, TOO_LARGE
from tests.photos.factories import make_exif, make_file, make_image

SCRIPT = b"<script>alert(1)</script>"
# 64 x 48 pixels, red and blue, with the EXIF of make_exif(turned=6). Pillow cannot write one.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAchtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAA"
    "AAAAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB7AABAAAAAAAAACQAAgAAAAACEAABAAAAAAAAAGwAAAA4aWlu"
    "ZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAB"
    "B2lwcnAAAADmaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMA"
    "AAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkA"
    "AAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAA"
    "AAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAAAlpcm90AwAAABlpcG1hAAAAAAAAAAEAAQaBAgMFhIYAAAAa"
    "aXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAJhtZGF0AAAAICgBrxmA70mlv//f4x/19q/4pshf/6kSd9B3n/BDA21v"
    "AAAABkV4aWYAAE1NACoAAAAIAAMBDgACAAAACQAAADIBEgADAAAAAQAGAACHaQAEAAAAAQAAADwAAAAAemFuemli"
    "YXIAAAABkAMAAgAAABQAAABOAAAAADIwMjE6MDU6MDYgMDc6MDg6MDkA"
)


def jpeg(image: Image.Image | None = None, **how: object) -> bytes:
    return make_file(image, "JPEG", **how).getvalue()


def png(image: Image.Image | None = None, **how: object) -> bytes:
    return make_file(image, "PNG", **how).getvalue()


def webp(image: Image.Image | None = None, **how: object) -> bytes:
    return make_file(image, "WEBP", **how).getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, *more: bytes, rows: bytes = b"") -> bytes:
    """A grey PNG that says to be so large, however little is in it."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + body


def jpeg_of(width: int, height: int) -> bytes:
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_of(width: int, height: int) -> bytes:
    data = bytearray(webp(exif=make_exif()))
    at = data.index(b"VP8X") + 12
    data[at : at + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)


def heic_of(side: int) -> bytes:
    return HEIC.replace(struct.pack(">II", 64, 48), struct.pack(">II", side, side))


def text_bomb() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "a" * 3_000_000, zip=True)
    return png(pnginfo=text)


def profile_bomb() -> bytes:
    return chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(3_000_000)))


def palette_with_transparency() -> bytes:
    image = make_image().quantize(4)
    return png(image, transparency=0)


def broken_exif() -> bytes:
    return jpeg(exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 300)


def garbled_crc() -> bytes:
    data = bytearray(png())
    data[data.index(b"IHDR") + 6] ^= 0xFF
    return bytes(data)


def frames() -> list[Image.Image]:
    return [make_image(), Image.new("RGB", (64, 48), "green")]


def animated(kind: str) -> bytes:
    first, *rest = frames()
    return make_file(first, kind, save_all=True, append_images=rest, duration=10).getvalue()


def other(kind: str) -> bytes:
    return make_file(make_image(), kind).getvalue()


# What comes of each: the reason why it is refused.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", NOT_A_PHOTO),
    "text": (lambda: b"A quiet day.", NOT_A_PHOTO),
    "SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>", NOT_A_PHOTO),
    "page": (lambda: b"<!doctype html>" + SCRIPT, NOT_A_PHOTO),
    "PDF": (lambda: b"%PDF-1.7\n" + SCRIPT, NOT_A_PHOTO),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", NOT_A_PHOTO),
    "ZIP": (lambda: b"PK\x03\x04" + bytes(200), NOT_A_PHOTO),
    "video": (lambda: b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(200), NOT_A_PHOTO),
    "GIF": (lambda: animated("GIF"), NOT_A_PHOTO),
    "BMP": (lambda: other("BMP"), NOT_A_PHOTO),
    "TIFF": (lambda: other("TIFF"), NOT_A_PHOTO),
    "icon": (lambda: other("ICO"), NOT_A_PHOTO),
    "page before a JPEG": (lambda: SCRIPT + jpeg(), NOT_A_PHOTO),
    "first bytes of a JPEG": (lambda: jpeg()[:3], DAMAGED),
    "half a JPEG": (lambda: jpeg()[: len(jpeg()) // 2], DAMAGED),
    "half a PNG": (lambda: png()[: len(png()) // 2], DAMAGED),
    "half a HEIC": (lambda: HEIC[: len(HEIC) // 2], DAMAGED),
    "PNG with a changed byte": (garbled_crc, DAMAGED),
    "PNG with less than it says": (lambda: png_of(2000, 2000, rows=bytes(100)), DAMAGED),
    "PNG with a bomb of text": (text_bomb, DAMAGED),
    "PNG with a bomb for a profile": (
        lambda: png_of(9, 9, profile_bomb(), rows=bytes(90)),
        DAMAGED,
    ),
    "PNG of 3,600 megapixels": (lambda: png_of(60_000, 60_000), TOO_LARGE),
    "PNG of 60 megapixels": (lambda: png_of(10_000, 6_000), TOO_LARGE),
    "JPEG of 4,000 megapixels": (lambda: jpeg_of(65_500, 65_500), TOO_LARGE),
    "WebP of 268 megapixels": (lambda: webp_of(16_383, 16_383), TOO_LARGE),
}
# What becomes a photo, and says nothing of what it came with: width and height.
HARMLESS: dict[str, tuple[Callable[[], bytes], tuple[int, int]]] = {
    "HEIC": (lambda: HEIC, (48, 64)),
    "page behind a JPEG": (lambda: jpeg() + SCRIPT, (64, 48)),
    "JPEG with a script as its comment": (lambda: jpeg(comment=SCRIPT), (64, 48)),
    "EXIF with a script": (lambda: jpeg(exif=make_exif(taken=SCRIPT.decode())), (64, 48)),
    "EXIF that is broken": (broken_exif, (64, 48)),
    "EXIF that turns to nowhere": (lambda: jpeg(exif=make_exif(turned=99)), (64, 48)),
    "colour profile of nonsense": (lambda: jpeg(icc_profile=SCRIPT * 9), (64, 48)),
    "PNG of 49 megapixels": (lambda: png_of(7000, 7000, rows=bytes(7000 * 7001)), (2400, 2400)),
    "very thin": (lambda: png_of(30_000, 1, rows=bytes(30_001)), (2400, 1)),
    "one pixel": (lambda: png_of(1, 1, rows=bytes(2)), (1, 1)),
    "CMYK": (lambda: jpeg(make_image().convert("CMYK")), (64, 48)),
    "grey of 16 bits": (lambda: png(Image.new("I;16", (64, 48), 40_000)), (64, 48)),
    "black and white": (lambda: png(make_image().convert("1")), (64, 48)),
    "palette with transparency": (palette_with_transparency, (64, 48)),
    "animated PNG": (lambda: animated("PNG"), (64, 48)),
    "animated WebP": (lambda: animated("WEBP"), (64, 48)),
    "progressive JPEG": (lambda: jpeg(progressive=True), (64, 48)),
}
