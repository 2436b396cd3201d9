"""Authorisations, read: whom I may act for, who may act for me, and what was done by them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.api import N_, MatterInfo, MatterRow, Refused, Visit, format_date, get_flow, people_of, title_of
from lianxin_eservices.models import Authorisation, Case, Draft
from lianxin_eservices.queries.items import LIFE_EVENTS, PublishedItem, list_published
from lianxin_eservices.rules.authorisation import METHODS, RELATIONSHIPS, Leave, may_act
from lianxin_eservices.rules.bundle import LIFE
from lianxin_eservices.rules.days import last_day

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Deed:
    """One application made for somebody: a draft (`code` empty) or a case."""

    id: str
    code: str
    title: str
    state: str
    tag: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Acting:
    """One authorisation in words. `name` is the other one's: the person's for her proxy, the proxy's for her."""

    leave: Leave
    name: str
    relationship: str
    how: str
    items: tuple[str, ...]
    until: str
    running: bool
    deeds: tuple[Deed, ...]


def leave_of(row: Authorisation) -> Leave:
    """What the rule looks at."""
    return Leave(
        id=row.id,
        person_id=row.person_id,
        proxy_id=row.proxy_id,
        items=tuple(row.items),
        relationship=row.relationship,
        method=row.method,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        ended_at=row.ended_at,
    )


async def leave_by_id(authorisation_id: UUID) -> Leave:
    """One that is known to be there; inside a unit of work nobody ends it meanwhile."""
    return leave_of(await Authorisation.get(id=authorisation_id))


async def may_go_on(
    authorisation_id: UUID, proxy_id: UUID | None, items: Iterable[PublishedItem], now: datetime
) -> bool:
    """Whether what was begun by this authorisation, for all of these services, may be gone on with by the proxy now."""
    leave = await leave_by_id(authorisation_id)
    return all(covers(leave, proxy_id, item, now) for item in items)


def covers(leave: Leave, proxy_id: UUID | None, item: PublishedItem, now: datetime) -> bool:
    """Whether the proxy may act by this authorisation in this service now."""
    return may_act(
        leave,
        proxy_id=proxy_id,
        person_id=leave.person_id,
        item=item.guide.code,
        proxy_allowed=item.guide.proxy_allowed,
        now=now,
    )


async def leaves_of_proxy(proxy_ids: Collection[UUID], now: datetime) -> list[Leave]:
    """Those by which this person may act now."""
    rows = await Authorisation.filter(proxy_id__in=list(proxy_ids), ended_at=None).order_by("-id").limit(200)
    return [leave for leave in map(leave_of, rows) if leave.in_force(now)]


async def list_acting(visit: Visit) -> list[Acting]:
    """The client list: whom this visitor may act for now, with what she entered for each."""
    leaves = await leaves_of_proxy(visit.actor.person_ids, visit.now)
    return await _shown(leaves, [leave.person_id for leave in leaves], visit)


async def list_proxies(visit: Visit) -> list[Acting]:
    """Who may act, or could act, for this visitor, with what they did; those in force first."""
    rows = await Authorisation.filter(person_id__in=list(visit.actor.person_ids)).order_by("-id").limit(MOST_SHOWN)
    leaves = sorted(map(leave_of, rows), key=lambda leave: not leave.in_force(visit.now))
    return await _shown(leaves, [leave.proxy_id for leave in leaves], visit)


async def load_acting(visit: Visit, text: str) -> Acting:
    """For routes: an authorisation by which this visitor may act now. Refused with 404 otherwise."""
    try:
        wanted = UUID(text)
    except ValueError as wrong:
        raise no_leave() from wrong
    row = await Authorisation.get_or_none(id=wanted, proxy_id__in=list(visit.actor.person_ids), ended_at=None)
    if row is None or not leave_of(row).in_force(visit.now):
        raise no_leave()
    return (await _shown([leave_of(row)], [row.person_id], visit))[0]


async def load_given(visit: Visit, text: str) -> Leave:
    """For routes: an authorisation that this visitor gave. Refused with 404 otherwise."""
    try:
        row = await Authorisation.get_or_none(id=UUID(text), person_id__in=list(visit.actor.person_ids))
    except ValueError:
        row = None
    if row is None:
        raise no_leave()
    return leave_of(row)


def no_leave() -> Refused:
    """Run out, taken back, never given: all look alike."""
    text = N_("You may not act for this person now. Ask her or him for a new code, or come to the desk together.")
    return Refused("eservices.no_leave", text, status=404)


async def _shown(leaves: list[Leave], names_of: list[UUID], visit: Visit) -> list[Acting]:
    """In words: five queries, however many they are."""
    people = await people_of(names_of)
    published = await list_published()
    items = {item.guide.code: item.guide.plain_name.in_language(visit.language) for item in published}
    titles = items | {LIFE + event.code: event.title.in_language(visit.language) for event in LIFE_EVENTS.values()}
    deeds = await _deeds([leave.id for leave in leaves], titles, visit)
    return [
        Acting(
            leave=leave,
            name=people[other].name if other in people else "",
            relationship=str(RELATIONSHIPS[leave.relationship]),
            how=str(METHODS[leave.method]),
            items=tuple(items.get(code, code) for code in leave.items),
            until=format_date(last_day(leave.ends_at)),
            running=leave.in_force(visit.now),
            deeds=tuple(deeds.get(leave.id, ())),
        )
        for leave, other in zip(leaves, names_of, strict=True)
    ]


async def _deeds(ids: Iterable[UUID], titles: Mapping[str, str], visit: Visit) -> dict[UUID, list[Deed]]:
    """What this visitor may see of it: the applicant all, her proxy what she has not taken over."""
    wanted, hers = list(ids), set(visit.actor.person_ids)
    found: dict[UUID, list[Deed]] = {each: [] for each in wanted}
    if not wanted:
        return found
    for draft in await Draft.filter(authorisation_id__in=wanted, ended_at=None).order_by("-updated_at").limit(100):
        assert draft.authorisation_id is not None
        title = titles.get(draft.subject, "")
        found[draft.authorisation_id].append(Deed(str(draft.id), "", title, "", "wait", draft.updated_at))
    cases = await Case.filter(authorisation_id__in=wanted).order_by("-matter_id").limit(100).select_related("matter")
    for case in cases:
        assert case.authorisation_id is not None
        if not hers.isdisjoint((case.matter.applicant_id, case.matter.made_by_id)):
            found[case.authorisation_id].append(_case_deed(case.matter))
    return found


def _case_deed(row: MatterRow) -> Deed:
    state = get_flow(row.flow).state(row.state)
    return Deed(str(row.id), row.code, title_of(row), str(state.title), state.tag, row.created_at)


async def proxy_told(authorisation_id: UUID | None, made_by_id: UUID | None, now: datetime) -> UUID | None:
    """Who besides the applicant is told about a case: her proxy, as long as she still leaves it to the proxy."""
    if authorisation_id is None or made_by_id is None:
        return None
    return made_by_id if (await leave_by_id(authorisation_id)).in_force(now) else None


async def acted_for(visit: Visit, matter: MatterInfo) -> str:
    """Whose case this visitor looks at as her proxy: the name; empty when it is her own or she is staff."""
    ids = visit.actor.person_ids
    if matter.applicant_id is None or matter.applicant_id in ids or matter.made_by_id not in ids:
        return ""
    people = await people_of([matter.applicant_id])
    return people[matter.applicant_id].name
