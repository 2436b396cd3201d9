"""What was said, for the person it was said to, and how it went out, for the demo and the administrators."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tortoise.functions import Count

from lianxin.data.paging import Page, decode_key, encode_key, page_size
from lianxin.data.prepared import Prepared
from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault
from lianxin.messages.models import Delivery, Message
from lianxin.messages.registry import outgoing
from lianxin.messages.rendering import render
from lianxin.values.masks import mask_phone

PAGE_SIZE: Final = 20


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message in the reader's language. `path` leads on, or is empty."""

    id: UUID
    title: str
    body: str
    path: str
    at: datetime
    read: bool


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A delivery. `address` is masked and `text` None, except in a demo. `state`: queued, sent, failed, unreachable."""

    id: UUID
    channel: str
    kind: str
    address: str
    text: str | None
    state: str
    attempts: int
    error: str
    at: datetime
    sent_at: datetime | None


async def inbox(person_ids: Collection[UUID], after: str = "", size: int = PAGE_SIZE) -> Page[MessageView]:
    """One person's messages, newest first; `after` is the `next_key` of the page before.

    Here and below several ids are those of rows that were merged (`Actor.person_ids`).
    """
    query, size = Message.filter(person_id__in=person_ids), page_size(size)
    last = _last_id(after)
    if last is not None:
        query = query.filter(id__lt=last)
    rows = await query.order_by("-id").limit(size + 1)
    return Page(tuple(_view(row) for row in rows[:size]), _next_key([row.id for row in rows], size))


async def views_of(message_ids: Iterable[UUID]) -> list[MessageView]:
    """These messages, the latest first. Who may see them is for the asker to say."""
    return [_view(row) for row in await Message.filter(id__in=list(message_ids)).order_by("-id")]


_UNREAD: Final = Prepared(
    lambda person_id: Message.filter(person_id=person_id, read_at=None).annotate(unread=Count("id")).values("unread"),
    person_id=UUID(int=1),
)


async def unread_count(person_ids: Collection[UUID]) -> int:
    """How many messages this person has not read. Every page asks it, nearly always of one row."""
    if len(person_ids) == 1:
        return int((await _UNREAD.rows(person_id=next(iter(person_ids))))[0]["unread"])
    return await Message.filter(person_id__in=person_ids, read_at=None).count()


async def mark_read(message_id: UUID, person_ids: Collection[UUID], now: datetime) -> bool:
    """Marks a message of this person as read; False when it was read before, or is not hers."""
    async with unit_of_work():
        return await Message.filter(id=message_id, person_id__in=person_ids, read_at=None).update(read_at=now) != 0


async def mark_all_read(person_ids: Collection[UUID], now: datetime) -> None:
    """Marks all messages of this person as read."""
    async with unit_of_work():
        await Message.filter(person_id__in=person_ids, read_at=None).update(read_at=now)


async def outbox(after: str = "", size: int = PAGE_SIZE) -> Page[OutboxRow]:
    """All deliveries, newest first."""
    query, size = Delivery.all(), page_size(size)
    last = _last_id(after)
    if last is not None:
        query = query.filter(id__lt=last)
    rows = await query.order_by("-id").limit(size + 1).select_related("message")
    return Page(tuple(_outbox_row(row) for row in rows[:size]), _next_key([row.id for row in rows], size))


def _view(row: Message) -> MessageView:
    words = render(row.kind, row.parameters)
    return MessageView(row.id, words.title, words.body, row.path, row.created_at, row.read_at is not None)


def _outbox_row(row: Delivery) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        channel=row.channel,
        kind=row.message.kind if row.message else "",
        address=_address(row),
        text=_text(row),
        state=row.state,
        attempts=row.attempts,
        error=row.error,
        at=row.created_at,
        sent_at=row.sent_at,
    )


def _address(row: Delivery) -> str:
    if row.address is None:
        return ""
    # Addresses of other channels than telephones (an openid) lose their middle in the same way.
    return get_vault().masked(
        row.address, table="delivery", column="address", row_id=row.id, mask=str if outgoing().demo else mask_phone
    )


def _text(row: Delivery) -> str | None:
    if row.text is None or not outgoing().demo:
        return None
    return get_vault().open_for_delivery(row.text, table="delivery", column="text", row_id=row.id)


def _last_id(key: str) -> UUID | None:
    values = decode_key(key, 1) if key else None
    try:
        return UUID(values[0]) if values else None
    except ValueError:
        return None


def _next_key(ids: list[UUID], size: int) -> str | None:
    return encode_key([str(ids[size - 1])]) if len(ids) > size else None
