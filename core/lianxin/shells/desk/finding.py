"""One box: a code or a scanned address leads to its page, all else finds people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin.api import (
    FormView,
    MatterRow,
    PersonCard,
    See,
    Shown,
    Visit,
    _,
    all_flows,
    find_flow,
    find_visible,
    next_step,
    same_person_ids,
    search_people,
    title_of,
    visible_matters,
)
from lianxin.shells.desk.access import CHANGE, PEOPLE
from lianxin.shells.desk.forms import FindForm
from lianxin.shells.desk.people import MATTERS, found_address
from lianxin.shells.desk.scanning import code_in, scanned

LONGEST = 60
"""Of a name or a number. An address from a scanner is longer."""


@dataclass(frozen=True, slots=True)
class Found:
    """One person found, and where her card is."""

    card: PersonCard
    href: str


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A matter of the one person who was found, in the words that are read to her on the telephone."""

    title: str
    code: str
    icon: str
    state: str
    tag: str
    says: str


@dataclass(frozen=True, slots=True)
class FindPage:
    """The box and what it found. `asked` is empty before something was asked.

    `under_way` is of the person, when there is only one: whoever calls hears how it stands without a further step.
    """

    template: ClassVar[str] = "desk/find.html"
    shell: ClassVar[str] = "desk"

    title: str
    asked: str
    form: FormView
    people: list[Found]
    under_way: list[UnderWay]
    new_href: str


async def show_find(visit: Visit) -> FindPage:
    """The box, empty."""
    return _page(visit, "", [], [])


async def search(visit: Visit, form: FindForm) -> See | Shown:
    """Looks it up. What was typed never stands in an address: it may be an ID number."""
    leads = await scanned(visit, form.q)
    if leads:
        return See(leads)
    code, text = code_in(form.q), form.q[:LONGEST]
    if code and await find_visible(code, visit.actor):
        return See(visit.url("desk:matter", code=code))
    found = await _search_near(visit, text)
    under_way = await _under_way(visit, found[0]) if len(found) == 1 else []
    return Shown(_page(visit, text, [Found(card, found_address(visit, card.id)) for card in found], under_way))


async def _under_way(visit: Visit, card: PersonCard) -> list[UnderWay]:
    """What is under way for her of all that this colleague may see."""
    seen = visible_matters(visit.actor, all_flows())
    ids = await same_person_ids(card.id)
    rows = await MatterRow.filter(seen, applicant_id__in=ids, closed_at=None).order_by("-id").limit(MATTERS)
    found = []
    for row in rows:
        flow = find_flow(row.flow)
        if flow is not None:
            state = flow.state(row.state)
            told = next_step(flow, state, row.due_kind, row.due_at, visit.now)
            found.append(UnderWay(title_of(row), row.code, flow.icon, str(state.title), state.tag, told))
    return found


async def _search_near(visit: Visit, text: str) -> list[PersonCard]:
    """In each place where she may look, without doubles."""
    found: dict[object, PersonCard] = {}
    grants = visit.actor.grants_with(PEOPLE)
    paths = {grant.area_path for grant in grants}
    for path in [None] if None in paths else sorted(path for path in paths if path):
        found |= {card.id: card for card in await search_people(text, within=path, masked=True, now=visit.now)}
    return list(found.values())


def _page(visit: Visit, asked: str, people: list[Found], under_way: list[UnderWay]) -> FindPage:
    form = visit.form(FindForm, visit.url("desk:search"), values={"q": asked})
    new = visit.url("desk:new_person") if visit.actor.may(CHANGE) else ""
    return FindPage(_("Find"), asked, form, people, under_way, new)
