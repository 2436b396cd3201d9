"""Slips: who waits, where one stands, what the wall shows, what was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lianxin.api import Actor, MatterRow, all_flows, find_flow, get_vault, mask_name, title_of, visible_matters
from lianxin_counter.models import Counter, Day, Made, Slip
from lianxin_counter.rules.numbers import median_wait, show_number, spoken_number
from lianxin_counter.rules.order import Waiting, ahead_of, in_turn
from lianxin_counter.states import BUSY, CALLED, DONE, MISSED, REASONS, TAGS, TITLES, WAITING

_TABLE = "counter_slip"
ON_THE_WALL = 6


@dataclass(frozen=True, slots=True)
class SlipShown:
    """A slip for the desk. `name` is masked. `expected` is the counter it was handed to, 0: any."""

    id: UUID
    area_id: UUID
    code: str
    number: str
    state: str
    state_title: str
    tag: str
    reason: str
    name: str
    about: str
    taken_at: datetime
    calls: int
    expected: int = 0
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """What somebody sees who holds the slip: her number, how many are before her, where to go."""

    number: str
    code: str
    state: str
    ahead: int
    counter: int
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Called:
    """One line of the wall. `key` changes with each call, so that it is spoken once."""

    number: str
    spoken: str
    counter: int
    key: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Of today. `median` None: nobody was called yet."""

    waiting: int
    done: int
    missed: int
    median: int | None


@dataclass(frozen=True, slots=True)
class MadeShown:
    """A matter that was made while the slip was served; `may_open`: this colleague sees it."""

    title: str
    code: str
    icon: str
    state: str
    tag: str
    may_open: bool


async def to_wait(area_id: UUID, day: date) -> list[Waiting]:
    """All who wait at the station, in no order."""
    rows = await Slip.filter(area_id=area_id, day=day, state=WAITING).values(
        "id", "kind", "taken_at", "number", "meant_for_id"
    )
    return [Waiting(row["id"], row["kind"], row["taken_at"], row["number"], row["meant_for_id"]) for row in rows]


async def _streak(area_id: UUID, day: date) -> int:
    today = await Day.filter(area_id=area_id, day=day).first()
    return today.streak if today else 0


async def count_waiting(area_id: UUID, day: date) -> int:
    """For the badge and the tablet."""
    return await Slip.filter(area_id=area_id, day=day, state=WAITING).count()


async def line_of(area_id: UUID, day: date) -> list[SlipShown]:
    """Who waits, in the order in which they will be called."""
    rows = await Slip.filter(area_id=area_id, day=day, state=WAITING).prefetch_related("meant_for")
    by_id = {row.id: row for row in rows}
    waiting = [Waiting(row.id, row.kind, row.taken_at, row.number, row.meant_for_id) for row in rows]
    return [shown(by_id[slip.id]) for slip in in_turn(waiting, await _streak(area_id, day))]


async def kept_back(area_id: UUID, day: date) -> list[SlipShown]:
    """Who was not there when called, the latest first."""
    rows = await Slip.filter(area_id=area_id, day=day, state=MISSED).order_by("-called_at")
    return [shown(row) for row in rows]


async def held_by(person_id: UUID | None) -> Slip | None:
    """The slip at a clerk's counter."""
    return await Slip.filter(clerk_id=person_id, state__in=BUSY).select_related("counter").first()


def shown(row: Slip, *, by: UUID | None = None) -> SlipShown:
    """The row, closed; names masked."""
    name = ""
    if row.name is not None:
        name = get_vault().masked(row.name, table=_TABLE, column="name", row_id=row.id, mask=mask_name)
    expected = row.meant_for.number if isinstance(row.meant_for, Counter) else 0
    return SlipShown(
        id=row.id,
        area_id=row.area_id,
        code=row.code,
        number=show_number(row.kind, row.number),
        state=row.state,
        state_title=str(TITLES[row.state]),
        tag=TAGS[row.state],
        reason=str(REASONS.get(row.priority, "")),
        name=name,
        about=row.about,
        taken_at=row.taken_at,
        calls=row.calls,
        expected=expected,
        mine=row.state in BUSY and row.clerk_id == by and by is not None,
    )


async def follow(slip: Slip) -> Followed:
    """Where it stands."""
    waits = slip.state == WAITING
    ahead = 0
    if waits:
        waiting = await to_wait(slip.area_id, slip.day)
        ahead = ahead_of(slip.id, waiting, await _streak(slip.area_id, slip.day))
    number = slip.counter.number if isinstance(slip.counter, Counter) else 0
    return Followed(show_number(slip.kind, slip.number), slip.code, slip.state, ahead, number, slip.taken_at)


async def on_the_wall(area_id: UUID, day: date) -> list[Called]:
    """Who was called and has not been sent home, the latest call first."""
    rows = await Slip.filter(area_id=area_id, day=day, state__in=BUSY).select_related("counter")
    rows = sorted(rows, key=lambda row: (row.state == CALLED, row.called_at), reverse=True)[:ON_THE_WALL]
    return [_called(row, row.counter) for row in rows if row.counter is not None]


def _called(row: Slip, counter: Counter) -> Called:
    number = show_number(row.kind, row.number)
    return Called(number, spoken_number(number), counter.number, f"{number}-{row.calls}")


async def figures_of(area_id: UUID, day: date) -> Figures:
    """How many wait, were served, were not there; and how long the one in the middle waited."""
    rows = await Slip.filter(area_id=area_id, day=day).values_list("state", "taken_at", "first_called_at")
    states = [row[0] for row in rows]
    waits = [(taken, called) for _, taken, called in rows if called is not None]
    return Figures(states.count(WAITING), states.count(DONE), states.count(MISSED), median_wait(waits))


async def made_during(slip_id: UUID, by: Actor) -> list[MadeShown]:
    """What came of it, the first first."""
    ids = [row["matter_id"] for row in await Made.filter(slip_id=slip_id).order_by("at").values("matter_id")]
    if not ids:
        return []
    rows = {row.id: row for row in await MatterRow.filter(id__in=ids)}
    may_see = visible_matters(by, all_flows())
    seen = {row["id"] for row in await MatterRow.filter(may_see, id__in=ids).values("id")}
    return [_made(rows[each], may_open=each in seen) for each in ids]


def _made(row: MatterRow, *, may_open: bool) -> MadeShown:
    flow = find_flow(row.flow)
    if flow is None:
        return MadeShown(title_of(row), row.code, "doc", "", "plain", may_open=False)
    state = flow.state(row.state)
    return MadeShown(title_of(row), row.code, flow.icon, str(state.title), state.tag, may_open)
