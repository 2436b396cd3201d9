"""Uploads as attackers, old scanners and plain people make them, each with what must become of it.

`taken` is "picture", "pdf", or the code of the refusal.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw, PngImagePlugin

MARKER = b"MARKER-4711"
SCRIPT = b"<html><script>alert('" + MARKER + b"')</script></html>"


@dataclass(frozen=True)
class Upload:
    """One file of the corpus."""

    title: str
    name: str
    make: Callable[[], bytes]
    taken: str


def photo(form: str = "JPEG", size: tuple[int, int] = (320, 200), mode: str = "RGB", **saved: Any) -> bytes:
    """A picture with something to see in it."""
    picture = Image.new("RGB", size, "#cc8844")
    ImageDraw.Draw(picture).ellipse((10, 10, 100, 100), fill="#224488")
    target = io.BytesIO()
    picture.convert(mode).save(target, form, **saved)
    return target.getvalue()


def noisy_photo(megabytes: float) -> bytes:
    """A JPEG of at least this size, as a phone's camera makes it."""
    width = height = int((megabytes * 1_400_000) ** 0.5)
    noise = Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))
    target = io.BytesIO()
    noise.save(target, "JPEG", quality=80)
    return target.getvalue()


def with_exif(orientation: int = 1) -> bytes:
    """A photo with position, camera owner and a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = MARKER.decode()
    exif[0x8825] = {1: "N", 2: (32.0, 30.0, 11.0), 3: "E", 4: (105.0, 14.0, 22.0), 29: "2026:11:24"}
    return photo(exif=exif, comment=MARKER)


def png_claiming(width: int, height: int, packed: bytes | None = None) -> bytes:
    """A PNG whose header says any size; few bytes, many pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    if packed is None:
        packer = zlib.compressobj(9)
        row = bytes(1 + (width + 7) // 8)
        packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def png_with_texts() -> bytes:
    """A PNG with texts that unpack large."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", MARKER.decode() + "x" * 5_000, zip=True)
    return photo("PNG", pnginfo=texts)


def png_with_text_bomb() -> bytes:
    """A PNG with 64 texts of a megabyte each."""
    texts = PngImagePlugin.PngInfo()
    for number in range(80):
        texts.add_text(f"t{number}", "x" * 1_000_000, zip=True)
    return photo("PNG", pnginfo=texts)


def zipped(*members: tuple[str, bytes]) -> bytes:
    """A zip file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def animated(form: str) -> bytes:
    """Three frames."""
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    target = io.BytesIO()
    frames[0].save(target, form, save_all=True, append_images=frames[1:])
    return target.getvalue()


def pdf(inside: bytes = b"") -> bytes:
    """A small PDF."""
    return b"%PDF-1.7\n1 0 obj << /Type /Catalog " + inside + b">> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def heic(brand: bytes) -> bytes:
    """The beginning of a photo of an iPhone."""
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x00\x00mif1" + brand + b"\x00" * 200


def broken_exif() -> bytes:
    """A photo whose EXIF is nonsense."""
    return photo(exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff" + b"\x12" * 40)


def scrambled() -> bytes:
    """A JPEG with noise in its middle."""
    content = bytearray(photo(size=(800, 600)))
    middle = len(content) // 2
    content[middle : middle + 300] = random.Random(7).randbytes(300)
    return bytes(content)


def lying_jpeg() -> bytes:
    """A JPEG whose frame header says 65,500 by 65,500."""
    content = photo()
    place = content.index(b"\xff\xc0") + 5
    return content[:place] + struct.pack(">HH", 65_500, 65_500) + content[place + 4 :]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'

PICTURES = (
    Upload("a photo", "身份证正面.jpg", photo, "picture"),
    Upload("a photo with position", "IMG_0001.JPG", with_exif, "picture"),
    Upload("a photo lying on its side", "IMG_0002.jpg", lambda: with_exif(6), "picture"),
    Upload("a photo upside down and mirrored", "IMG_0003.jpg", lambda: with_exif(4), "picture"),
    Upload("a photo with broken EXIF", "IMG_0004.jpg", broken_exif, "picture"),
    Upload("a photo with an impossible orientation", "IMG_0005.jpg", lambda: with_exif(99), "picture"),
    Upload("a photo of 12 MB", "IMG_0006.jpg", lambda: noisy_photo(13), "picture"),
    Upload("a photo of 39 million pixels", "big.jpg", lambda: photo(size=(7_200, 5_400)), "picture"),
    Upload("a scan of 19 million pixels", "a3.png", lambda: photo("PNG", size=(4_900, 3_900)), "picture"),
    Upload("a progressive photo", "a.jpeg", lambda: photo(progressive=True), "picture"),
    Upload("a grey scan", "scan.jpg", lambda: photo(mode="L"), "picture"),
    Upload("a scan for print, in four colours", "scan2.jpg", lambda: photo(mode="CMYK"), "picture"),
    Upload("a screenshot", "截屏.png", lambda: photo("PNG"), "picture"),
    Upload("a drawing with transparency", "seal.png", lambda: photo("PNG", mode="RGBA"), "picture"),
    Upload("grey with transparency", "seal2.png", lambda: photo("PNG", mode="LA"), "picture"),
    Upload("a palette", "map.png", lambda: photo("PNG", mode="P"), "picture"),
    Upload("black and white", "fax.png", lambda: photo("PNG", mode="1"), "picture"),
    Upload("sixteen bits", "xray.png", lambda: photo("PNG", mode="I;16"), "picture"),
    Upload("interlaced and large", "wide.png", lambda: photo("PNG", size=(5_000, 300)), "picture"),
    Upload("a WebP", "mmexport1700000000000.webp", lambda: photo("WEBP"), "picture"),
    Upload("a WebP with transparency", "s.webp", lambda: photo("WEBP", mode="RGBA", lossless=True), "picture"),
    Upload("a moving WebP", "m.webp", lambda: animated("WEBP"), "picture"),
    Upload("a moving PNG", "m.png", lambda: animated("PNG"), "picture"),
    Upload("a WebP that is named jpg", "mmexport1700000000001.jpg", lambda: photo("WEBP"), "picture"),
    Upload("one pixel", "dot.png", lambda: photo("PNG", size=(1, 1)), "picture"),
    Upload("a stripe", "stripe.png", lambda: photo("PNG", size=(9_000, 2)), "picture"),
    Upload("texts in a PNG", "t.png", png_with_texts, "picture"),
)
HIDDEN = (
    Upload("a page behind a photo", "a.jpg", lambda: photo() + SCRIPT, "picture"),
    Upload("a page in the comment of a photo", "b.jpg", lambda: photo(comment=SCRIPT), "picture"),
    Upload("a Java archive behind a photo", "c.jpg", lambda: photo() + zipped(("A.class", MARKER)), "picture"),
    Upload("a program behind a photo", "d.png", lambda: photo("PNG") + b"MZ\x90" + MARKER, "picture"),
    Upload("a PHP line in a photo", "e.jpg", lambda: photo(comment=b"<?php system('x'); //" + MARKER), "picture"),
    Upload("a page in a colour profile", "f.jpg", lambda: photo(icc_profile=SCRIPT), "picture"),
)
BOMBS = (
    Upload("900 million pixels in 109 KB", "bomb.png", lambda: png_claiming(30_000, 30_000), "files.pixels"),
    Upload("144 million pixels, of which Pillow only warns", "warn.png", lambda: png_claiming(12_000, 12_000),
           "files.pixels"),
    Upload("a little more than 40 million pixels", "edge.png", lambda: png_claiming(8_000, 5_001), "files.pixels"),
    Upload("a progressive photo of 17 million pixels", "prog.jpg", lambda: photo(size=(4_250, 4_000), progressive=True),
           "files.pixels"),
    Upload("a WebP of 9 million pixels", "big.webp", lambda: photo("WEBP", size=(3_000, 3_000)), "files.pixels"),
    Upload("a header that lies", "lie.png", lambda: png_claiming(200_000, 200_000, b"\x78\x9c"), "files.pixels"),
    Upload("a JPEG that lies", "lie.jpg", lying_jpeg, "files.pixels"),
    Upload("texts that unpack to 80 MB", "texts.png", png_with_text_bomb, "files.unreadable"),
    Upload("more than 20 MB", "huge.jpg", lambda: photo() + bytes(20 * 1024 * 1024), "files.too_large"),
    Upload("nothing", "empty.jpg", lambda: b"", "files.empty"),
)  # fmt: skip
BROKEN = (
    Upload("half a photo", "half.jpg", lambda: photo(size=(900, 900))[:3_000], "files.unreadable"),
    Upload("half a PNG", "half.png", lambda: photo("PNG", size=(900, 900))[:1_000], "files.unreadable"),
    Upload("only the beginning of a photo", "head.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(64), "files.unreadable"),
    Upload("a PNG of no size", "zero.png", lambda: png_claiming(0, 0, b"\x78\x9c"), "files.unreadable"),
    Upload("a WebP of nothing", "w.webp", lambda: b"RIFF\x04\x00\x00\x00WEBP", "files.unreadable"),
)
FOREIGN = (
    Upload("a drawing with a script", "logo.svg", lambda: SVG, "files.kind"),
    Upload("a drawing with a script, named png", "logo.png", lambda: SVG, "files.kind"),
    Upload("a page", "page.html", lambda: SCRIPT, "files.kind"),
    Upload("a page, named jpg", "page.jpg", lambda: SCRIPT, "files.kind"),
    Upload("a photo, named as a page", "photo.html", photo, "files.kind"),
    Upload("a photo, named as a program", "photo.jpg.exe", photo, "files.kind"),
    Upload("a program", "setup.exe", lambda: b"MZ\x90\x00" + bytes(500), "files.kind"),
    Upload("GIF and Java archive in one", "gifar.gif", lambda: animated("GIF") + zipped(("A.class", b"x")),
           "files.kind"),
    Upload("a GIF, named jpg", "g.jpg", lambda: animated("GIF"), "files.kind"),
    Upload("a zip bomb", "bomb.zip", lambda: zipped(("0", bytes(30_000_000))), "files.kind"),
    Upload("a table that unpacks large", "t.xlsx", lambda: zipped(("xl/sheet1.xml", b"<c/>" * 5_000_000)),
           "files.kind"),
    Upload("a TIFF", "scan.tif", lambda: photo("TIFF"), "files.kind"),
    Upload("a BMP", "scan.bmp", lambda: photo("BMP"), "files.kind"),
    Upload("a PostScript that Pillow would hand to a program", "x.jpg", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n",
           "files.kind"),
    Upload("a photo of an iPhone", "IMG_1.HEIC", lambda: heic(b"heic"), "files.heic"),
    Upload("a photo of an iPhone, named jpg", "IMG_1.jpg", lambda: heic(b"mif1"), "files.heic"),
)  # fmt: skip
NAMES = (
    Upload("a way out of the folder", "../../../../etc/cron.d/x.jpg", photo, "picture"),
    Upload("a way out of the folder, on Windows", "..\\..\\windows\\x.jpg", photo, "picture"),
    Upload("a device", "NUL", photo, "picture"),
    Upload("300 characters", "照" * 296 + ".jpg", photo, "picture"),
    Upload("letters that turn around", "photo\u202egpj.exe.jpg", photo, "picture"),
    Upload("a zero byte and a line end", "a\x00b\r\nX-Evil: 1.jpg", photo, "picture"),
    Upload("half a character", "a\ud800.jpg", photo, "picture"),
    Upload("rare characters", "𠮷𫍽王<b>👩‍👩‍👧.jpg", photo, "picture"),
    Upload("no name", "", photo, "picture"),
    Upload("only dots", "...", photo, "picture"),
)
PDFS = (
    Upload("a PDF", "证明.pdf", pdf, "pdf"),
    Upload("a PDF with a page in it", "p.pdf", lambda: pdf(b"(" + SCRIPT + b")"), "pdf"),
    Upload("a PDF, named jpg", "p.jpg", pdf, "files.kind"),
    Upload("a photo, named pdf", "p.pdf", photo, "files.kind"),
    Upload("a PDF with a program", "js.pdf", lambda: pdf(b"/OpenAction << /S /JavaScript >>"), "files.pdf_active"),
    Upload("a PDF that starts a program", "l.pdf", lambda: pdf(b"/A << /S /Launch >>"), "files.pdf_active"),
    Upload("a PDF with a file in it", "e.pdf", lambda: pdf(b"/EmbeddedFile"), "files.pdf_active"),
    Upload("half a PDF", "h.pdf", lambda: pdf()[:-8], "files.pdf_broken"),
)


def corpus() -> Iterator[Upload]:
    """All of it."""
    yield from (*PICTURES, *HIDDEN, *BOMBS, *BROKEN, *FOREIGN, *NAMES, *PDFS)
