"""Services and cases in the shapes of the API: from the same queries as the pages."""

from __future__ import annotations

from lianxin.api import (
    MatterDetail,
    MatterInfo,
    MineRow,
    Page,
    QueueRow,
    Transition,
    Visit,
    encode_key,
    get_organisation,
)
from lianxin_eservices.models import Case
from lianxin_eservices.queries.case import MyCase as MyCaseView
from lianxin_eservices.queries.case import PaperShown, papers_of
from lianxin_eservices.queries.guide import paper_view
from lianxin_eservices.queries.items import DEPARTMENTS, PublishedItem, find_items, item_of_version, list_published
from lianxin_eservices.resources import cases as shapes
from lianxin_eservices.resources.services import (
    PaperWanted,
    Service,
    ServiceLine,
    ServiceList,
    ServicesQuery,
    TimeLimit,
)
from lianxin_eservices.rules.item import Limit, Material
from lianxin_eservices.rules.plain import Text


async def list_services(visit: Visit, asked: ServicesQuery, after: str) -> ServiceList:
    """By code; with words to look for, those found."""
    if asked.q.strip():
        return ServiceList(rows=[_line(visit, item) for item in await find_items(asked.q.strip())], next=None)
    items = sorted(await list_published(), key=lambda item: item.guide.code)
    rows = [item for item in items if item.guide.code > after]
    more = len(rows) > asked.size
    rows = rows[: asked.size]
    return ServiceList(
        rows=[_line(visit, item) for item in rows], next=encode_key([rows[-1].guide.code]) if more else None
    )


def _line(visit: Visit, item: PublishedItem) -> ServiceLine:
    guide, department = item.guide, DEPARTMENTS[item.department]
    return ServiceLine(
        slug=item.slug,
        code=guide.code,
        name=guide.name.in_language(visit.language),
        plain_name=guide.plain_name.in_language(visit.language),
        department=item.department,
        department_name=department.full_name.in_language(visit.language),
        life_event=guide.life_event,
        online=item.online,
        page=visit.full_url("eservices:guide", item=item.slug),
    )


def service_of(visit: Visit, item: PublishedItem) -> Service:
    """The whole guide."""
    guide = item.guide

    def said(text: Text | None) -> str:
        return text.in_language(visit.language) if text else ""

    return Service(
        **_line(visit, item).model_dump(),
        version=str(item.version_id),
        eligibility=said(guide.eligibility),
        papers=[_paper_wanted(one, visit.language) for one in guide.materials],
        promised=_limit(guide.committed_limit),
        statutory=_limit(guide.statutory_limit),
        fee_fen=guide.fee.amount_fen if guide.fee.charged else 0,
        visits=guide.visits_required,
        steps=[said(step.title) for step in guide.steps],
        result=said(guide.result),
        basis=said(guide.statutory_limit.basis),
        note=said(guide.note),
        identity_level=guide.identity_level.value,
        audience=guide.audience.value,
        proxy_allowed=guide.proxy_allowed,
        optional_states=[each.value for each in guide.optional_states],
    )


def _limit(limit: Limit) -> TimeLimit | None:
    if limit.value is None or limit.unit is None:
        return None
    return TimeLimit(days=limit.value, unit="working_day" if limit.unit.value == "working_day" else "calendar_day")


def _paper_wanted(material: Material, language: str) -> PaperWanted:
    view = paper_view(material, language)
    return PaperWanted(
        code=view.code,
        name=view.name,
        how=view.how,
        only_if=view.only_if,
        necessity=material.necessity.value,
        ours=not material.to_prepare,
    )


def state_of(matter: MatterInfo) -> shapes.CaseState:
    """Where it stands."""
    return shapes.CaseState(
        code=matter.code,
        state=matter.state_name,
        state_title=str(matter.state.title),
        version=matter.version,
        due_at=matter.due_at,
        closed_at=matter.closed_at,
    )


