"""Tables of the states that only some cases pass through: each promise of theirs is a guard."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.api import CheckGuard as Check
from lianxin.api import Guard, Row
from lianxin.api import IndexGuard as Index
from lianxin.api import UniqueGuard as Unique

SPECIAL_KINDS = ("assessment", "hearing", "inspection")


class Investigation(Row):
    """Two colleagues look into a case on the spot; each writes what she found and signs it.

    One row for both, so that the table itself can say: two different people, neither of them the applicant, and nothing
    is concluded before both have signed. `dropped_at`: others were named, or the case went another way.
    """

    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="eservices_investigations", on_delete=fields.RESTRICT
    )
    applicant_id = fields.UUIDField(null=True)
    named_by_id = fields.UUIDField(null=True)
    begun_at = fields.DatetimeField()
    first_id = fields.UUIDField()
    first_findings = fields.TextField(default="")
    first_signed_at = fields.DatetimeField(null=True)
    second_id = fields.UUIDField()
    second_findings = fields.TextField(default="")
    second_signed_at = fields.DatetimeField(null=True)
    concluded_at = fields.DatetimeField(null=True)
    dropped_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_investigation_open", ("matter_id",), "concluded_at IS NULL AND dropped_at IS NULL"),
        Check("eservices_investigation_two", "first_id <> second_id"),
        Check(
            "eservices_investigation_others",
            "applicant_id IS NULL OR (applicant_id <> first_id AND applicant_id <> second_id)",
        ),
        Check("eservices_investigation_first", "(first_signed_at IS NULL) = (first_findings = '')"),
        Check("eservices_investigation_second", "(second_signed_at IS NULL) = (second_findings = '')"),
        Check(
            "eservices_investigation_both",
            "concluded_at IS NULL OR (first_signed_at IS NOT NULL AND second_signed_at IS NOT NULL)",
        ),
        Check("eservices_investigation_end", "concluded_at IS NULL OR dropped_at IS NULL"),
        Index("eservices_investigation_matter", ("matter_id",)),
    )

    class Meta:
        table = "eservices_investigation"


class Posting(Row):
    """A public notice: what is shown of a case (`shown`: a name of PostedField to words), from when to when.

    `outcome` is empty while it counts, then settled or dropped. Settled means that its time is over and that no
    objection is open: `open_objections` is counted here, so that the table itself can say so.
    """

    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="eservices_postings", on_delete=fields.RESTRICT
    )
    area_id: UUID
    area: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Area", related_name="eservices_postings", on_delete=fields.RESTRICT
    )
    version_id = fields.UUIDField()
    shown = fields.JSONField[dict[str, str]]()
    posted_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    objections = fields.IntField(default=0)
    open_objections = fields.IntField(default=0)
    outcome = fields.CharField(max_length=10, default="")
    ended_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_posting_open", ("matter_id",), "outcome = ''"),
        Check("eservices_posting_outcome", "outcome IN ('', 'settled', 'dropped')"),
        Check("eservices_posting_ended", "(ended_at IS NULL) = (outcome = '')"),
        Check("eservices_posting_lasts", "ends_at > posted_at"),
        Check("eservices_posting_counts", "open_objections >= 0 AND open_objections <= objections"),
        Check("eservices_posting_settled", "outcome <> 'settled' OR (open_objections = 0 AND ended_at >= ends_at)"),
        Index("eservices_posting_now", ("outcome", "ends_at", "id")),
        Index("eservices_posting_matter", ("matter_id",)),
    )

    class Meta:
        table = "eservices_posting"


class Objection(Row):
    """What somebody has against a posted case. `entered_by`: the colleague who wrote it down for a caller."""

    posting_id: UUID
    posting: fields.ForeignKeyRelation[Posting] = fields.ForeignKeyField(
        "eservices.Posting", related_name="raised", on_delete=fields.RESTRICT
    )
    person_id: UUID
    person: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_objections", on_delete=fields.RESTRICT
    )
    entered_by_id = fields.UUIDField(null=True)
    text = fields.TextField()
    raised_at = fields.DatetimeField()
    answer = fields.TextField(default="")
    answered_at = fields.DatetimeField(null=True)
    answered_by_id = fields.UUIDField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_objection_once", ("posting_id", "person_id")),
        Check("eservices_objection_said", "text <> ''"),
        Check("eservices_objection_answered", "(answered_at IS NULL) = (answer = '')"),
        Check("eservices_objection_by", "(answered_at IS NULL) = (answered_by_id IS NULL)"),
    )

    class Meta:
        table = "eservices_objection"


class SpecialProcedure(Row):
    """An assessment, a hearing or an inspection: the days until its result is there don't count."""

    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="eservices_special", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=12)
    reason = fields.TextField()
    begun_at = fields.DatetimeField()
    result = fields.TextField(default="")
    ended_at = fields.DatetimeField(null=True)
    dropped_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_special_open", ("matter_id",), "ended_at IS NULL AND dropped_at IS NULL"),
        Check("eservices_special_kind", "kind IN ('assessment', 'hearing', 'inspection')"),
        Check("eservices_special_reason", "reason <> ''"),
        Check("eservices_special_result", "(ended_at IS NULL) = (result = '')"),
        Check("eservices_special_end", "ended_at IS NULL OR dropped_at IS NULL"),
        Index("eservices_special_matter", ("matter_id",)),
    )

    class Meta:
        table = "eservices_special_procedure"


