"""What may be uploaded: told by its first bytes, and by a name that does not contradict them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

from lianxin.declarations.refusal import Refused
from lianxin.i18n import N_

MAX_BYTES: Final = 20 * 1024 * 1024
NAME_LENGTH: Final = 200

Kind = Literal["picture", "pdf"]

_ENDINGS: Final[dict[Kind, frozenset[str]]] = {
    "picture": frozenset({"jpg", "jpeg", "jfif", "png", "webp"}),
    "pdf": frozenset({"pdf"}),
}
_HEIC_BRANDS: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_ENDING: Final = re.compile(r"\.([^.\s]{1,10})\s*$")
_ACTIVE_PDF: Final = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|XFA)\b")


def kind_of(head: bytes, name: str, field: str | None) -> Kind:
    """The kind by the first 32 bytes. Raises Refused for all that is neither a picture nor a PDF, by bytes or name."""
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        raise Refused(
            "files.heic",
            N_("This photo is in the HEIC format, which can't be opened here. Take a screenshot of it and send that."),
            status=422,
            field=field,
        )
    kind = _by_magic(head)
    ending = _ENDING.search(name)
    if kind is None or (ending is not None and ending[1].lower() not in _ENDINGS[kind]):
        raise Refused(
            "files.kind",
            N_("This kind of file can't be taken. Send a photo (JPEG, PNG or WebP) or a PDF."),
            status=422,
            field=field,
        )
    return kind


def _by_magic(head: bytes) -> Kind | None:
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "picture"
    return "pdf" if head.startswith(b"%PDF-") else None


def check_pdf(content: bytes, field: str | None) -> None:
    """Raises Refused for a PDF that is cut off, or openly carries programs or other files.

    A PDF can hide them; that is why it is only ever handed out as a download.
    """
    if b"%%EOF" not in content[-2048:]:
        raise Refused(
            "files.pdf_broken",
            N_("This PDF is not complete. Save it again, or photograph its pages."),
            status=422,
            field=field,
        )
    if _ACTIVE_PDF.search(content):
        raise Refused(
            "files.pdf_active",
            N_("This PDF carries a program or another file. Print it into a new PDF, or photograph its pages."),
            status=422,
            field=field,
        )


def shown_name(typed: str) -> str:
    """The name as typed, for showing only: last part of a path, without control and direction characters.

    A name that turns the direction of writing can show "gpj.exe" as "exe.jpg".
    """
    last = re.split(r"[/\\]", typed)[-1]
    kept = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cs", "Cn", "Co"} and c not in _DIRECTION)
    name = " ".join(kept.split())
    if len(name) > NAME_LENGTH:
        ending = _ENDING.search(name)
        tail = ending[0] if ending else ""
        name = name[: NAME_LENGTH - len(tail) - 1] + "…" + tail
    return name or "file"


_DIRECTION: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
