"""From the wire to a staged file: streamed to disk under a cap, checked, drawn anew, encrypted."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime
from typing import IO, Any, BinaryIO, cast
from uuid import UUID

from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault
from lianxin.declarations.refusal import Refused
from lianxin.files import storage
from lianxin.files.cipher import new_key
from lianxin.files.drawing import draw_anew
from lianxin.files.info import FileInfo, info_of
from lianxin.files.kinds import MAX_BYTES, check_pdf, kind_of, shown_name
from lianxin.files.models import File
from lianxin.i18n import N_
from lianxin.values.identifiers import uuid7

STAGED_AT_MOST = 60
"""Of one person at one time: an application takes some ten photos, a disk has an end."""


async def stage_upload(
    stream: AsyncIterator[bytes], name: str, owner_id: UUID | None, now: datetime, *, field: str | None = None
) -> FileInfo:
    """Takes an upload of at most 20 MB and keeps it for a day, until `keep` makes it part of something.

    Pictures (JPEG, PNG, WebP) become a JPEG of at most 2,400 pixels, upright, without position and all else they
    carried; a PDF stays as it is. Call it outside a unit of work. Raises Refused (422, 429) naming `field`.
    """
    await _check_room(owner_id, field)
    with storage.scratch() as upload:
        head = await _receive(stream, upload, field)
        if kind_of(head, name, field) == "picture":
            picture, width, height = await draw_anew(upload, field)
            with closing(picture):
                return await _store(picture, shown_name(name), "image/jpeg", owner_id, now, width, height)
        upload.seek(0)
        await asyncio.to_thread(lambda: check_pdf(upload.read(), field))
        return await _store(upload, shown_name(name), "application/pdf", owner_id, now)


async def _check_room(owner_id: UUID | None, field: str | None) -> None:
    if owner_id is not None and await File.filter(owner_id=owner_id, state="staged").count() >= STAGED_AT_MOST:
        raise Refused(
            "files.too_many",
            N_("You have sent many files today that no form uses yet. Send your form first, or come back tomorrow."),
            status=429,
            field=field,
        )


async def _receive(stream: AsyncIterator[bytes], upload: IO[bytes], field: str | None) -> bytes:
    """Writes the stream down; answers its first bytes."""
    size, head = 0, b""
    async for piece in stream:
        size += len(piece)
        if size > MAX_BYTES:
            raise Refused(
                "files.too_large",
                N_("This file is larger than 20 MB. Take the photo at a smaller size, or send its pages one by one."),
                status=422,
                field=field,
            )
        head = head if len(head) >= 32 else (head + piece)[:32]
        await asyncio.to_thread(upload.write, piece)
    if size == 0:
        raise Refused("files.empty", N_("This file is empty. Choose another one."), status=422, field=field)
    upload.flush()
    return head


async def _store(
    content: IO[bytes],
    name: str,
    media_type: str,
    owner_id: UUID | None,
    now: datetime,
    width: int | None = None,
    height: int | None = None,
) -> FileInfo:
    """Row first, bytes second: after a crash in between the row is dropped as stale, and no bytes lie about unknown."""
    file_id, key = uuid7(), new_key()
    size, digest = await asyncio.to_thread(_measure, content)
    row = File(
        id=file_id,
        owner_id=owner_id,
        name=name,
        media_type=media_type,
        size=size,
        sha256=digest,
        width=width,
        height=height,
        content_key=get_vault().seal(
            base64.b64encode(key).decode(), table="file", column="content_key", row_id=file_id
        ),
        created_at=now,
    )
    async with unit_of_work():
        await row.save(force_create=True)
    content.seek(0)
    await asyncio.to_thread(storage.write, file_id, cast(BinaryIO, content), key)
    return info_of(row)


def _measure(content: IO[bytes]) -> tuple[int, str]:
    content.seek(0)
    digest = hashlib.file_digest(cast(Any, content), "sha256").hexdigest()
    return content.tell(), digest
