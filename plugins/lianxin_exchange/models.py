"""Tables: tokens, systems that are told, deliveries, cases handed over."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.api import CheckGuard, Guard, IndexGuard, PersonRow, Row, UniqueGuard
from lianxin_exchange.models_handing import Handing
from lianxin_exchange.models_hooks import HOOK_TABLES, Delivery, Hook

__all__ = ["HOOK_TABLES", "Delivery", "Handing", "Hook", "Token"]


class Token(Row):
    """What a program shows. Only its SHA-256 is kept. `permissions` are names: what its owner handed on."""

    token_hash = fields.CharField(max_length=64)
    person_id: UUID
    person: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(
        "lianxin.Person", related_name="exchange_tokens", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=60)
    permissions = fields.JSONField[list[str]]()
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    used_from = fields.CharField(max_length=45, default="")
    ended_at = fields.DatetimeField(null=True)
    ended_by_id = fields.UUIDField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        UniqueGuard("exchange_token_hash", ("token_hash",)),
        CheckGuard("exchange_token_hashed", "length(token_hash) = 64"),
        CheckGuard("exchange_token_named", "name <> ''"),
        CheckGuard("exchange_token_ends", "expires_at > created_at"),
        CheckGuard("exchange_token_ended", "(ended_at IS NULL) = (ended_by_id IS NULL)"),
        IndexGuard("exchange_token_of", ("person_id", "ended_at")),
    )

    class Meta:
        table = "exchange_token"
