"""Text messages: the kernel's one channel, through a provider that a plugin offers as a service."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from lianxin import services
from lianxin.data.vault import get_vault
from lianxin.declarations.reach import Channel
from lianxin.directory.models import PersonPhone
from lianxin.i18n import N_


class SmsProvider(Protocol):
    """Who carries text messages to phones. Offered by a plugin: `Service(SmsProvider, MyProvider())`."""

    async def send(self, number: str, text: str, key: str) -> str:
        """Sends `text` to `number` (E.164) and answers the provider's id of it; raises when it could not.

        `key` is the same for each attempt of one delivery: a key that was taken already must not send again.
        """
        ...


class NoProvider(Exception):
    """No plugin that is on carries text messages."""


def sms_provider() -> SmsProvider:
    """The one that a plugin offers. Raises NoProvider."""
    provider = services.find(SmsProvider)  # type: ignore[type-abstract]
    if provider is None:
        raise NoProvider("no plugin carries text messages: switch one on that offers SmsProvider")
    return provider


async def mobile_of(person_id: UUID) -> str | None:
    """The mobile number bound last to this person, in E.164, or None."""
    bound = (
        await PersonPhone.filter(person_id=person_id, ended_at=None, phone__mobile=True)
        .order_by("-since", "-id")
        .select_related("phone")
        .first()
    )
    if bound is None:
        return None
    phone = bound.phone
    return get_vault().open_for_delivery(phone.number, table="phone", column="number", row_id=phone.id)


async def _send(address: str, text: str, key: str) -> str:
    return await sms_provider().send(address, text, key)


SMS = Channel("sms", N_("Text message"), address=mobile_of, send=_send)
