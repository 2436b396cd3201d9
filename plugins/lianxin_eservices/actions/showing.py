"""In-hand help: she shows her page to the desk, which looks and points; typing and sending stay hers."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from lianxin.api import (
    ADDRESS_TRIES,
    N_,
    TEN_TRIES,
    Actor,
    Refused,
    TooManyTries,
    Try,
    _,
    address_key,
    attempt_key,
    counted_apart,
    get_area,
    get_person,
    get_vault,
    publish,
    record,
    take_back,
    unit_of_work,
    use_language,
    use_up,
    uuid7,
)
from lianxin_eservices.access import HANDLE
from lianxin_eservices.models import Draft, Showing
from lianxin_eservices.queries.drafts import TABLE as DRAFTS
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.queries.showing import QUIET, TABLE, over, runs

CHANGED: Final = "eservices.showing"
NUMBER_LIVES: Final = timedelta(minutes=10)
_FORGOTTEN: Final[dict[str, Any]] = {"number": None, "number_key": None}


async def show(draft: DraftView, step: str, *, by: Actor, now: datetime) -> None:
    """A number to tell on the telephone; one that still runs stays."""
    assert by.person_id is not None  # the route asks for somebody signed in
    if draft.desk:
        raise Refused("eservices.at_desk", N_("You are the desk: look at it yourself."), status=403)
    async with unit_of_work():
        await Draft.filter(id=draft.id).select_for_update().first()
        row = await Showing.filter(draft_id=draft.id, ended_at=None).first()
        if row is not None and runs(row, now):
            return
        await _end(Showing.filter(draft_id=draft.id, ended_at=None), now)
        number, made = await _free_number(), uuid7()
        await Showing(
            id=made,
            draft_id=draft.id,
            person_id=by.person_id,
            number=get_vault().seal(number, table=TABLE, column="number", row_id=made),
            number_key=_key(number),
            step=step,
            created_at=now,
            expires_at=now + NUMBER_LIVES,
            moved_at=now,
        ).save(force_create=True)


async def _free_number() -> str:
    while True:
        number = f"{secrets.randbelow(1_000_000):06d}"
        if not await Showing.exists(number_key=_key(number)):
            return number


def _key(number: str) -> str:
    return get_vault().index(number, purpose=TABLE)


async def _end(rows: Any, now: datetime) -> int:
    return int(await rows.update(ended_at=now, **_FORGOTTEN))


@counted_apart
async def join(number: str, *, by: Actor, address: str, now: datetime) -> UUID:
    """The colleague types what she was told: from now on she sees the page, and that is written down.

    Raises Refused (422), the same for a wrong number, an old one and one of another community, and TooManyTries (429).
    Not to be called inside unit_of_work(): a wrong try must stay counted.
    """
    mine = Try("showing", attempt_key(str(by.person_id)), TEN_TRIES)
    admitted = await use_up([mine, Try("showing_address", address_key(address), ADDRESS_TRIES)], now=now)
    if isinstance(admitted, timedelta):
        raise TooManyTries(admitted)
    row = await Showing.get_or_none(
        number_key=_key("".join(number.split())), expires_at__gt=now, ended_at=None, draft__ended_at=None
    )
    if row is None or row.person_id in by.person_ids or not await _near(row.person_id, by):
        raise _wrong_number()
    await take_back(admitted)
    async with unit_of_work():
        free = Showing.filter(id=row.id, colleague_id=None, ended_at=None)
        if not await free.update(colleague_id=by.person_id, moved_at=now, **_FORGOTTEN):
            raise _wrong_number()
        draft = await Draft.get(id=row.draft_id)
        assert draft.answers is not None  # it is open
        assert by.person_id is not None  # the route asks for a permission
        with use_language("zh_Hans"):
            purpose = _("Help with a form, at her or his wish")
        await get_vault().reveal(
            draft.answers,
            table=DRAFTS,
            column="answers",
            row_id=draft.id,
            subject_id=row.person_id,
            by=by.person_id,
            purpose=purpose,
            now=now,
        )
        await record("eservices.look_with", by=by, object_kind="draft", object_id=row.draft_id, now=now)
        await _tell(row.id, now)
    return row.id


def _wrong_number() -> Refused:
    text = N_(
        "No page is shown under this number now. Ask whether it was told right; after ten minutes there is a new one."
    )
    return Refused("eservices.wrong_number", text, status=422, field="number")


async def _near(person_id: UUID, by: Actor) -> bool:
    """Whether her home is where this colleague works; of whom we don't know the home, the number is enough."""
    home = (await get_person(person_id)).home_area_id
    return by.may(HANDLE) if home is None else by.may(HANDLE, area_path=(await get_area(home)).path)


async def _tell(showing_id: UUID, now: datetime) -> None:
    await publish(CHANGED, ids={"showing": str(showing_id)}, now=now)


async def move(draft_id: UUID, step: str, *, now: datetime) -> None:
    """She has gone on: whoever looks sees the page on which she stands."""
    rows = Showing.filter(draft_id=draft_id, ended_at=None)
    row = await rows.first()
    if row is None or not runs(row, now):
        return
    async with unit_of_work():
        await rows.update(step=step, pointed="", moved_at=now)
        await _tell(row.id, now)


async def point(row: Showing, field: str, *, now: datetime) -> None:
    """The colleague points at a field; empty: at none."""
    async with unit_of_work():
        if not await Showing.filter(id=row.id, ended_at=None).update(pointed=field[:40], moved_at=now):
            raise over()
        await _tell(row.id, now)


async def stop(draft_id: UUID, *, now: datetime) -> None:
    """By her tap, by the colleague's, or because it was sent: from the next moment nobody sees it."""
    rows = Showing.filter(draft_id=draft_id, ended_at=None)
    row = await rows.first()
    if row is None:
        return
    async with unit_of_work():
        await _end(rows, now)
        await _tell(row.id, now)


async def end_quiet(now: datetime) -> int:
    """Forgets numbers that nobody used, and ends what was quiet. The body of a job; answers how many."""
    async with unit_of_work():
        unused = await _end(Showing.filter(colleague_id=None, ended_at=None, expires_at__lte=now), now)
        return unused + await _end(Showing.filter(ended_at=None, moved_at__lte=now - QUIET), now)
