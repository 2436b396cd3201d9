"""Sending and reading back, as the web room does it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from lianxin.files import FileInfo, open_file, stage_upload


async def in_pieces(content: bytes, size: int = 65_536) -> AsyncIterator[bytes]:
    """The content as it comes from the wire."""
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def send(content: bytes, now: datetime, name: str = "a.jpg", owner_id: UUID | None = None) -> FileInfo:
    """Stages an upload of a form's field "photo"."""
    return await stage_upload(in_pieces(content), name, owner_id, now, field="photo")


async def read_back(info: FileInfo, now: datetime) -> bytes:
    """All bytes, in clear."""
    opened = await open_file(info.id, by=None, purpose="test", now=now)
    assert opened is not None
    return b"".join([piece async for piece in opened.pieces])
