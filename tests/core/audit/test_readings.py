"""Who looked at my data."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from lianxin.access.models import Grant
from lianxin.audit import MARGIN, readings_of, seal, verify
from lianxin.config import Config
from lianxin.data.models import Reading
from lianxin.data.vault import get_vault
from lianxin.directory.area_changes import add_area
from lianxin.directory.models import Person
from lianxin.directory.people import DeskEntry, claim_person, find_or_create_person, merge_people, same_person_ids
from lianxin.i18n import use_language
from lianxin.values.identity import make_id_number

pytestmark = pytest.mark.anyio

NUMBER = make_id_number(date(1948, 3, 5), 122).value


@pytest.fixture
async def subject(database: Config, now: datetime) -> UUID:
    answer = await find_or_create_person(DeskEntry("周桂华", id_number=NUMBER, card_seen=True), now=now)
    assert answer.person is not None
    return answer.person.id


@pytest.fixture
async def colleague(database: Config, now: datetime) -> UUID:
    area = await add_area(
        "1", name_zh="普子岭社区", name_en="Puziling", kind="community", parent_id=None, valid_from=date(2023, 6, 30)
    )
    person_id = (await claim_person(name="何静", now=now)).person_id
    await Grant.create(
        person_id=person_id, role="station_staff", area_id=area.id, valid_from=now - timedelta(days=1), created_at=now
    )
    await Grant.create(
        person_id=person_id,
        role="auditor",
        valid_from=now - timedelta(days=9),
        valid_until=now - timedelta(days=2),
        created_at=now,
    )
    return person_id


async def reveal(subject: UUID, by: UUID | None, purpose: str, now: datetime) -> str:
    row = await Person.get(id=subject)
    assert row.id_number is not None
    return await get_vault().reveal(
        row.id_number,
        table="person",
        column="id_number",
        row_id=row.id,
        subject_id=subject,
        by=by,
        purpose=purpose,
        now=now,
    )


async def test_she_sees_who_looked_at_what_and_why(subject: UUID, colleague: UUID, now: datetime) -> None:
    assert await reveal(subject, colleague, "核对养老保险", now) == NUMBER
    await reveal(subject, None, "发短信", now)
    machine, person = (await readings_of([subject])).rows
    assert (machine.reader, machine.role, machine.place) == ("", "", "")
    assert (person.reader, person.role, person.place) == ("何静", "station_staff", "普子岭社区")
    assert (person.purpose, person.at) == ("核对养老保险", now)
    with use_language("en"):
        assert str(person.field) == "ID number"
        assert (await readings_of([subject])).rows[1].place == "Puziling"
    assert (await readings_of([colleague])).rows == []


async def test_the_role_is_that_of_the_moment(subject: UUID, colleague: UUID, now: datetime) -> None:
    await reveal(subject, colleague, "查", now - timedelta(days=3))
    await reveal(subject, colleague, "查", now - timedelta(days=20))
    assert [row.role for row in (await readings_of([subject])).rows] == ["", "auditor"]


async def test_pages_and_rows_merged_into_hers(subject: UUID, colleague: UUID, now: datetime) -> None:
    other = (await claim_person(name="周桂华", id_number=NUMBER, now=now)).person_id
    for place in range(3):
        await reveal(subject, colleague, f"{place}", now)
    await reveal(other, colleague, "3", now)
    await merge_people(subject, other, now=now)
    ids = await same_person_ids(subject)
    first = await readings_of(ids, size=3)
    assert [row.purpose for row in first.rows] == ["3", "2", "1"]
    last = await readings_of(ids, size=3, after=first.next_key or "")
    assert ([row.purpose for row in last.rows], last.next_key) == (["0"], None)


async def test_five_hundred_reveals_are_five_hundred_rows(subject: UUID, now: datetime) -> None:
    for _ in range(500):
        await reveal(subject, None, "数", now)
    assert await Reading.filter(subject_id=subject, row_id=subject, column_name="id_number").count() == 500
    assert await seal(now + MARGIN) == 500
    assert await verify() == []


async def test_a_page_is_no_way_to_take_everything(subject: UUID, now: datetime) -> None:
    await Reading.bulk_create(
        [
            Reading(at=now, subject_id=subject, table_name="t", column_name="c", row_id=subject, purpose="数")
            for _ in range(120)
        ]
    )
    assert len((await readings_of([subject], size=1000)).rows) == 100
    assert len((await readings_of([subject], after="../../etc")).rows) == 20
