"""One box: a code leads to its matter, all else finds people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin.api import (
    FormView,
    InvalidValue,
    PersonCard,
    See,
    Shown,
    Visit,
    _,
    find_visible,
    parse_code,
    search_people,
)
from lianxin.shells.desk.access import CHANGE, PEOPLE
from lianxin.shells.desk.forms import FindForm
from lianxin.shells.desk.people import found_address


@dataclass(frozen=True, slots=True)
class Found:
    """One person found, and where her card is."""

    card: PersonCard
    href: str


@dataclass(frozen=True, slots=True)
class FindPage:
    """The box and what it found. `asked` is empty before something was asked."""

    template: ClassVar[str] = "desk/find.html"
    shell: ClassVar[str] = "desk"

    title: str
    asked: str
    form: FormView
    people: list[Found]
    new_href: str


async def show_find(visit: Visit) -> FindPage:
    """The box, empty."""
    return _page(visit, "", [])


async def search(visit: Visit, form: FindForm) -> See | Shown:
    """Looks it up. What was typed never stands in an address: it may be an ID number."""
    try:
        code = parse_code(form.q)
    except InvalidValue:
        code = ""
    if code and await find_visible(code, visit.actor):
        return See(visit.url("desk:matter", code=code))
    found = await _search_near(visit, form.q)
    return Shown(_page(visit, form.q, [Found(card, found_address(visit, card.id)) for card in found]))


async def _search_near(visit: Visit, text: str) -> list[PersonCard]:
    """In each place where she may look, without doubles."""
    found: dict[object, PersonCard] = {}
    grants = visit.actor.grants_with(PEOPLE)
    paths = {grant.area_path for grant in grants}
    for path in [None] if None in paths else sorted(path for path in paths if path):
        found |= {card.id: card for card in await search_people(text, within=path, masked=True, now=visit.now)}
    return list(found.values())


def _page(visit: Visit, asked: str, people: list[Found]) -> FindPage:
    form = visit.form(FindForm, visit.url("desk:search"), values={"q": asked})
    new = visit.url("desk:new_person") if visit.actor.may(CHANGE) else ""
    return FindPage(_("Find"), asked, form, people, new)
