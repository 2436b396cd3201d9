"""The middle of a matter's page: for whoever handles it, and for whoever applied."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lianxin.api import (
    BAD_GRADE,
    FormView,
    MatterInfo,
    PersonCard,
    Visit,
    _,
    card_of,
    files_of,
    find_organisation,
    format_due,
    get_organisation,
    get_vault,
    list_files,
    mask_phone,
    rating_of,
)
from lianxin_eservices import forms
from lianxin_eservices.models import Case, GivenMaterial
from lianxin_eservices.queries.authorisations import acted_for
from lianxin_eservices.queries.extras import told_all
from lianxin_eservices.queries.guide import GuideView, guide_view, paper_view
from lianxin_eservices.queries.household import HouseholdView, household_of_case
from lianxin_eservices.queries.items import DEPARTMENTS, PublishedItem, item_of_version
from lianxin_eservices.queries.notices import NoticeRow, list_notices
from lianxin_eservices.queries.passing import PassingView, passing_view
from lianxin_eservices.queries.siblings import Together, together_of
from lianxin_eservices.queries.wrong_person import WrongShown, wrong_person_of
from lianxin_eservices.rules.application import AT_DESK, GIVEN, NEEDED, NOT_APPLICABLE, Answers
from lianxin_eservices.rules.item import Material
from lianxin_eservices.rules.progress import Stage, stages

TABLE = "eservices_case"
TAGS = {GIVEN: "ok", AT_DESK: "wait", NEEDED: "wait", NOT_APPLICABLE: "plain"}


@dataclass(frozen=True, slots=True)
class FileShown:
    """A photo or document."""

    id: UUID
    name: str
    picture: bool


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One paper of a case."""

    code: str
    name: str
    how: str
    state: str
    tag: str
    files: tuple[FileShown, ...]
    ours: bool
    applies: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """What both sides see."""

    code: str
    guide: GuideView
    whom: str
    papers: tuple[PaperShown, ...]
    wanted: tuple[str, ...]
    decision: str
    reason: str
    delivered: str
    delivery_note: str
    results: tuple[FileShown, ...]
    deemed: bool
    grade: str
    remark: str
    stages: tuple[Stage, ...]
    extras: tuple[tuple[str, str], ...]
    notices: tuple[NoticeRow, ...]


@dataclass(frozen=True, slots=True)
class DeskCase:
    """For whoever handles it. ID number and telephone are masked until she asks, with a reason."""

    case: CaseView
    applicant: PersonCard | None
    contact: PersonCard | None
    other_phone: str
    external: str
    passing: PassingView
    together: Together | None
    household: HouseholdView | None = None
    wrong_person: tuple[WrongShown, ...] = ()


@dataclass(frozen=True, slots=True)
class MyCase:
    """For whoever applied; `correct` is there while something is missing."""

    case: CaseView
    correct: FormView | None
    passing: PassingView
    acting_for: str = ""
    call: FormView | None = None
    together: Together | None = None


async def desk_case(visit: Visit, matter: MatterInfo) -> DeskCase:
    """The middle of the desk's page."""
    row = await Case.get(matter_id=matter.id)
    item = await item_of_version(row.version_id)
    text = await _revealed(row, matter, visit) if item.guide.questions else ""
    return DeskCase(
        case=await _view(row, matter, visit, text),
        applicant=await card_of(matter.applicant_id) if matter.applicant_id else None,
        contact=await card_of(row.contact_id) if row.contact_id != matter.applicant_id else None,
        other_phone=_other_phone(row),
        external=f"{row.external_system} {row.external_case_no}".strip(),
        passing=await passing_view(visit, matter, inside=True),
        together=await together_of(matter, visit.actor, visit.now),
        household=await household_of_case(matter.id, visit.now),
        wrong_person=await wrong_person_of(matter.id),
    )


async def my_case(visit: Visit, matter: MatterInfo) -> MyCase:
    """The middle of the applicant's page."""
    row = await Case.get(matter_id=matter.id)
    view = await _view(row, matter, visit, _own(row))
    acting_for = await acted_for(visit, matter)
    hers = matter.closed_at is None and not {matter.applicant_id, matter.made_by_id}.isdisjoint(visit.actor.person_ids)
    call = visit.form(forms.EmptyForm, visit.url("eservices:call_about", matter=matter.code)) if hers else None
    passing = await passing_view(visit, matter, inside=False)
    together = await together_of(matter, visit.actor, visit.now)
    if matter.state_name != "correction_requested":
        return MyCase(view, None, passing, acting_for, call, together)
    choices = [(paper.code, paper.name, paper.how) for paper in view.papers if paper.applies and not paper.ours]
    action = visit.url("eservices:correct", matter=matter.code)
    correct = visit.form(forms.MorePhotosForm, action, choices={"paper": choices})
    return MyCase(view, correct, passing, acting_for, call, together)


