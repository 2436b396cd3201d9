"""Tables: items and their immutable versions, drafts, cases, materials."""

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
from lianxin_eservices.models_acting import Authorisation, AuthorisationAsked, CallBack
from lianxin_eservices.models_aside import ASIDE_TABLES, DraftSlip
from lianxin_eservices.models_bundle import DraftPart
from lianxin_eservices.models_catalogue import Edition, ItemDraft, Publication, Trial
from lianxin_eservices.models_figures import FIGURE_TABLES, Figure, OfficeFigure
from lianxin_eservices.models_household import HOUSEHOLD_TABLES, Household, HouseholdConsent, HouseholdMember
from lianxin_eservices.models_notices import NOTICE_TABLES, Notice, NoticeSeries
from lianxin_eservices.models_papers import PAPER_TABLES, KeptPage, KeptPaper, PaperUse
from lianxin_eservices.models_printing import PRINTING_TABLES, ToPrint
from lianxin_eservices.models_showing import SHOWING_TABLES, Showing
from lianxin_eservices.models_states import (
    STATE_TABLES,
    Extension,
    Investigation,
    Objection,
    Posting,
    PromisedPaper,
    SpecialProcedure,
)
from lianxin_eservices.models_wrong_person import WRONG_PERSON_TABLES, WrongPerson

__all__ = [
    "ASIDE_TABLES",
    "FIGURE_TABLES",
    "HOUSEHOLD_TABLES",
    "NOTICE_TABLES",
    "PAPER_TABLES",
    "PRINTING_TABLES",
    "SHOWING_TABLES",
    "STATE_TABLES",
    "WRONG_PERSON_TABLES",
    "Authorisation",
    "AuthorisationAsked",
    "CallBack",
    "Case",
    "Draft",
    "DraftPart",
    "DraftSlip",
    "Edition",
    "Extension",
    "Figure",
    "GivenMaterial",
    "Household",
    "HouseholdConsent",
    "HouseholdMember",
    "Investigation",
    "Item",
    "ItemDraft",
    "ItemVersion",
    "KeptPage",
    "KeptPaper",
    "Notice",
    "NoticeSeries",
    "Objection",
    "OfficeFigure",
    "PaperUse",
    "Posting",
    "PromisedPaper",
    "Publication",
    "Showing",
    "SpecialProcedure",
    "ToPrint",
    "Trial",
    "WrongPerson",
]


class Item(Row):
    """A service of the county. What its guide says is in the version that `current` points to."""

    code = fields.CharField(max_length=20)
    slug = fields.CharField(max_length=80)
    department = fields.CharField(max_length=60)
    organisation_id: UUID | None
    organisation: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "lianxin.Organisation", related_name="eservices_items", on_delete=fields.RESTRICT, null=True
    )
    position = fields.IntField(default=0)
    state = fields.CharField(max_length=10, default="published")
    current_id = fields.UUIDField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_item_code", ("code",)),
        Unique("eservices_item_slug", ("slug",)),
        Check("eservices_item_state", "state IN ('published', 'withdrawn')"),
    )

    class Meta:
        table = "eservices_item"


class ItemVersion(Row):
    """One published text of a guide, as `item_to_json` writes it. It never changes: cases point to it."""

    item_id: UUID
    item: fields.ForeignKeyRelation[Item] = fields.ForeignKeyField(
        "eservices.Item", related_name="versions", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    content = fields.JSONField[dict[str, Any]]()
    published_at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("eservices_item_version_kept"),
        Unique("eservices_item_version_number", ("item_id", "number")),
        Check("eservices_item_version_positive", "number >= 1"),
    )

    class Meta:
        table = "eservices_item_version"


class Draft(Row):
    """An application under way: answers sealed as one JSON text. Open while neither sent nor dropped.

    `subject` is the code of the one service, or `life:` and a life event; its services are its parts (DraftPart).
    `person` is whom it is entered for, or who writes it; `made_by` is the colleague at the desk, or with an
    `authorisation` who acts for the person, else null.
    """

    person_id: UUID
    person: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_drafts", on_delete=fields.RESTRICT
    )
    made_by_id: UUID | None
    made_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_drafts_made", on_delete=fields.RESTRICT, null=True
    )
    subject = fields.CharField(max_length=30)
    authorisation_id: UUID | None
    authorisation: fields.ForeignKeyNullableRelation[Authorisation] = fields.ForeignKeyField(
        "eservices.Authorisation", related_name="drafts", on_delete=fields.RESTRICT, null=True
    )
    answers = SealedField(null=True)
    step = fields.CharField(max_length=40, default="")
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_draft_open", ("person_id", "subject"), "ended_at IS NULL AND made_by_id IS NULL"),
        Unique(
            "eservices_draft_open_desk",
            ("person_id", "subject", "made_by_id"),
            "ended_at IS NULL AND made_by_id IS NOT NULL AND authorisation_id IS NULL",
        ),
        Unique(
            "eservices_draft_open_proxy",
            ("person_id", "subject", "made_by_id"),
            "ended_at IS NULL AND authorisation_id IS NOT NULL",
        ),
        Check("eservices_draft_acting", "authorisation_id IS NULL OR made_by_id IS NOT NULL"),
        Check("eservices_draft_subject", "subject <> ''"),
        Check("eservices_draft_forgotten", "ended_at IS NULL OR answers IS NULL"),
        Index("eservices_draft_expiry", ("ended_at", "expires_at")),
    )

    class Meta:
        table = "eservices_draft"


