"""Deeds are kept, and a seal shows whoever touches them."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from tortoise.exceptions import BaseORMException

from lianxin.audit import MARGIN, SEAL_JOB, list_deeds, record, seal, verify
from lianxin.audit.models import AuditEntry, AuditSeal
from lianxin.config import Config
from lianxin.data.connection import connection, is_sqlite
from lianxin.data.models import Reading
from lianxin.data.sealed import Sealed
from lianxin.data.unit import unit_of_work
from lianxin.directory.people import claim_person
from lianxin.values.identifiers import uuid7

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Colleague:
    person_id: UUID | None = None
    on_behalf_of_id: UUID | None = None
    role: str = "station_staff"
    address: str = "10.0.0.7"
    request_id: str = "r1"


async def read_something(now: datetime) -> None:
    await Reading.create(
        at=now, subject_id=uuid7(), table_name="person", column_name="id_number", row_id=uuid7(), purpose="核对"
    )


async def fill(now: datetime, deeds: int = 3, readings: int = 2) -> None:
    for place in range(deeds):
        await record("test.deed", by=None, detail={"b": place, "a": "词"}, now=now)
    for _ in range(readings):
        await read_something(now)


async def lift_triggers(table: str) -> None:
    """What somebody with the keys of the database could do."""
    if is_sqlite():
        rows = await connection().execute_query_dict(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [table]
        )
        for row in rows:
            await connection().execute_script(f'DROP TRIGGER "{row["name"]}"')
    else:
        await connection().execute_script(f"ALTER TABLE {table} DISABLE TRIGGER USER")


async def test_a_deed_is_kept_with_who_for_whom_and_from_where(database: Config, now: datetime) -> None:
    person = (await claim_person(name="何静", now=now)).person_id
    helped = (await claim_person(name="周桂华", now=now)).person_id
    subject = uuid7()
    await record(
        "access.grant.given",
        by=Colleague(person, helped),
        object_kind="person",
        object_id=subject,
        detail={"whom": subject, "roles": ["auditor"]},
        now=now,
    )
    await record("jobs.sweep", by=None, result="failed", now=now)
    page = await list_deeds()
    assert page.next_key is None
    job, deed = page.rows
    assert (job.actor, job.action, job.result, job.detail) == ("", "jobs.sweep", "failed", {})
    assert (deed.actor, deed.on_behalf_of, deed.role) == ("何静", "周桂华", "station_staff")
    assert (deed.address, deed.request_id, deed.at) == ("10.0.0.7", "r1", now)
    assert deed.detail == {"whom": str(subject), "roles": ["auditor"]}
    assert [row.action for row in (await list_deeds(actor_id=person)).rows] == ["access.grant.given"]
    assert [row.action for row in (await list_deeds(object_id=subject)).rows] == ["access.grant.given"]
    assert [row.action for row in (await list_deeds(action="jobs.")).rows] == ["jobs.sweep"]


async def test_pages_of_the_trail(database: Config, now: datetime) -> None:
    await fill(now, deeds=5, readings=0)
    first = await list_deeds(size=2)
    second = await list_deeds(size=2, after=first.next_key or "")
    third = await list_deeds(size=2, after=second.next_key or "")
    assert [len(page.rows) for page in (first, second, third)] == [2, 2, 1]
    assert third.next_key is None
    assert len({row.id for page in (first, second, third) for row in page.rows}) == 5


async def test_a_deed_that_is_rolled_back_leaves_no_entry(database: Config, now: datetime) -> None:
    async def deed_that_fails() -> None:
        async with unit_of_work():
            await record("test.deed", by=None, now=now)
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        await deed_that_fails()
    assert await AuditEntry.all().count() == 0


async def test_sealed_values_do_not_get_into_the_trail(database: Config, now: datetime) -> None:
    with pytest.raises(TypeError, match="Sealed"):
        await record("test.deed", by=None, detail={"number": Sealed(b"x")}, now=now)
    assert await AuditEntry.all().count() == 0


@pytest.mark.parametrize("model", [AuditEntry, Reading, AuditSeal])
async def test_the_database_refuses_every_change(
    database: Config, now: datetime, model: type[AuditEntry] | type[Reading] | type[AuditSeal]
) -> None:
    await fill(now)
    await seal(now + MARGIN)
    before = await model.all().count()
    with pytest.raises(BaseORMException):
        await model.all().update(at=now + timedelta(days=1))
    with pytest.raises(BaseORMException):
        await model.all().delete()
    assert await model.all().count() == before
    assert await model.filter(at__gt=now + timedelta(hours=1)).count() == 0


async def test_the_chain_verifies_over_deeds_and_readings(database: Config, now: datetime) -> None:
    await fill(now)
    assert await seal(now + MARGIN) == 5
    assert await seal(now + MARGIN) == 0
    await read_something(now)
    assert await seal(now + MARGIN) == 1
    await fill(now + MARGIN)
    assert await seal(now + MARGIN * 2) == 5
    assert [row.number for row in await AuditSeal.all().order_by("number")] == [1, 2, 3]
    assert await verify() == []


async def test_a_seal_of_many_rows(database: Config, now: datetime) -> None:
    await AuditEntry.bulk_create([AuditEntry(at=now, action="test.many") for _ in range(1100)], batch_size=200)
    assert await seal(now + MARGIN) == 1100
    assert [row.count for row in await AuditSeal.all().order_by("number")] == [500, 500, 100]
    assert await verify() == []


async def test_the_job_seals_what_was_old_when_it_was_due(database: Config, now: datetime) -> None:
    await fill(now)
    await SEAL_JOB.run({"due_at": (now + MARGIN).isoformat()})
    assert await AuditSeal.all().count() == 1


async def test_two_jobs_at_once_make_one_chain(database: Config, now: datetime) -> None:
    await fill(now)
    counts = await asyncio.gather(*(seal(now + MARGIN) for _ in range(4)))
    assert sum(counts) == 5
    assert await AuditSeal.all().count() == 1
    assert await verify() == []


async def test_what_is_young_waits(database: Config, now: datetime) -> None:
    await fill(now)
    assert await seal(now + MARGIN - timedelta(seconds=1)) == 0
    assert await verify() == []


async def test_a_changed_row_is_named(database: Config, now: datetime) -> None:
    await fill(now)
    await seal(now + MARGIN)
    await lift_triggers("audit_entry")
    _, second, third = await AuditEntry.all().order_by("id")
    await AuditEntry.filter(id__in=[second.id, third.id]).update(action="test.nothing")
    (said,) = await verify()
    assert str(second.id) in said


async def test_a_changed_reading_is_named(database: Config, now: datetime) -> None:
    await fill(now)
    await seal(now + MARGIN)
    await lift_triggers("reading")
    row = await Reading.all().order_by("id").first()
    assert row is not None
    await Reading.filter(id=row.id).update(purpose="没看")
    (said,) = await verify()
    assert str(row.id) in said
    assert "reading" in said


async def test_a_removed_row_is_named(database: Config, now: datetime) -> None:
    await fill(now)
    await seal(now + MARGIN)
    await lift_triggers("audit_entry")
    _, second, _ = await AuditEntry.all().order_by("id")
    await AuditEntry.filter(id=second.id).delete()
    (said,) = await verify()
    assert str(second.id) in said


async def test_a_row_put_in_behind_the_seal_is_named(database: Config, now: datetime) -> None:
    early = uuid7()
    await fill(now)
    await seal(now + MARGIN)
    await AuditEntry.create(id=early, at=now, action="test.forged")
    (said,) = await verify()
    assert str(early) in said


async def test_a_removed_seal_is_missed(database: Config, now: datetime) -> None:
    await fill(now)
    await seal(now + MARGIN)
    await fill(now)
    await seal(now + MARGIN)
    await lift_triggers("audit_seal")
    await AuditSeal.filter(number=1).delete()
    (said,) = await verify()
    assert "1" in said


async def test_a_changed_seal_is_seen(database: Config, now: datetime) -> None:
    await fill(now)
    await seal(now + MARGIN)
    await lift_triggers("audit_seal")
    await AuditSeal.all().update(digest="0" * 64)
    assert len(await verify()) == 1