async def _revealed(row: Case, matter: MatterInfo, visit: Visit) -> str:
    """The answers for whoever handles the case; that she looked is written down first."""
    if row.answers is None:
        return ""
    return await get_vault().reveal(
        row.answers,
        table=TABLE,
        column="answers",
        row_id=row.matter_id,
        subject_id=matter.applicant_id,
        by=visit.actor.person_id,
        purpose="matter",
        now=visit.now,
        request_id=visit.request_id,
    )


def _own(row: Case) -> str:
    """The answers for her who gave them: no reading of somebody's data."""
    if row.answers is None:
        return ""
    return get_vault().open_for_delivery(row.answers, table=TABLE, column="answers", row_id=row.matter_id)


async def _view(row: Case, matter: MatterInfo, visit: Visit, answers: str) -> CaseView:
    item = await item_of_version(row.version_id)
    rating = await rating_of(matter.id)
    results = (await files_of(matter.id, "result")).get("result", [])
    return CaseView(
        code=matter.code,
        guide=guide_view(item, visit.language),
        whom=row.whom,
        papers=await papers_of(row, item, visit.language),
        wanted=tuple(line.strip() for line in row.correction.splitlines() if line.strip()),
        decision=row.decision,
        reason=row.reason,
        delivered=row.delivered_by,
        delivery_note=row.delivery_note,
        results=await _shown(results),
        deemed=row.deemed,
        grade=rating.title if rating else "",
        remark=rating.remark if rating else "",
        stages=stages(
            matter.state_name,
            sent=_when(matter.created_at, visit.now),
            accepted=_when(row.accepted_at, visit.now),
            decided=_when(row.decided_at, visit.now),
            due=format_due(matter.due_at, visit.now) if matter.due_at else "",
            office=await _office(matter, item, visit.language),
            badly_rated=rating is not None and rating.grade <= BAD_GRADE,
        ),
        extras=told_all(item.guide, Answers.from_text(answers).extras, visit.language),
        notices=await list_notices(matter.id),
    )


def _when(moment: datetime | None, now: datetime) -> str:
    return format_due(moment, now) if moment else ""


async def _office(matter: MatterInfo, item: PublishedItem, language: str) -> str:
    """Who decides it: the organisation that has it now, else the item's department."""
    if matter.organisation_id is not None:
        return (await get_organisation(matter.organisation_id)).name
    found = await find_organisation(item.department)
    return found.name if found else DEPARTMENTS[item.department].full_name.in_language(language)


async def papers_of(row: Case, item: PublishedItem, language: str) -> tuple[PaperShown, ...]:
    """The papers of a case, in the order of its guide."""
    given = {paper.code: paper for paper in await GivenMaterial.filter(matter_id=row.matter_id)}
    ids = [UUID(each) for paper in given.values() for each in paper.files]
    files = {shown.id: shown for shown in await _shown(ids)}
    shown = []
    for material in item.guide.materials:
        paper, view = given.get(material.code), paper_view(material, language)
        state = paper.state if paper else NEEDED
        shown.append(
            PaperShown(
                code=material.code,
                name=view.name,
                how=view.how,
                state=_state_text(state, ours=not material.to_prepare),
                tag="plain" if not material.to_prepare else TAGS[state],
                files=tuple(files[UUID(each)] for each in (paper.files if paper else ()) if UUID(each) in files),
                ours=not material.to_prepare,
                applies=state != NOT_APPLICABLE,
            )
        )
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that a case asks for, and the files that are there."""

    material: Material
    files: tuple[UUID, ...]


async def material_of(matter_id: UUID) -> list[Asked]:
    """The papers of a case that its applicant brings, as its guide has them."""
    row = await Case.get(matter_id=matter_id)
    item = await item_of_version(row.version_id)
    given = {paper.code: paper for paper in await GivenMaterial.filter(matter_id=matter_id)}
    return [
        Asked(one, tuple(UUID(each) for each in given[one.code].files))
        for one in item.guide.materials
        if one.to_prepare and one.code in given and given[one.code].state != NOT_APPLICABLE
    ]


def _state_text(state: str, *, ours: bool) -> str:
    if state == NOT_APPLICABLE:
        return _("Not needed here")
    if ours:
        return _("We see to it")
    return {GIVEN: _("Photos are here"), AT_DESK: _("Comes to the desk"), NEEDED: _("Still missing")}[state]


async def _shown(ids: list[UUID]) -> tuple[FileShown, ...]:
    return tuple(FileShown(info.id, info.name, info.is_picture) for info in await list_files(ids))


def _other_phone(row: Case) -> str:
    """The number she gave for this case, masked; empty when it is the one that we know."""

    def mask(text: str) -> str:
        phone: Any = json.loads(text).get("phone") or ""
        return mask_phone(phone) if phone else ""

    if row.answers is None:
        return ""
    return get_vault().masked(row.answers, table=TABLE, column="answers", row_id=row.matter_id, mask=mask)
