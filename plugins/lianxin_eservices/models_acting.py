"""Tables of acting for somebody: who may, what was asked for, and who wants to be called."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from lianxin.api import AppendOnlyGuard as AppendOnly
from lianxin.api import CheckGuard as Check
from lianxin.api import Guard, Row, SealedField
from lianxin.api import IndexGuard as Index
from lianxin.api import UniqueGuard as Unique

_RELATIONSHIPS = "relationship IN ('family', 'neighbour', 'grid_worker', 'staff', 'other')"


class Authorisation(Row):
    """That `proxy` may act for `person`: from, until, for which items (codes; none: all), how it was given.

    Never changed but for its end. `witness` is the colleague before whom it was signed; `file` the signature or the
    photo of the paper. By the code to the person's telephone there is neither.
    """

    person_id: UUID
    person: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_proxies", on_delete=fields.RESTRICT
    )
    proxy_id: UUID
    proxy: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_acting", on_delete=fields.RESTRICT
    )
    relationship = fields.CharField(max_length=12)
    items = fields.JSONField[list[str]]()
    method = fields.CharField(max_length=10)
    text_version = fields.CharField(max_length=20)
    text_hash = fields.CharField(max_length=64)
    witness_id = fields.UUIDField(null=True)
    file_id = fields.UUIDField(null=True)
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    created_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("eservices_authorisation_kept", but=("ended_at",)),
        Check("eservices_authorisation_relationship", _RELATIONSHIPS),
        Check("eservices_authorisation_method", "method IN ('code', 'signature', 'paper')"),
        Check("eservices_authorisation_witness", "(method = 'code') = (witness_id IS NULL)"),
        Check("eservices_authorisation_file", "(method = 'code') = (file_id IS NULL)"),
        Check("eservices_authorisation_span", "ends_at > starts_at"),
        Check("eservices_authorisation_two", "person_id <> proxy_id"),
        Index("eservices_authorisation_of", ("person_id", "ended_at")),
        Index("eservices_authorisation_by", ("proxy_id", "ended_at")),
        Index("eservices_authorisation_until", ("ended_at", "ends_at")),
    )

    class Meta:
        table = "eservices_authorisation"


class AuthorisationAsked(Row):
    """What somebody asked to be allowed, until the code comes back: name and telephone sealed, for half an hour."""

    proxy_id: UUID
    proxy: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_asked", on_delete=fields.RESTRICT
    )
    whom = SealedField(null=True)
    relationship = fields.CharField(max_length=12)
    items = fields.JSONField[list[str]]()
    days = fields.IntField()
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("eservices_authorisation_asked_relationship", _RELATIONSHIPS),
        Check("eservices_authorisation_asked_days", "days BETWEEN 1 AND 366"),
        Check("eservices_authorisation_asked_forgotten", "done_at IS NULL OR whom IS NULL"),
        Index("eservices_authorisation_asked_until", ("expires_at",)),
    )

    class Meta:
        table = "eservices_authorisation_asked"


class CallBack(Model):
    """What the matter of a call-back has beyond every matter: at which step of what, and under which number."""

    matter_id: UUID
    matter: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "lianxin.Matter", related_name="eservices_call_back", on_delete=fields.RESTRICT, primary_key=True
    )
    person_id: UUID
    person: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_call_backs", on_delete=fields.RESTRICT
    )
    item_id: UUID
    item: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "eservices.Item", related_name="call_backs", on_delete=fields.RESTRICT
    )
    step = fields.CharField(max_length=40, default="")
    case_code = fields.CharField(max_length=8, default="")
    phone = SealedField(null=True)
    done_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_call_back_open", ("person_id", "item_id"), "done_at IS NULL"),
        Check("eservices_call_back_number", "(done_at IS NULL) = (phone IS NOT NULL)"),
    )

    class Meta:
        table = "eservices_call_back"


ACTING_TABLES: tuple[type[Model], ...] = (Authorisation, AuthorisationAsked, CallBack)