class Case(Model):
    """What the matter of an application has beyond every matter; its key is the matter's.

    `contact` is who is told: the applicant, or whoever of the family applied for her; by an `authorisation` the proxy
    is told as well. `answers` are sealed as one JSON text. `version` is the guide under which she applied, whatever is
    published later; `part` is the part of a draft that became this case.
    """

    matter_id: UUID
    matter: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "lianxin.Matter", related_name="eservices_case", on_delete=fields.RESTRICT, primary_key=True
    )
    version_id: UUID
    version: fields.ForeignKeyRelation[ItemVersion] = fields.ForeignKeyField(
        "eservices.ItemVersion", related_name="cases", on_delete=fields.RESTRICT
    )
    part_id: UUID
    part: fields.ForeignKeyRelation[DraftPart] = fields.ForeignKeyField(
        "eservices.DraftPart", related_name="cases", on_delete=fields.RESTRICT
    )
    authorisation_id: UUID | None
    authorisation: fields.ForeignKeyNullableRelation[Authorisation] = fields.ForeignKeyField(
        "eservices.Authorisation", related_name="cases", on_delete=fields.RESTRICT, null=True
    )
    contact_id: UUID
    contact: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_contacts", on_delete=fields.RESTRICT
    )
    whom = fields.CharField(max_length=10, default="self")
    identity = fields.CharField(max_length=12)
    answers = SealedField(null=True)
    corrections = fields.IntField(default=0)
    correction = fields.TextField(default="")
    deemed = fields.BooleanField(default=False)
    accepted_at = fields.DatetimeField(null=True)
    decision = fields.CharField(max_length=10, default="")
    reason = fields.TextField(default="")
    decided_at = fields.DatetimeField(null=True)
    delivered_by = fields.CharField(max_length=12, default="")
    delivery_note = fields.TextField(default="")
    external_system = fields.CharField(max_length=60, default="")
    external_case_no = fields.CharField(max_length=60, default="")

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("eservices_case_whom", "whom IN ('self', 'family', 'desk', 'proxy')"),
        Check("eservices_case_proxy", "(whom = 'proxy') = (authorisation_id IS NOT NULL)"),
        Check("eservices_case_identity", "identity IN ('claimed', 'seen_by_desk')"),
        Check("eservices_case_decision", "decision IN ('', 'approved', 'rejected')"),
        Check("eservices_case_decided", "(decision = '') = (decided_at IS NULL)"),
        Check("eservices_case_reason", "decision <> 'rejected' OR reason <> ''"),
        Check("eservices_case_delivered", "delivered_by = '' OR decision <> ''"),
        Check("eservices_case_external", "external_case_no = '' OR external_system <> ''"),
        Check("eservices_case_corrections", "corrections >= 0"),
        Unique("eservices_case_part", ("part_id",)),
        Index("eservices_case_decided_at", ("decided_at",), "decided_at IS NOT NULL"),
        Index("eservices_case_version", ("version_id",)),
        Index("eservices_case_authorisation", ("authorisation_id",), "authorisation_id IS NOT NULL"),
    )

    class Meta:
        table = "eservices_case"


class GivenMaterial(Row):
    """One paper of a draft or of a case: what was said of it, and its photos (ids of files, in order).

    Of a draft `code` is the paper's key (rules/bundle.py): where several services need it, it is photographed once.
    """

    draft_id: UUID | None
    draft: fields.ForeignKeyNullableRelation[Draft] = fields.ForeignKeyField(
        "eservices.Draft", related_name="materials", on_delete=fields.RESTRICT, null=True
    )
    matter_id: UUID | None
    matter: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="eservices_materials", on_delete=fields.RESTRICT, null=True
    )
    code = fields.CharField(max_length=24)
    state = fields.CharField(max_length=16)
    files = fields.JSONField[list[str]]()
    updated_at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("eservices_material_state", "state IN ('needed', 'given', 'not_applicable', 'brought_to_desk')"),
        Check("eservices_material_whose", "(draft_id IS NULL) <> (matter_id IS NULL)"),
        Unique("eservices_material_of_draft", ("draft_id", "code"), "draft_id IS NOT NULL"),
        Unique("eservices_material_of_case", ("matter_id", "code"), "matter_id IS NOT NULL"),
    )

    class Meta:
        table = "eservices_material"
