"""What people agreed to, text by text, and that they may take it back at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.directory.models import Consent
from lianxin.i18n import N_

Channel = Literal["web", "desk_voice", "desk_paper"]


@dataclass(frozen=True, slots=True)
class ConsentInfo:
    """One agreement: to which text (by its hash), how, before whom, from when to when."""

    id: UUID
    person_id: UUID
    purpose: str
    version: str
    text_hash: str
    channel: str
    witness_id: UUID | None
    at: datetime
    withdrawn_at: datetime | None


class ConsentTitles(Protocol):
    """Who knows in words what a purpose is. Offered as a service by whoever asks for consents."""

    async def titles(self, purposes: Sequence[str], language: str) -> dict[str, str]:
        """Those of the purposes that it knows, in this language."""
        ...


def hash_text(text: str) -> str:
    """The fingerprint that is kept of a consent's text: SHA-256, hex."""
    return hashlib.sha256(text.encode()).hexdigest()


async def give_consent(
    person_id: UUID,
    purpose: str,
    version: str,
    text: str,
    *,
    channel: Channel,
    witness_id: UUID | None = None,
    now: datetime,
) -> UUID:
    """Keeps that the person agreed to `text` (the whole text that was shown or read out). Answers the row's id.

    Agreeing again to the same text changes nothing. Raises Refused (422) for the desk without a witness.
    """
    if channel != "web" and witness_id is None:
        raise Refused("directory.consent_witness", N_("Say which colleague heard or saw the consent."), status=422)
    digest = hash_text(text)
    async with unit_of_work():
        held = await Consent.filter(
            person_id=person_id, purpose=purpose, version=version, text_hash=digest, withdrawn_at=None
        ).first()
        if held is not None:
            return held.id
        row = await Consent.create(
            person_id=person_id,
            purpose=purpose,
            version=version,
            text_hash=digest,
            channel=channel,
            witness_id=witness_id,
            at=now,
        )
    return row.id


async def withdraw_consent(person_id: UUID, purpose: str, *, now: datetime) -> bool:
    """Takes back every version for that purpose; the next request no longer finds one. False: there was none."""
    async with unit_of_work():
        changed = await Consent.filter(person_id=person_id, purpose=purpose, withdrawn_at=None).update(withdrawn_at=now)
    return changed != 0


async def holds_consent(person_id: UUID, purpose: str, version: str) -> bool:
    """Whether the person agrees now to this version. Asked of the database each time, so that withdrawal counts."""
    return await Consent.exists(person_id=person_id, purpose=purpose, version=version, withdrawn_at=None)


async def list_consents(person_id: UUID) -> list[ConsentInfo]:
    """All of a person's, the latest first, withdrawn ones too."""
    return [
        ConsentInfo(
            id=row.id,
            person_id=row.person_id,
            purpose=row.purpose,
            version=row.version,
            text_hash=row.text_hash,
            channel=row.channel,
            witness_id=row.witness_id,
            at=row.at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in await Consent.filter(person_id=person_id).order_by("-id")
    ]
