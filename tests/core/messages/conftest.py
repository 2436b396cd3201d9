"""A site with a vault, two people, a channel that remembers, and a worker."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import pytest

from lianxin import services
from lianxin.config import Config
from lianxin.data.keys import Keys
from lianxin.data.vault import Vault, get_vault, use_vault
from lianxin.declarations import MessageKind, Service
from lianxin.directory.models import Person, PersonPhone, Phone
from lianxin.i18n import N_, Catalogues, install
from lianxin.messages import SMS, OutgoingRules, SmsProvider, use_channels, use_message_kinds, use_outgoing
from lianxin.values.identifiers import uuid7

RECEIVED = MessageKind("test.received", N_("Received"), N_("%(name)s, we have received %(what)s, answer by %(due)s."))
QUIET = MessageKind("test.quiet", N_("Quiet"), N_("100%"), channels=())


@dataclass
class Carrier:
    """A provider of text messages: remembers what it sent, fails when told to."""

    sent: list[tuple[str, str, str]] = field(default_factory=list)
    fault: Exception | None = None

    async def send(self, number: str, text: str, key: str) -> str:
        """Keeps it, once a key."""
        if self.fault is not None:
            raise self.fault
        if key not in [earlier for _, _, earlier in self.sent]:
            self.sent.append((number, text, key))
        return f"carrier-{len(self.sent)}"


@pytest.fixture
def carrier(database: Config, now: datetime) -> Iterator[Carrier]:
    """What carries text messages in this test."""
    use_vault(Vault(Keys({"a": secrets.token_bytes(32)}, "a", secrets.token_bytes(32))))
    provider = Carrier()
    services.use_services([("carrier", Service(SmsProvider, provider))])
    use_channels([("kernel", SMS)])
    use_message_kinds([("test", RECEIVED), ("test", QUIET)])
    use_outgoing(OutgoingRules("https://example.org", clock=lambda: now))
    install(Catalogues())
    yield provider
    services.use_services([])
    use_channels([])
    use_message_kinds([])
    use_outgoing(OutgoingRules())


async def person(now: datetime, phone: str | None = "+8613800001234", language: str = "zh_Hans") -> UUID:
    """Somebody, with a telephone or without."""
    somebody = await Person.create(name="王秀英", language=language, created_at=now)
    if phone is not None:
        await bind(somebody.id, phone, now)
    return somebody.id


async def bind(person_id: UUID, phone: str, now: datetime, *, mobile: bool = True) -> None:
    """A telephone of hers."""
    phone_id = uuid7()
    number = get_vault().seal(phone, table="phone", column="number", row_id=phone_id)
    key = get_vault().index(phone, purpose="phone.number")
    await Phone.create(id=phone_id, number=number, number_key=key, mobile=mobile, created_at=now)
    await PersonPhone.create(person_id=person_id, phone_id=phone_id, since=now)
