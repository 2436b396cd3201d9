"""Table of cases that the desk entered for the wrong person."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.api import AppendOnlyGuard as AppendOnly
from lianxin.api import CheckGuard as Check
from lianxin.api import Guard, Row
from lianxin.api import IndexGuard as Index
from lianxin.api import UniqueGuard as Unique


class WrongPerson(Row):
    """That a case stands under `wrong` and is for `right`: said by one colleague, answered by another, once.

    Open while `outcome` is null. Dropped: the case ended before anybody answered; then nobody is named as who decided.
    """

    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="eservices_wrong_person", on_delete=fields.RESTRICT
    )
    wrong_id: UUID
    wrong: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_not_hers", on_delete=fields.RESTRICT
    )
    right_id: UUID
    right: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_hers_after_all", on_delete=fields.RESTRICT
    )
    reason = fields.TextField()
    asked_by_id = fields.UUIDField()
    asked_at = fields.DatetimeField()
    outcome = fields.CharField(max_length=10, null=True)
    decided_by_id = fields.UUIDField(null=True)
    decided_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("eservices_wrong_person_kept", but=("outcome", "decided_by_id", "decided_at")),
        Unique("eservices_wrong_person_open", ("matter_id",), "outcome IS NULL"),
        Check("eservices_wrong_person_outcome", "outcome IS NULL OR outcome IN ('moved', 'declined', 'dropped')"),
        Check("eservices_wrong_person_decided", "(outcome IS NULL) = (decided_at IS NULL)"),
        Check(
            "eservices_wrong_person_by",
            "(CASE WHEN outcome IN ('moved', 'declined') THEN 1 ELSE 0 END)"
            " = (CASE WHEN decided_by_id IS NULL THEN 0 ELSE 1 END)",
        ),
        Check("eservices_wrong_person_second", "decided_by_id IS NULL OR decided_by_id <> asked_by_id"),
        Check("eservices_wrong_person_two", "wrong_id <> right_id"),
        Check(
            "eservices_wrong_person_own",
            "asked_by_id <> wrong_id AND asked_by_id <> right_id"
            " AND (decided_by_id IS NULL OR (decided_by_id <> wrong_id AND decided_by_id <> right_id))",
        ),
        Check("eservices_wrong_person_reason", "reason <> ''"),
        Index("eservices_wrong_person_matter", ("matter_id",)),
    )

    class Meta:
        table = "eservices_wrong_person"


WRONG_PERSON_TABLES = (WrongPerson,)
