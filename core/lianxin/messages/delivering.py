"""The job that carries one delivery out of the house."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from tortoise.expressions import F

from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault
from lianxin.declarations.operation import Job
from lianxin.declarations.reach import Channel
from lianxin.directory.people import get_person
from lianxin.i18n import DEFAULT_LANGUAGE, find_language, use_language
from lianxin.messages.models import Delivery, Message
from lianxin.messages.registry import find_channel, outgoing
from lianxin.messages.rendering import render
from lianxin.messages.telling import DELIVER_JOB

ATTEMPTS = 10
CODE_LASTS = timedelta(minutes=10)
"""A one-time code that could not be sent in this time is of no use any more (defence B6)."""
_ERROR_LENGTH = 300
_log = structlog.get_logger("lianxin.messages")


async def run(payload: dict[str, Any]) -> None:
    """The job: payload {"delivery": id}. Raises what the channel raised, so that the job is tried again later."""
    await deliver(UUID(payload["delivery"]), now=outgoing().clock())


async def deliver(delivery_id: UUID, *, now: datetime) -> None:
    """Sends one delivery if it was not sent yet. Raises what the channel raised, unless this was the last attempt."""
    try:
        prepared = await _prepare(delivery_id, now)
        if prepared is None:
            return
        channel, address, text = prepared
        # In a demonstration nothing leaves the house: its outbox shows what would have been sent.
        pretended = f"demo-{delivery_id}" if outgoing().demo else ""
        provider_key = pretended or await channel.send(address, text, str(delivery_id))
    except Exception as fault:
        if await _note_fault(delivery_id, fault) < ATTEMPTS:
            raise
        return
    await _finish(
        delivery_id, "sent", provider_key=provider_key[:120], sent_at=now, error="", attempts=F("attempts") + 1
    )
    await _forget_code(delivery_id)


async def _prepare(delivery_id: UUID, now: datetime) -> tuple[Channel, str, str] | None:
    """Channel, address and text of a delivery that is still to be sent; seals what it will say in its row."""
    async with unit_of_work():
        delivery = await Delivery.filter(id=delivery_id, state="queued").first()
        if delivery is None:
            return None
        found = find_channel(delivery.channel)
        if found is None:
            await _finish(delivery_id, "unreachable", error="this way of reaching people is switched off")
            return None
        if delivery.message_id is None and now - delivery.created_at > CODE_LASTS:  # type: ignore[attr-defined]
            await _finish(delivery_id, "failed", error="too late for a one-time code", text=None)
            return None
        words = await _sealed_words(delivery, found[1])
        return (found[1], *words) if words is not None else None


async def _sealed_words(delivery: Delivery, channel: Channel) -> tuple[str, str] | None:
    """Address and text, as sealed by an earlier attempt or made now. None: this person can't be reached so."""
    vault = get_vault()
    if delivery.address is not None and delivery.text is not None:
        address = vault.open_for_delivery(delivery.address, table="delivery", column="address", row_id=delivery.id)
        text = vault.open_for_delivery(delivery.text, table="delivery", column="text", row_id=delivery.id)
        return address, text
    message = await Message.get(id=delivery.message_id)  # type: ignore[attr-defined]
    # Her row may have been merged since, and her telephones went along.
    person = await get_person(message.person_id)  # type: ignore[attr-defined]
    found = await channel.address(person.id)
    if found is None:
        await _finish(delivery.id, "unreachable", error="no address")
        return None
    text = _text_of(message, person.language)
    await Delivery.filter(id=delivery.id).update(
        address=vault.seal(found, table="delivery", column="address", row_id=delivery.id),
        text=vault.seal(text, table="delivery", column="text", row_id=delivery.id),
    )
    return found, text


def _text_of(message: Message, language: str) -> str:
    """One paragraph in the person's language, and where to read on."""
    with use_language(find_language(language) or DEFAULT_LANGUAGE):
        words = render(message.kind, message.parameters)
    return f"{words.body} {outgoing().base_url}{message.path}" if message.path else words.body


async def _finish(delivery_id: UUID, state: str, **columns: Any) -> None:
    await Delivery.filter(id=delivery_id, state="queued").update(state=state, **columns)


async def _note_fault(delivery_id: UUID, fault: Exception) -> int:
    """Counts the attempt, and gives up after the last. Answers how many there were."""
    async with unit_of_work():
        delivery = await Delivery.get(id=delivery_id)
        attempts = delivery.attempts + 1
        # A provider's words may hold the number it could not reach.
        said = re.sub(r"\d{5,}", "*****", f"{type(fault).__name__}: {fault}")[:_ERROR_LENGTH]
        state = "failed" if attempts >= ATTEMPTS else "queued"
        await Delivery.filter(id=delivery_id, state="queued").update(attempts=attempts, error=said, state=state)
    owner = (find_channel(delivery.channel) or ("nobody",))[0]
    _log.warning("delivery_failed", owner=owner, channel=delivery.channel, attempts=attempts, error=said)
    return attempts


async def _forget_code(delivery_id: UUID) -> None:
    """The words of a one-time code are not kept once it is on its way; only a demo shows them."""
    if not outgoing().demo:
        await Delivery.filter(id=delivery_id, message_id=None).update(text=None)


DELIVERY_JOB = Job(DELIVER_JOB, run, attempts=ATTEMPTS)
