"""One more fact: a telephone may have gone to somebody else, so a number alone does not always open what is private."""

from __future__ import annotations

from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final
from uuid import UUID

from tortoise.queryset import QuerySet

from lianxin.access.limits import FACT_TRIES, TooManyTries, Try, attempt_key, counted_apart, take_back, use_up
from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault
from lianxin.declarations import Refused
from lianxin.directory.models import Person, PersonPhone
from lianxin.directory.people.numbers import TAIL, TAIL_PURPOSE
from lianxin.i18n import N_
from lianxin.values.text import plain_capitals

SILENT_AFTER: Final = timedelta(days=180)


async def needs_second_fact(person_id: UUID, phone_key: str, *, now: datetime, after: timedelta = SILENT_AFTER) -> bool:
    """Whether the code alone is not enough for this person: the desk bound the number and she never proved it to be

    hers, or nobody signed in by it for `after`. Somebody of whom we know neither name nor number has no fact to tell,
    and nothing to hide yet. To be asked before the session is full.
    """
    person = await Person.get(id=person_id)
    if not person.name and person.id_number_tail_key is None:
        return False
    bound = await _binding(person_id, phone_key).select_related("phone").first()
    if bound is None or bound.bound_by == "desk":
        return True
    return abs(now - (bound.phone.last_used_at or bound.since)) > after


def _binding(person_id: UUID, phone_key: str) -> QuerySet[PersonPhone]:
    return PersonPhone.filter(person_id=person_id, phone__number_key=phone_key, ended_at=None)


@counted_apart
async def check_second_fact(person_id: UUID, answer: str, *, phone_key: str, now: datetime) -> None:
    """Her name, or the last four characters of her ID number. A number that the desk bound is hers from now on.

    Raises Refused (422, field answer), TooManyTries (429). Not to be called inside unit_of_work(): a wrong try must
    stay counted.
    """
    admitted = await use_up([Try("second_fact", attempt_key(str(person_id)), FACT_TRIES)], now=now)
    if isinstance(admitted, timedelta):
        raise TooManyTries(admitted)
    if not fits(await Person.get(id=person_id), answer):
        raise Refused(
            "access.wrong_fact",
            N_("This does not fit what we know. Write your name as on the ID card, or its last four characters."),
            status=422,
            field="answer",
        )
    await take_back(admitted)
    async with unit_of_work():
        bound = await _binding(person_id, phone_key).first()
        if bound is not None:
            await PersonPhone.filter(id=bound.id).update(bound_by="self")


def fits(person: Person, answer: str) -> bool:
    """Whether the answer is the person's name or the tail of her number. Both are compared, whichever was meant."""
    said = plain_capitals(answer).replace(" ", "")
    tail = get_vault().index(said[:TAIL], purpose=TAIL_PURPOSE)
    by_name = bool(person.name) and compare_digest(said.encode(), plain_capitals(person.name).replace(" ", "").encode())
    by_tail = len(said) == TAIL and compare_digest(tail, person.id_number_tail_key or "")
    return by_name or by_tail
