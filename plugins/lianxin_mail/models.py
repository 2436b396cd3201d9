"""Tables: the address of a person, proved or not yet."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.api import CheckGuard, Guard, PersonRow, Row, SealedField, UniqueGuard


class MailAddress(Row):
    """One address a person. It counts once the code that was sent to it was typed: `confirmed_at`."""

    person_id: UUID
    person: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(
        "lianxin.Person", related_name="mail_addresses", on_delete=fields.RESTRICT
    )
    address = SealedField()
    code_hash = fields.CharField(max_length=64, default="")
    code_until = fields.DatetimeField(null=True)
    tries = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    confirmed_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        UniqueGuard("mail_address_once", ("person_id",)),
        CheckGuard("mail_address_tries", "tries BETWEEN 0 AND 5"),
        CheckGuard("mail_address_proof", "confirmed_at IS NOT NULL OR code_until IS NOT NULL"),
    )

    class Meta:
        table = "mail_address"