class Extension(Row):
    """More time for a decision: asked by whoever decides, granted by a leader, once a case."""

    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="eservices_extensions", on_delete=fields.RESTRICT
    )
    days = fields.IntField()
    reason = fields.TextField()
    asked_by_id = fields.UUIDField()
    asked_at = fields.DatetimeField()
    outcome = fields.CharField(max_length=10, default="")
    decided_by_id = fields.UUIDField(null=True)
    decided_at = fields.DatetimeField(null=True)
    remark = fields.TextField(default="")

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_extension_open", ("matter_id",), "outcome = ''"),
        Unique("eservices_extension_once", ("matter_id",), "outcome = 'granted'"),
        Check("eservices_extension_outcome", "outcome IN ('', 'granted', 'declined', 'dropped')"),
        Check("eservices_extension_decided", "(decided_at IS NULL) = (outcome = '')"),
        Check("eservices_extension_days", "days >= 1 AND days <= 90"),
        Check("eservices_extension_reason", "reason <> ''"),
        Check(
            "eservices_extension_leader",
            "outcome NOT IN ('granted', 'declined') OR (decided_by_id IS NOT NULL AND decided_by_id <> asked_by_id)",
        ),
        Index("eservices_extension_matter", ("matter_id",)),
    )

    class Meta:
        table = "eservices_extension"


class PromisedPaper(Row):
    """A paper without which a case was accepted on the promise that it follows (容缺受理).

    `given_at`: it came, as photos or to the desk; `confirmed_at`: whoever handles the case has looked at it.
    `lapsed_at`: it did not come in time.
    """

    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="eservices_promised", on_delete=fields.RESTRICT
    )
    code = fields.CharField(max_length=20)
    promised_at = fields.DatetimeField()
    due_at = fields.DatetimeField()
    given_at = fields.DatetimeField(null=True)
    confirmed_at = fields.DatetimeField(null=True)
    confirmed_by_id = fields.UUIDField(null=True)
    lapsed_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_promised_once", ("matter_id", "code")),
        Check("eservices_promised_due", "due_at > promised_at"),
        Check("eservices_promised_confirmed", "confirmed_at IS NULL OR given_at IS NOT NULL"),
        Check("eservices_promised_by", "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)"),
        Check("eservices_promised_lapsed", "lapsed_at IS NULL OR lapsed_at >= due_at"),
        Index("eservices_promised_waiting", ("due_at",), "given_at IS NULL AND lapsed_at IS NULL"),
    )

    class Meta:
        table = "eservices_promised_paper"


STATE_TABLES = (Investigation, Posting, Objection, SpecialProcedure, Extension, PromisedPaper)
