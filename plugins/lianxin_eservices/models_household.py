"""Tables of a household as applicant: who belongs to it, and who agreed that its finances are checked."""

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

_RELATIONS = "relation IN ('applicant', 'spouse', 'child', 'parent', 'grandparent', 'grandchild', 'sibling', 'other')"


class Household(Model):
    """The household of one application. `waiting`: how many words are still to be given; `told_at`: that is everybody.

    Each change takes this row first (`changes`). It is sent only when nobody is waited for: the table says so too.
    """

    draft_id: UUID
    draft: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "eservices.Draft", related_name="household", on_delete=fields.RESTRICT, primary_key=True
    )
    members = fields.IntField(default=0)
    waiting = fields.IntField(default=1)
    changes = fields.IntField(default=0)
    told_at = fields.DatetimeField(null=True)
    sent_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("eservices_household_size", "members BETWEEN 0 AND 12"),
        Check("eservices_household_waiting", "waiting >= 0"),
        Check("eservices_household_agreed", "sent_at IS NULL OR (waiting = 0 AND members > 0 AND told_at IS NOT NULL)"),
    )

    class Meta:
        table = "eservices_household"


class HouseholdMember(Row):
    """One person of it. `person` where somebody known has this number and name; the writer is never told.

    Who is taken out, or of an application that was thrown away, is forgotten: the row stays without name and number.
    """

    draft_id: UUID
    draft: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "eservices.Draft", related_name="household_members", on_delete=fields.RESTRICT
    )
    person_id: UUID | None
    person: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_households", on_delete=fields.RESTRICT, null=True
    )
    guardian_id: UUID | None
    guardian: fields.ForeignKeyNullableRelation[HouseholdMember] = fields.ForeignKeyField(
        "eservices.HouseholdMember", related_name="wards", on_delete=fields.RESTRICT, null=True
    )
    name = fields.CharField(max_length=60)
    relation = fields.CharField(max_length=12)
    id_number = SealedField(null=True)
    id_number_key = fields.CharField(max_length=64, null=True)
    phone = SealedField(null=True)
    created_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("eservices_household_member_relation", _RELATIONS),
        Check("eservices_household_member_whole", "(id_number IS NULL) = (id_number_key IS NULL)"),
        Check(
            "eservices_household_member_number",
            "relation = 'applicant' OR ended_at IS NOT NULL OR id_number IS NOT NULL",
        ),
        Check(
            "eservices_household_member_forgotten",
            "ended_at IS NULL OR (name = '' AND id_number IS NULL AND phone IS NULL AND person_id IS NULL)",
        ),
        Check("eservices_household_member_guardian", "guardian_id IS NULL OR guardian_id <> id"),
        Unique("eservices_household_member_once", ("draft_id", "id_number_key"), "id_number_key IS NOT NULL"),
        Unique("eservices_household_applicant", ("draft_id",), "relation = 'applicant' AND ended_at IS NULL"),
        Index("eservices_household_member_person", ("person_id",), "person_id IS NOT NULL"),
    )

    class Meta:
        table = "eservices_household_member"


class HouseholdConsent(Row):
    """That `giver` (herself, or the guardian) agrees or not for `member`: by which text, how, before whom, when.

    Never changed but for being taken back, or replaced by a later word.
    """

    member_id: UUID
    member: fields.ForeignKeyRelation[HouseholdMember] = fields.ForeignKeyField(
        "eservices.HouseholdMember", related_name="consents", on_delete=fields.RESTRICT
    )
    giver_id: UUID
    giver: fields.ForeignKeyRelation[HouseholdMember] = fields.ForeignKeyField(
        "eservices.HouseholdMember", related_name="given", on_delete=fields.RESTRICT
    )
    answer = fields.CharField(max_length=8)
    way = fields.CharField(max_length=10)
    text_version = fields.CharField(max_length=20)
    text_hash = fields.CharField(max_length=64)
    witness_id = fields.UUIDField(null=True)
    file_id = fields.UUIDField(null=True)
    given_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("eservices_household_consent_kept", but=("ended_at",)),
        Check("eservices_household_consent_answer", "answer IN ('agreed', 'refused')"),
        Check("eservices_household_consent_way", "way IN ('account', 'code', 'signature', 'paper')"),
        Check("eservices_household_consent_witness", "(way IN ('signature', 'paper')) = (witness_id IS NOT NULL)"),
        Check("eservices_household_consent_file", "(way IN ('signature', 'paper')) = (file_id IS NOT NULL)"),
        Unique("eservices_household_consent_once", ("member_id", "giver_id"), "ended_at IS NULL"),
        Index("eservices_household_consent_by", ("giver_id",)),
    )

    class Meta:
        table = "eservices_household_consent"


HOUSEHOLD_TABLES: tuple[type[Model], ...] = (Household, HouseholdMember, HouseholdConsent)
