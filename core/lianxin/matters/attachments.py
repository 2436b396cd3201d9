"""Files and messages that belong to a matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lianxin.matters.models import MatterFile, MatterMessage
from lianxin.messages.queries import MessageView, views_of


async def attach_files(
    matter_id: UUID, file_ids: Iterable[UUID], label: str, *, by_id: UUID | None, now: datetime
) -> None:
    """Hangs kept files under a label of the plugin."""
    for file_id in file_ids:
        await MatterFile.create(matter_id=matter_id, file_id=file_id, label=label, added_by_id=by_id, at=now)


async def remove_file(matter_id: UUID, file_id: UUID, *, now: datetime) -> bool:
    """Takes a file off the matter; the row says when."""
    return bool(await MatterFile.filter(matter_id=matter_id, file_id=file_id, removed_at=None).update(removed_at=now))


async def files_of(matter_id: UUID, label: str | None = None) -> dict[str, list[UUID]]:
    """The ids of its files by label, oldest first."""
    labelled = {} if label is None else {"label": label}
    chosen = MatterFile.filter(matter_id=matter_id, removed_at=None, **labelled)
    found: dict[str, list[UUID]] = {}
    for row in await chosen.order_by("at", "id").values("label", "file_id"):
        found.setdefault(row["label"], []).append(row["file_id"])
    return found


async def matters_of_file(file_id: UUID) -> list[UUID]:
    """To which matters a file belongs: one photo may have been given for several."""
    rows = await MatterFile.filter(file_id=file_id, removed_at=None).values("matter_id")
    return [row["matter_id"] for row in rows]


async def attach_message(matter_id: UUID, message_id: UUID) -> None:
    """Remembers that a message belongs to a matter; a message told once more (by its key) is there already."""
    if not await MatterMessage.filter(matter_id=matter_id, message_id=message_id).exists():
        await MatterMessage.create(matter_id=matter_id, message_id=message_id)


async def messages_of(matter_id: UUID) -> list[MessageView]:
    """What was told about a matter, the latest first, in the language of this moment."""
    rows = await MatterMessage.filter(matter_id=matter_id).values("message_id")
    return await views_of([row["message_id"] for row in rows])
