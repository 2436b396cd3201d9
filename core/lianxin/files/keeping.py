"""Keeping what a form uses, handing it out, and removing the rest."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog

from lianxin.data.unit import current_unit, unit_of_work
from lianxin.data.vault import get_vault
from lianxin.declarations.operation import Job
from lianxin.declarations.refusal import Refused
from lianxin.files import storage
from lianxin.files.info import FileInfo, info_of
from lianxin.files.models import File
from lianxin.i18n import N_

STAGED_FOR = timedelta(hours=24)
_log = structlog.get_logger("lianxin.files")


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file with its bytes in clear, to be read once."""

    info: FileInfo
    pieces: AsyncIterator[bytes]


async def keep(file_ids: Collection[UUID], owner_id: UUID | None, now: datetime) -> None:
    """Makes these files of this owner last, in the current unit of work. What is kept already stays so.

    Raises Refused (409) when one is not there any more, or is another person's.
    """
    current_unit()
    wanted = set(file_ids)
    if not wanted:
        return
    await File.filter(id__in=wanted, owner_id=owner_id, state="staged").update(state="kept", kept_at=now)
    if await File.filter(id__in=wanted, owner_id=owner_id, state="kept").count() != len(wanted):
        raise Refused("files.gone", N_("A photo is not there any more: it was sent too long ago. Send it again."))


async def give_files(file_ids: Collection[UUID], owner_id: UUID) -> None:
    """Whoever sent these files no longer owns them: they are this person's, in the current unit of work."""
    current_unit()
    await File.filter(id__in=list(file_ids), state="kept").update(owner_id=owner_id)


async def find_file(file_id: UUID) -> FileInfo | None:
    """What is known of a file, None when it is not there. Who may see it is for the asker to say."""
    row = await File.filter(id=file_id).exclude(state="gone").first()
    return info_of(row) if row else None


async def list_files(file_ids: Collection[UUID]) -> tuple[FileInfo, ...]:
    """Those of these files that are there, in the order asked for."""
    rows = {row.id: row for row in await File.filter(id__in=list(file_ids)).exclude(state="gone")} if file_ids else {}
    return tuple(info_of(rows[file_id]) for file_id in file_ids if file_id in rows)


async def open_file(
    file_id: UUID, *, by: UUID | None, purpose: str, now: datetime, request_id: str = ""
) -> OpenedFile | None:
    """The bytes of a file, None when it is not there. That `by` looked is written down, unless it is her own.

    Damaged bytes raise `cipher.Damaged` while they are read.
    """
    row = await File.filter(id=file_id).exclude(state="gone").first()
    if row is None or row.content_key is None:
        return None
    if not await asyncio.to_thread(storage.path_of(file_id).exists):
        _log.error("file_bytes_missing", file=str(file_id))
        return None
    info = info_of(row)
    if by is not None and by == info.owner_id:
        text = get_vault().open_for_delivery(row.content_key, table="file", column="content_key", row_id=file_id)
    else:
        text = await get_vault().reveal(
            row.content_key,
            table="file",
            column="content_key",
            row_id=file_id,
            subject_id=info.owner_id,
            by=by,
            purpose=purpose,
            now=now,
            request_id=request_id,
        )
    return OpenedFile(info, _in_thread(storage.read(file_id, base64.b64decode(text))))


async def _in_thread(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
        yield piece


async def discard(file_ids: Collection[UUID], owner_id: UUID | None) -> None:
    """Removes files of this owner that are only staged: she took them back."""
    async with unit_of_work():
        await File.filter(id__in=list(file_ids), owner_id=owner_id, state="staged").update(state="gone")
    await _remove_gone()


async def forget(file_ids: Collection[UUID]) -> None:
    """Removes the bytes and the keys of files, kept ones too; their rows stay. For the erasing of personal data."""
    async with unit_of_work():
        await File.filter(id__in=list(file_ids)).update(state="gone", name="")
    await _remove_gone()


async def drop_stale(now: datetime) -> None:
    """Removes what was staged for more than 24 hours. Done again after a crash, it ends what was begun."""
    async with unit_of_work():
        await File.filter(state="staged", created_at__lt=now - STAGED_FOR).update(state="gone")
    await _remove_gone()


async def _remove_gone() -> None:
    """First the claim (state gone), then the bytes, at last the key: each step can be repeated."""
    for row in await File.filter(state="gone", content_key__isnull=False).only("id", "kept_at").limit(1_000):
        await asyncio.to_thread(storage.remove, row.id)
        async with unit_of_work():
            if row.kept_at is None:
                await File.filter(id=row.id, state="gone").delete()
            else:
                await File.filter(id=row.id).update(content_key=None)


async def _run(payload: dict[str, Any]) -> None:
    await drop_stale(datetime.fromisoformat(payload["due_at"]))


STALE_JOB = Job("files.drop_stale", _run, every="17 * * * *")
