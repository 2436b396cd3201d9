"""The county's directory: areas, organisations, people, their telephones and their consents."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.data.guards import AppendOnly, Check, Guard, Index, Unique
from lianxin.data.row import Row
from lianxin.data.sealed import SealedField


class Area(Row):
    """A place of the tree of administration: county, township, village or community, grid. Depth is data.

    `path` is "/510821/510821107/510821107001/"; what lies below is a range (`areas.path_range`). Codes change over
    the years: an area that ended keeps its row with `valid_to` and `replaced_by`.
    """

    code = fields.CharField(max_length=20)
    name_zh = fields.CharField(max_length=60)
    name_en = fields.CharField(max_length=80)
    kind = fields.CharField(max_length=20)
    parent_id: UUID | None
    parent: fields.ForeignKeyNullableRelation[Area] = fields.ForeignKeyField(
        "lianxin.Area", related_name="children", on_delete=fields.RESTRICT, null=True
    )
    path = fields.CharField(max_length=200)
    phone = fields.CharField(max_length=20, default="")
    hours_zh = fields.CharField(max_length=200, default="")
    hours_en = fields.CharField(max_length=200, default="")
    address_zh = fields.CharField(max_length=200, default="")
    address_en = fields.CharField(max_length=200, default="")
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)
    replaced_by_id: UUID | None
    replaced_by: fields.ForeignKeyNullableRelation[Area] = fields.ForeignKeyField(
        "lianxin.Area", related_name="replaces", on_delete=fields.RESTRICT, null=True
    )

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("area_code_now", ("code",), "valid_to IS NULL"),
        Index("area_path", ("path",)),
        Check("area_span", "valid_to IS NULL OR valid_to >= valid_from"),
        Check("area_not_itself", "parent_id IS NULL OR parent_id <> id"),
    )

    class Meta:
        table = "area"


class Organisation(Row):
    """A department, a station, a social organisation. `code` is our short name, `credit_code` by GB 32100."""

    code = fields.CharField(max_length=60)
    credit_code = fields.CharField(max_length=18, null=True)
    name_zh = fields.CharField(max_length=80)
    name_en = fields.CharField(max_length=120)
    kind = fields.CharField(max_length=30)
    area_id: UUID
    area: fields.ForeignKeyRelation[Area] = fields.ForeignKeyField(
        "lianxin.Area", related_name="organisations", on_delete=fields.RESTRICT
    )
    phone = fields.CharField(max_length=20, default="")
    ended_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("organisation_code", ("code",)),
        Unique("organisation_credit_code", ("credit_code",), "credit_code IS NOT NULL"),
    )

    class Meta:
        table = "organisation"


class Person(Row):
    """A natural person. A claimed ID number proves nothing; only one that the desk has seen is unique.

    `identity` is "claimed" or "seen_by_desk". `id_number_key` and `id_number_tail_key` are blind indexes: exact match
    of the whole number, and of its last four characters, under keys of their own. `merged_ids` are the rows that came
    to be hers by `merged_into`, at one remove or several: kept with her, so that nobody has to climb.
    """

    name = fields.CharField(max_length=30)
    id_number = SealedField(null=True)
    id_number_key = fields.CharField(max_length=64, null=True)
    id_number_tail_key = fields.CharField(max_length=64, null=True)
    identity = fields.CharField(max_length=12, default="claimed")
    home_area_id: UUID | None
    home_area: fields.ForeignKeyNullableRelation[Area] = fields.ForeignKeyField(
        "lianxin.Area", related_name="residents", on_delete=fields.RESTRICT, null=True
    )
    address = SealedField(null=True)
    language = fields.CharField(max_length=10, default="zh_Hans")
    elder = fields.CharField(max_length=10, default="")
    theme = fields.CharField(max_length=10, default="")
    merged_into_id: UUID | None
    merged_into: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="merged", on_delete=fields.RESTRICT, null=True
    )
    merged_at = fields.DatetimeField(null=True)
    merged_ids = fields.JSONField[list[str]](null=True)
    created_at = fields.DatetimeField()
    erased_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("person_identity", "identity IN ('claimed', 'seen_by_desk')"),
        Check("person_number_whole", "(id_number IS NULL) = (id_number_key IS NULL)"),
        Check("person_merged_when", "(merged_into_id IS NULL) = (merged_at IS NULL)"),
        Check("person_not_itself", "merged_into_id IS NULL OR merged_into_id <> id"),
        Unique("person_seen_once", ("id_number_key",), "identity = 'seen_by_desk' AND merged_into_id IS NULL"),
        Index("person_number", ("id_number_key",), "id_number_key IS NOT NULL"),
        Index("person_number_tail", ("id_number_tail_key",), "id_number_tail_key IS NOT NULL"),
        Index("person_name", ("name",)),
    )

    class Meta:
        table = "person"


class Phone(Row):
    """A telephone number, once. Its digits are sealed; `number_key` finds it."""

    number = SealedField()
    number_key = fields.CharField(max_length=64)
    mobile = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()
    last_used_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (Unique("phone_number", ("number_key",)),)

    class Meta:
        table = "phone"


class PersonPhone(Row):
    """That a person can be reached under a telephone: many to many. `bound_by` is "self" or "desk"."""

    person_id: UUID
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="phones", on_delete=fields.RESTRICT
    )
    phone_id: UUID
    phone: fields.ForeignKeyRelation[Phone] = fields.ForeignKeyField(
        "lianxin.Phone", related_name="people", on_delete=fields.RESTRICT
    )
    bound_by = fields.CharField(max_length=10, default="self")
    since = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("person_phone_once", ("person_id", "phone_id"), "ended_at IS NULL"),
        Check("person_phone_bound", "bound_by IN ('self', 'desk')"),
    )

    class Meta:
        table = "person_phone"


class Consent(Row):
    """What a person agreed to: for what, which version of which text, how, before whom. Withdrawn, never erased."""

    person_id: UUID
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="consents", on_delete=fields.RESTRICT
    )
    purpose = fields.CharField(max_length=80)
    version = fields.CharField(max_length=20)
    text_hash = fields.CharField(max_length=64)
    channel = fields.CharField(max_length=12)
    witness_id = fields.UUIDField(null=True)
    at = fields.DatetimeField()
    withdrawn_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("consent_kept", but=("withdrawn_at",)),
        Check("consent_channel", "channel IN ('web', 'desk_voice', 'desk_paper')"),
        Check("consent_witness", "channel = 'web' OR witness_id IS NOT NULL"),
        Index("consent_of", ("person_id", "purpose")),
    )

    class Meta:
        table = "consent"
