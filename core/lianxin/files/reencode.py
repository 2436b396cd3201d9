"""Draws a picture anew in a process of its own: `python -I reencode.py < upload > picture.jpg`.

Run by path, so that it loads Pillow and nothing of ours. What a picture hides (position, owner, programs behind its
end) does not survive; what attacks the decoder meets limits on memory and time in a process that has nothing else.
Says on its last line of stderr {"width", "height"} or {"fault"}: unreadable, pixels.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps

MAX_PIXELS = 40_000_000
LONG_SIDE = 2_400
QUALITY = 85
MAX_OF_FORMAT = {"progressive": 16_000_000, "PNG": 20_000_000, "WEBP": 8_000_000}
"""These are held whole, at four to sixteen bytes a pixel, however small they are drawn; a camera's JPEG is not."""
MEMORY_BYTES = 150 * 1024 * 1024
"""Beside what the process has when it starts: enough for all that the numbers above let in."""
CPU_SECONDS = 15
FORMATS = ("JPEG", "PNG", "WEBP")


class TooManyPixels(Exception):
    """Decoding this would take more memory than a picture may."""


def limit_process() -> None:
    """Memory, time, written bytes and files that this process may have."""
    memory = _size_now() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024 * 1024, 64 * 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _size_now() -> int:
    """Bytes of address space that the program itself takes."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 256 * 1024 * 1024


def reencode(source: BinaryIO, target: BinaryIO) -> tuple[int, int]:
    """Writes the picture as JPEG, upright, at most 2,400 pixels long; answers width and height in pixels."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(source, formats=FORMATS) as picture:
            drawn = _draw(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise TooManyPixels from bomb
    drawn.save(target, "JPEG", quality=QUALITY)
    return drawn.size


def _draw(picture: Image.Image) -> Image.Image:
    form = "progressive" if "progressive" in picture.info else picture.format or ""
    if picture.width * picture.height > MAX_OF_FORMAT.get(form, MAX_PIXELS):
        raise TooManyPixels
    # A JPEG is decoded at the size wanted, which saves most of the memory.
    picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
    picture.load()
    if picture.mode in ("I", "I;16", "F"):
        picture = picture.convert("L")
    if picture.mode == "P":
        picture = picture.convert("RGBA")
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS, reducing_gap=1.0)
    upright = _upright(picture)
    flat = _flatten(upright)
    flat.info.clear()
    return flat


def _upright(picture: Image.Image) -> Image.Image:
    # EXIF that can't be read says nothing about which side is up.
    with contextlib.suppress(Exception):
        return ImageOps.exif_transpose(picture)
    return picture


def _flatten(picture: Image.Image) -> Image.Image:
    """On white paper, in three colours."""
    if "A" not in picture.getbands():
        return picture.convert("RGB")
    with_alpha = picture.convert("RGBA")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return paper


def main() -> int:
    """Reads stdin, writes stdout."""
    limit_process()
    answer: dict[str, object]
    try:
        width, height = reencode(sys.stdin.buffer, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        answer = {"width": width, "height": height}
    except (TooManyPixels, MemoryError):
        answer = {"fault": "pixels"}
    except Exception:  # whatever a broken file makes Pillow raise: it can't be drawn
        answer = {"fault": "unreadable"}
    sys.stderr.write("\n" + json.dumps(answer) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
