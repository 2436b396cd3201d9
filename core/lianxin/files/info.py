"""What is known of a file, and the headers under which it is handed out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from lianxin.files.models import File


@dataclass(frozen=True, slots=True)
class FileInfo:
    """A file without its bytes. `size` in bytes, `width` and `height` in pixels; `state`: staged, kept, gone."""

    id: UUID
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    owner_id: UUID | None
    state: str
    created_at: datetime

    @property
    def is_picture(self) -> bool:
        """Whether a page may show it."""
        return self.media_type == "image/jpeg"


def info_of(row: File) -> FileInfo:
    """The row as others may know it."""
    owner_id: UUID | None = row.owner_id  # type: ignore[attr-defined]
    return FileInfo(
        row.id, row.name, row.media_type, row.size, row.width, row.height, owner_id, row.state, row.created_at
    )


def headers_for(info: FileInfo, *, download: bool = False) -> dict[str, str]:
    """The headers of an answer that carries this file: pictures may be shown, all else is saved and never run."""
    inline = info.is_picture and not download
    return {
        "Content-Type": info.media_type,
        "Content-Length": str(info.size),
        "Content-Disposition": _disposition("inline" if inline else "attachment", _saved_as(info)),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


def _saved_as(info: FileInfo) -> str:
    """The shown name with the ending of what it now is."""
    ending = ".jpg" if info.is_picture else ".pdf"
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", info.name)
    return (stem or "file") + ending


def _disposition(how: str, name: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
