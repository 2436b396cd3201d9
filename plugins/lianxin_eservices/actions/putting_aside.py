"""An application is put aside with a slip, and goes on by it: at any desk, by the person herself, by her proxy."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tortoise.expressions import F

from lianxin.api import (
    ADDRESS_TRIES,
    N_,
    TEN_TRIES,
    Actor,
    Refused,
    TooManyTries,
    Try,
    address_key,
    attempt_key,
    card_of,
    counted_apart,
    fits_last_four,
    get_settings,
    get_vault,
    give_files,
    record,
    take_back,
    unit_of_work,
    use_up,
)
from lianxin_eservices.access import HANDLE
from lianxin_eservices.models import Draft, DraftSlip, GivenMaterial
from lianxin_eservices.queries.authorisations import covers, leaves_of_proxy
from lianxin_eservices.queries.drafts import DraftView, open_answers, view_draft
from lianxin_eservices.rules.putting_aside import ALPHABET, LENGTH, MOST_TRIES, fact_fits, read_code
from lianxin_eservices.settings import EservicesSettings

PURPOSE: Final = "eservices_draft_slip"


@dataclass(frozen=True, slots=True)
class Aside:
    """A slip, told once."""

    code: str
    expires_at: datetime


async def put_aside(draft: DraftView, *, by: Actor, now: datetime) -> Aside:
    """A new slip for what somebody else enters for a person; an earlier one no longer holds.

    The draft is kept as long as the slip. Raises Refused (403) for one's own.
    """
    assert by.person_id is not None  # the route asks for somebody signed in
    if draft.made_by_id is None:
        text = N_("This is your own: it is kept in your account, and you need no slip.")
        raise Refused("eservices.no_slip_needed", text, status=403)
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    until = now + timedelta(days=(await get_settings(EservicesSettings)).draft_days)
    async with unit_of_work():
        if not await Draft.filter(id=draft.id, ended_at=None).update(updated_at=now, expires_at=until):
            raise _gone()
        await DraftSlip.filter(draft_id=draft.id, ended_at=None).update(ended_at=now)
        await DraftSlip.create(
            draft_id=draft.id, code_key=_key(code), made_by_id=by.person_id, created_at=now, expires_at=until
        )
        await record("eservices.put_aside", by=by, object_kind="draft", object_id=draft.id, now=now)
    return Aside(code, until)


def _key(code: str) -> str:
    return get_vault().index(code, purpose=PURPOSE)


def _gone() -> Refused:
    return Refused("eservices.no_draft", N_("Nothing under way here any more."), status=404)


@counted_apart
async def find_aside(code: str, fact: str, *, address: str, now: datetime) -> UUID:
    """The draft of a slip, for whoever has one fact of the person as well.

    Raises Refused (422), the same for an unknown slip, an old one and a wrong fact, and TooManyTries (429). Not to be
    called inside unit_of_work(): a wrong try must stay counted.
    """
    read = read_code(code)
    admitted = await use_up(
        [
            Try("draft_slip", attempt_key(f"{read}|{address_key(address)}"), TEN_TRIES),
            Try("draft_slip_address", address_key(address), ADDRESS_TRIES),
        ],
        now=now,
    )
    if isinstance(admitted, timedelta):
        raise TooManyTries(admitted)
    slip = await DraftSlip.get_or_none(code_key=_key(read), ended_at=None, expires_at__gt=now, draft__ended_at=None)
    if slip is None or not await _fits(slip, fact):
        text = N_("No application is kept under this slip with what you added, or its time is over. The desk helps.")
        raise Refused("eservices.wrong_slip", text, status=422, field="code")
    await take_back(admitted)
    return slip.draft_id


async def _fits(slip: DraftSlip, fact: str) -> bool:
    """Counted before it is compared: of many tries at once none is free."""
    async with unit_of_work():
        if not await DraftSlip.filter(id=slip.id, tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
            return False
    row = await Draft.get(id=slip.draft_id)
    card, answers = await card_of(row.person_id, masked=False), open_answers(row)
    numbers = (card.id_number, card.phone, answers.id_number, answers.phone or "")
    right = await fits_last_four(row.person_id, fact)
    if fact_fits(fact, numbers, (card.name, answers.name)) or right:
        async with unit_of_work():
            await DraftSlip.filter(id=slip.id).update(tries=0)
        return True
    return False


async def take_up(draft_id: UUID, *, by: Actor, now: datetime) -> bool:
    """Goes on with it, if this visitor may: a colleague at the desk, the person herself, her proxy.

    False: the slip alone opens no page with her data. Raises Refused where the same is under way already.
    """
    async with unit_of_work():
        row = await Draft.filter(id=draft_id, ended_at=None).select_for_update().first()
        if row is None:
            raise _gone()
        writer = await _writer(row, by, now)
        if writer is None:
            return False
        made_by, leave = writer
        if (row.made_by_id, row.authorisation_id) != (made_by, leave):
            await _refuse_second(row, made_by, leave)
            await Draft.filter(id=row.id).update(made_by_id=made_by, authorisation_id=leave, updated_at=now)
            papers = await GivenMaterial.filter(draft_id=row.id)
            await give_files([UUID(each) for paper in papers for each in paper.files], made_by or row.person_id)
        await record("eservices.take_up", by=by, object_kind="draft", object_id=row.id, now=now)
    return True


async def _writer(row: Draft, by: Actor, now: datetime) -> tuple[UUID | None, UUID | None] | None:
    """Who writes it from now on, and by which authorisation; None: not this visitor."""
    if by.person_id is None:
        return None
    if row.person_id in by.person_ids:
        if by.staff:
            text = N_("You can't enter your own application at the desk. Apply as a resident.")
            raise Refused("eservices.own", text, status=403)
        return None, None
    if by.may(HANDLE):
        return by.person_id, None
    items = [part.item for part in (await view_draft(row, now)).chosen]
    leaves = await leaves_of_proxy(by.person_ids, now)
    fitting = [each for each in leaves if each.person_id == row.person_id]
    for leave in sorted(fitting, key=lambda each: each.ends_at, reverse=True):
        if all(covers(leave, by.person_id, item, now) for item in items):
            return by.person_id, leave.id
    return None


async def _refuse_second(row: Draft, made_by: UUID | None, leave: UUID | None) -> None:
    begun = Draft.filter(person_id=row.person_id, subject=row.subject, made_by_id=made_by, ended_at=None)
    if await begun.filter(authorisation_id__isnull=leave is None).exclude(id=row.id).exists():
        text = N_("You have begun the same yourself. Send that one, or throw it away first.")
        raise Refused("eservices.begun_twice", text)


async def forget_slips(now: datetime) -> None:
    """Slips whose time is over: their drafts are dropped by then. The body of a job."""
    await DraftSlip.filter(expires_at__lt=now).delete()
