"""A person's address, opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.api import get_vault
from lianxin_mail.models import MailAddress
from lianxin_mail.rules import mask_address

TABLE = "mail_address"


@dataclass(frozen=True, slots=True)
class AddressShown:
    """For its owner: masked, and whether it was proved."""

    masked: str
    confirmed_at: datetime | None


def open_address(row: MailAddress) -> str:
    """The address itself; its owner typed it, so this is no reading of somebody's data."""
    return get_vault().open_for_delivery(row.address, table=TABLE, column="address", row_id=row.id)


async def confirmed_address(person_id: UUID) -> str | None:
    """Where letters to this person go, or None."""
    row = await MailAddress.filter(person_id=person_id, confirmed_at__isnull=False).first()
    return open_address(row) if row is not None else None


async def address_of(person_id: UUID) -> AddressShown | None:
    """For her own page."""
    row = await MailAddress.filter(person_id=person_id).first()
    return AddressShown(mask_address(open_address(row)), row.confirmed_at) if row is not None else None
