"""Issuing written notices, in the same unit of work as the transition that owes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from tortoise.expressions import F

from lianxin.api import (
    Change,
    Transition,
    find_organisation,
    get_detail,
    get_organisation,
    get_person,
    get_vault,
    load_matter,
    uuid7,
)
from lianxin_eservices.actions.handling import case_of, guide_of, township_of
from lianxin_eservices.models import Case, Notice, NoticeSeries
from lianxin_eservices.queries.items import DEPARTMENTS
from lianxin_eservices.queries.notices import TABLE, WORDS
from lianxin_eservices.rules.days import COUNTY_ZONE, last_day
from lianxin_eservices.rules.item import DecisionLevel, ServiceItem
from lianxin_eservices.rules.notices import NoticeFacts, compose, remedy_of

OWED: Final = {
    "accept": "acceptance",
    "accept_conditionally": "gap",
    "deem_accepted": "deemed",
    "request_correction": "correction",
    "request_correction_again": "correction",
    "refuse_acceptance": "refusal",
    "end_unfinished": "refusal",
    "extend": "extension",
    "begin_special_procedure": "special",
    "approve": "approved",
    "reject": "rejected",
}
"""Which transition owes which notice."""

_NAMES_A_DAY: Final = ("acceptance", "gap", "deemed", "extension")

Effect = Callable[[Any], Awaitable[None]]


def with_notices(transitions: Sequence[Transition]) -> tuple[Transition, ...]:
    """The same transitions; those that owe a notice issue it after what they do, or don't happen at all."""
    return tuple(
        replace(each, effect=_then_issue(each.effect, OWED[each.name])) if each.name in OWED else each
        for each in transitions
    )


def _then_issue(effect: Effect | None, name: str) -> Effect:
    async def do(change: Change) -> None:
        if effect is not None:
            await effect(change)
        await issue(change, name)

    return do


async def issue(change: Change, name: str) -> Notice:
    """Writes one notice: number, text, who and when. What stands in it never changes again."""
    guide = await guide_of(change.matter.id)
    issuer, office, phone = await _office(change, guide)
    facts = await _facts(change, name, guide, office, phone)
    series = WORDS["notices"][name]["series"]
    number = await _next_number(issuer, series, facts.day.year)
    text = compose(WORDS, name, facts, number)
    notice_id = uuid7()
    return await Notice.create(
        id=notice_id,
        matter_id=change.matter.id,
        issuer=issuer,
        series=series,
        year=facts.day.year,
        number=number,
        name=name,
        title=text.title,
        text=get_vault().seal(text.to_text(), table=TABLE, column="text", row_id=notice_id),
        issued_at=change.now,
        issued_by_id=change.by.person_id,
    )


async def _next_number(issuer: str, series: str, year: int) -> int:
    """The next one. A rival waits here for our commit, or takes our number when we fail: none is left out."""
    key: dict[str, Any] = {"issuer": issuer, "series": series, "year": year}
    await NoticeSeries.bulk_create([NoticeSeries(**key)], ignore_conflicts=True)
    await NoticeSeries.filter(**key).update(reached=F("reached") + 1)
    return (await NoticeSeries.get(**key)).reached


async def _office(change: Change, guide: ServiceItem) -> tuple[str, str, str]:
    """Who decides: key, name for the letterhead, telephone. It is the same before and after the acceptance."""
    matter = await load_matter(change.matter.id)
    organisation_id = matter.organisation_id
    department = DEPARTMENTS[guide.department]
    if organisation_id is None and guide.decision_level is not DecisionLevel.COUNTY:
        organisation_id = await township_of(matter.area_id)
    found = await get_organisation(organisation_id) if organisation_id else await find_organisation(guide.department)
    if found is None:
        return guide.department, department.full_name.zh, department.phone
    return str(found.id), found.name_zh, found.phone or (department.phone if found.code == guide.department else "")


async def _facts(change: Change, name: str, guide: ServiceItem, office: str, phone: str) -> NoticeFacts:
    case = await case_of(change.matter.id)
    person = await get_person(change.matter.applicant_id) if change.matter.applicant_id else None
    code, ends = change.matter.code, await _clocks_end(change) if name in _NAMES_A_DAY else {}
    return NoticeFacts(
        office=office,
        phone=phone,
        applicant=(person.name or "") if person else "",
        item=guide.name.zh,
        code=f"{code[:4]} {code[4:]}",
        sent=_day(change.matter.created_at),
        day=_day(change.now),
        due=ends.get("committed") or ends.get("statutory"),
        papers_due=ends.get("papers"),
        reason=str(change.step_data.get("reason") or case.reason),
        days=str(change.step_data.get("days") or getattr(change.data, "days", "") or ""),
        result=guide.result.zh,
        remedy=remedy_of(WORDS, guide.item_type),
        listed=_listed(change, case, guide, name),
    )


def _listed(change: Change, case: Case, guide: ServiceItem, name: str) -> Sequence[str]:
    """What is to be put right; or the papers that follow."""
    if name == "correction":
        return case.correction.splitlines()
    papers = change.step_data.get("papers") if name == "gap" else None
    return [each.name.zh for each in guide.materials if each.code in papers] if isinstance(papers, list) else ()


async def _clocks_end(change: Change) -> dict[str, date]:
    """The last day of each clock that runs after this change, by kind."""
    clocks = (await get_detail(change.matter, change.by, now=change.now)).clocks
    return {clock.kind: last_day(clock.due_at) for clock in clocks if clock.state == "running"}


def _day(moment: datetime) -> date:
    return moment.astimezone(COUNTY_ZONE).date()
