"""Telling a person something: a row that she finds in the account, and a row for each way in which it goes out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from lianxin.bus import publish
from lianxin.data.jobs import enqueue
from lianxin.data.unit import current_unit
from lianxin.data.vault import get_vault
from lianxin.declarations.reach import MessageKind
from lianxin.messages.choosing import reach_of
from lianxin.messages.models import Delivery, Message
from lianxin.messages.parameters import Parameter, to_json
from lianxin.messages.registry import list_channels, outgoing
from lianxin.messages.rules import channels_of, due_at
from lianxin.values.identifiers import uuid7

TOLD = "messages.told"
"""The topic of the bus; ids: person, message."""
DELIVER_JOB = "messages.deliver"


async def tell(
    person_id: UUID,
    kind: MessageKind,
    *,
    parameters: Mapping[str, Parameter],
    path: str = "",
    dedupe_key: str | None = None,
    now: datetime,
) -> UUID:
    """Tells this person, in the current unit of work; answers the message's id.

    `path` ("/m/4F7K2M9Q") is where it leads, without host. With a `dedupe_key` that was used before nothing is done and
    the first message's id is answered. Raises KeyError when a place of the kind's text has no parameter, TypeError for
    a parameter that can't be kept, RuntimeError outside a unit of work.
    """
    current_unit()
    _check_places(kind, parameters)
    kept = {name: to_json(value) for name, value in parameters.items()}
    message = Message(
        person_id=person_id, kind=kind.name, parameters=kept, path=path, dedupe_key=dedupe_key, created_at=now
    )
    earlier = await _write_once(message)
    if earlier is not None:
        return earlier
    known, reach = list_channels(), await reach_of(person_id)
    for channel in channels_of(kind, known, reach):
        due = now if outgoing().demo else due_at(now, kind, known.get(channel), reach.quiet, outgoing().zone)
        await _queue(Delivery(message_id=message.id, channel=channel, created_at=now), due)
    await publish(TOLD, ids={"person": str(person_id), "message": str(message.id)}, now=now)
    return message.id


async def send_code(phone: str, text: str, *, now: datetime, channel: str = "sms") -> UUID:
    """Sends a one-time code to a number that need not be anybody's yet, in the current unit of work.

    `phone` is E.164, `text` the whole sentence in the language of who asked; both are sealed. Answers the delivery's
    id.
    """
    current_unit()
    delivery_id = uuid7()
    vault = get_vault()
    delivery = Delivery(
        id=delivery_id,
        channel=channel,
        address=vault.seal(phone, table="delivery", column="address", row_id=delivery_id),
        text=vault.seal(text, table="delivery", column="text", row_id=delivery_id),
        created_at=now,
    )
    await _queue(delivery, now)
    return delivery_id


async def take_back_messages(message_ids: Collection[UUID], person_ids: Collection[UUID]) -> None:
    """What was told to these people by mistake is not sent if it has not left yet, and no longer leads anywhere.

    In the current unit of work. What a person has read stays in her account as it was.
    """
    current_unit()
    told = Message.filter(id__in=list(message_ids), person_id__in=list(person_ids))
    waiting = Delivery.filter(message_id__in=await told.values_list("id", flat=True), state="queued")
    await waiting.update(state="unreachable", error="taken back: not for this person", address=None, text=None)
    await told.update(path="")


async def _write_once(message: Message) -> UUID | None:
    """Writes the message; or answers the id of the one that has its dedupe key already."""
    if message.dedupe_key is None:
        await message.save(force_create=True)
        return None
    await Message.bulk_create([message], ignore_conflicts=True)
    first = await Message.filter(dedupe_key=message.dedupe_key).order_by("id").first()
    return first.id if first is not None and first.id != message.id else None


async def _queue(delivery: Delivery, due: datetime) -> None:
    await delivery.save(force_create=True)
    await enqueue(DELIVER_JOB, {"delivery": str(delivery.id)}, due_at=due)


def _check_places(kind: MessageKind, parameters: Mapping[str, Parameter]) -> None:
    blank = dict.fromkeys(parameters, "")
    for text in (kind.title, kind.body):
        if parameters or "%(" in str(text):
            _ = str(text) % blank
