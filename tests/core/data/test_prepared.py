"""A prepared question answers what the ORM's own would, each time with the values of that time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from tortoise.queryset import ValuesQuery

from lianxin.access.models import Session
from lianxin.access.sessions import hash_token, open_session
from lianxin.config import Config
from lianxin.data.prepared import EPOCH, Prepared
from lianxin.data.unit import unit_of_work
from tests.core.access.conftest import counted_queries, make_person

pytestmark = pytest.mark.anyio


def asked(person_id: UUID, now: datetime) -> ValuesQuery[Any]:
    return (
        Session.filter(person_id=person_id, expires_at__gt=now, ended_at=None, method="phone")
        .order_by("id")
        .values("id", "person_id", "staff", "expires_at", "person__name")
    )


QUESTION = Prepared(lambda person_id, now: asked(person_id, now), person_id=UUID(int=1), now=EPOCH)


async def test_same_rows_and_types_as_the_query(database: Config, now: datetime) -> None:
    people = [await make_person(now), await make_person(now)]
    for person in people:
        for _ in range(2):
            await open_session(person.id, method="phone", staff=False, now=now)
    for person in (*people, people[0]):
        rows = await QUESTION.rows(person_id=person.id, now=now)
        assert rows == await asked(person.id, now)
        assert len(rows) == 2
        row = rows[0]
        assert isinstance(row["id"], UUID)
        assert row["staff"] is False
        assert isinstance(row["expires_at"], datetime)
    assert await QUESTION.rows(person_id=people[0].id, now=now + timedelta(days=60)) == []
    assert await QUESTION.rows(person_id=uuid4(), now=now) == []


async def test_a_value_of_the_text_stays_whatever_is_asked(database: Config, now: datetime) -> None:
    person = await make_person(now)
    await open_session(person.id, method="slip", staff=False, now=now)
    assert await QUESTION.rows(person_id=person.id, now=now) == []


async def test_inside_a_unit_it_sees_what_the_unit_did(database: Config, now: datetime) -> None:
    person = await make_person(now)
    async with unit_of_work():
        await Session(
            token_hash=hash_token("x"),
            person_id=person.id,
            method="phone",
            created_at=now,
            seen_at=now,
            expires_at=now + timedelta(days=1),
        ).save(force_create=True)
        assert len(await QUESTION.rows(person_id=person.id, now=now)) == 1


async def test_one_query_each(database: Config, now: datetime) -> None:
    await QUESTION.rows(person_id=uuid4(), now=now)
    with counted_queries() as counted:
        await QUESTION.rows(person_id=uuid4(), now=now)
    assert len(counted) == 1


async def test_a_sample_that_marks_nothing_is_an_error(database: Config, now: datetime) -> None:
    with pytest.raises(ValueError, match="does not use now"):
        await Prepared(
            lambda person_id, now: Session.filter(person_id=person_id).values("id"), person_id=UUID(int=1), now=EPOCH
        ).rows(person_id=uuid4(), now=now)