def my_list(found: Page[MineRow]) -> shapes.MyCaseList:
    """One's own cases."""
    rows = [
        shapes.MyCaseLine(
            code=row.code,
            title=row.title,
            state=row.state_name,
            state_title=row.state,
            says=row.says,
            your_turn=row.turn,
            closed=row.closed,
            for_other=row.for_other,
            changed_at=row.changed_at,
        )
        for row in found.rows
    ]
    return shapes.MyCaseList(rows=rows, next=found.next_key)


def queue_list(found: Page[QueueRow]) -> shapes.QueueList:
    """The queue."""
    rows = [
        shapes.QueueLine(
            code=row.code,
            title=row.title,
            state=row.state_name,
            state_title=row.state,
            version=row.version,
            due_at=row.due_at,
            late=row.late,
            owner=row.owner,
            mine=row.mine,
            applicant=row.applicant,
            area=row.area,
            reminders=row.reminders,
        )
        for row in found.rows
    ]
    return shapes.QueueList(rows=rows, next=found.next_key)


def my_case_of(detail: MatterDetail, mine: MyCaseView, moves: list[Transition]) -> shapes.MyCase:
    """How one's own case stands."""
    case = mine.case
    return shapes.MyCase(
        **state_of(detail.matter).model_dump(),
        title=detail.matter.title,
        service=case.guide.slug,
        says=detail.says,
        created_at=detail.matter.created_at,
        stages=[shapes.StageShown(title=each.title, note=each.note, state=each.state) for each in case.stages],
        papers=_papers(case.papers),
        wanted=list(case.wanted),
        decision=case.decision,
        reason=case.reason,
        delivered=case.delivered,
        moves=moves_of(moves),
    )


async def office_case_of(visit: Visit, detail: MatterDetail, moves: list[Transition]) -> shapes.OfficeCase:
    """The case for whoever handles it."""
    matter = detail.matter
    row = await Case.get(matter_id=matter.id)
    item = await item_of_version(row.version_id)
    office = await get_organisation(matter.organisation_id) if matter.organisation_id else None
    return shapes.OfficeCase(
        **state_of(matter).model_dump(),
        title=matter.title,
        service=item.slug,
        service_code=item.guide.code,
        area=detail.area_name,
        office=office.name if office else "",
        owner=detail.owner,
        owner_role=matter.owner_role,
        applicant=detail.applicant.name if detail.applicant else "",
        identity=row.identity,
        whom=row.whom,
        created_at=matter.created_at,
        changed_at=matter.changed_at,
        accepted_at=row.accepted_at,
        decided_at=row.decided_at,
        due_kind=matter.due_kind,
        deemed=row.deemed,
        decision=row.decision,
        reason=row.reason,
        external_system=row.external_system,
        external_case_no=row.external_case_no,
        papers=_papers(await papers_of(row, item, visit.language)),
        clocks=_clocks(detail),
        history=_history(detail),
        moves=moves_of(moves),
    )


def _papers(papers: tuple[PaperShown, ...]) -> list[shapes.PaperGiven]:
    return [
        shapes.PaperGiven(code=each.code, name=each.name, state_title=each.state, applies=each.applies, ours=each.ours)
        for each in papers
    ]


def _clocks(detail: MatterDetail) -> list[shapes.ClockShown]:
    return [
        shapes.ClockShown(kind=each.kind, title=each.title, due_at=each.due_at, state=each.state, late=each.late)
        for each in detail.clocks
    ]


def _history(detail: MatterDetail) -> list[shapes.Happening]:
    return [
        shapes.Happening(at=each.at, title=each.title, who=each.who, remark=each.remark, state_title=each.target)
        for each in detail.steps
    ]


def moves_of(transitions: list[Transition]) -> list[shapes.Move]:
    """What may be done now."""
    return [shapes.Move(name=each.name, title=str(each.title)) for each in transitions]
