"""Neighbours whom a clerk has mistaken for each other: one case waits for a colleague's look, one is put right."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from lianxin.api import Actor, PersonCard, PersonRow, advance, cards_of, get_vault, load_matter
from lianxin_eservices.actions.wrong_person import ASK, MOVE
from lianxin_eservices.demo.cast import PUZILING, find_cast
from lianxin_eservices.forms_wrong_person import MoveForm, RightPersonForm
from lianxin_eservices.models import Case
from lianxin_eservices.queries.wrong_person import standing_of
from lianxin_eservices.rules.wrong_person import why_not

HOW: Final = (
    "两人前后脚来窗口，录的时候点成了前一位。",
    "两人一起来的，一个替另一个拿着材料，录的时候选错了人。",
)


async def fill_wrong_person(now: datetime) -> None:
    """Of what the station entered and has not checked yet."""
    cast = await find_cast(now)
    cards = await cards_of([card.id for card in cast.here if card.seen_by_desk], masked=False)
    people = sorted(cards.values(), key=lambda card: str(card.id))
    found = Case.filter(whom="desk", matter__area__code=PUZILING, matter__state="submitted", matter__owner_id=None)
    cases = await found.order_by("-matter_id").limit(8)
    told = 0
    for case in cases:
        if told == len(HOW) or why_not(await standing_of(await load_matter(case.matter_id))):
            continue
        right = next(card for card in people[told:] if card.id != case.contact_id)
        await _say(case, right, HOW[told], cast.station, now - timedelta(hours=told + 1), moved=told > 0)
        told += 1


async def _say(
    case: Case, right: PersonCard, how: str, station: tuple[Actor, ...], at: datetime, *, moved: bool
) -> None:
    number = await _number_of(right)
    card = RightPersonForm(name=right.name, id_number=number, consent="desk_voice", reason=how)
    matter = await advance(await load_matter(case.matter_id), ASK, by=station[0], now=at, data=card)
    if moved:
        at = at + timedelta(minutes=20)
        await advance(matter, MOVE, by=station[1], now=at, data=MoveForm(looked=[str(right.id)]))


async def _number_of(person: PersonCard) -> str:
    """As it stands on her card."""
    row = await PersonRow.get(id=person.id)
    assert row.id_number is not None  # the desk has seen the card
    return get_vault().open_for_delivery(row.id_number, table="person", column="id_number", row_id=row.id)
