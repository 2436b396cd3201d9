"""From staged to kept, and away again."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from lianxin.data.models import Reading
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.directory.models import Person
from lianxin.files import discard, drop_stale, find_file, forget, keep, list_files, open_file
from lianxin.files.models import File
from lianxin.files.storage import path_of
from lianxin.values.identifiers import uuid7
from tests.core.files.corpus import photo
from tests.core.files.sending import send

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("uploads")]


@pytest.fixture
async def owner(uploads: Path, now: datetime) -> UUID:
    """A person."""
    return (await Person.create(name="王秀英", created_at=now)).id


async def keep_in_unit(ids: list[UUID], owner: UUID | None, now: datetime) -> None:
    async with unit_of_work():
        await keep(ids, owner, now)


async def test_what_a_form_uses_is_kept_and_the_rest_goes_after_a_day(owner: UUID, now: datetime) -> None:
    used, unused = await send(photo(), now, owner_id=owner), await send(photo(), now, owner_id=owner)
    young = await send(photo(), now + timedelta(hours=2), owner_id=owner)
    await keep_in_unit([used.id], owner, now)
    await drop_stale(now + timedelta(hours=25))
    assert [path_of(info.id).exists() for info in (used, unused, young)] == [True, False, True]
    assert [(await find_file(info.id)) is None for info in (used, unused, young)] == [False, True, False]
    assert {row.id for row in await File.all()} == {used.id, young.id}


async def test_keeping_belongs_to_the_transaction(owner: UUID, now: datetime) -> None:
    info = await send(photo(), now, owner_id=owner)
    with suppress(ZeroDivisionError):
        async with unit_of_work():
            await keep([info.id], owner, now)
            raise ZeroDivisionError
    assert (await File.get(id=info.id)).state == "staged"
    with pytest.raises(RuntimeError):
        await keep([info.id], owner, now)


async def test_a_file_can_be_kept_again(owner: UUID, now: datetime) -> None:
    info = await send(photo(), now, owner_id=owner)
    await keep_in_unit([info.id, info.id], owner, now)
    await keep_in_unit([info.id], owner, now)
    await keep_in_unit([], owner, now)
    assert (await File.get(id=info.id)).state == "kept"


async def test_nobody_keeps_what_is_another_persons_or_gone(owner: UUID, now: datetime) -> None:
    hers, of_nobody = await send(photo(), now, owner_id=owner), await send(photo(), now)
    other = (await Person.create(name="李强", created_at=now)).id
    for ids, who in (([hers.id], other), ([of_nobody.id], other), ([hers.id, uuid7()], owner), ([hers.id], None)):
        with pytest.raises(Refused) as refused:
            await keep_in_unit(ids, who, now)
        assert refused.value.code == "files.gone"
    assert await File.filter(state="kept").count() == 0


async def test_a_form_and_the_sweep_never_both_win(owner: UUID, now: datetime) -> None:
    late = now + timedelta(hours=25)
    for _ in range(5):
        info = await send(photo(), now, owner_id=owner)
        kept, _ = await asyncio.gather(keep_in_unit([info.id], owner, late), drop_stale(late), return_exceptions=True)
        assert path_of(info.id).exists() == (kept is None)
        assert (await find_file(info.id) is not None) == (kept is None)


async def test_she_takes_back_only_what_no_form_uses(owner: UUID, now: datetime) -> None:
    used, unused = await send(photo(), now, owner_id=owner), await send(photo(), now, owner_id=owner)
    of_nobody = await send(photo(), now)
    await keep_in_unit([used.id], owner, now)
    await discard([used.id, unused.id, of_nobody.id], owner)
    assert [path_of(info.id).exists() for info in (used, unused, of_nobody)] == [True, False, True]


async def test_what_is_forgotten_can_never_be_read_again(owner: UUID, now: datetime) -> None:
    info = await send(photo(), now, "王秀英身份证.jpg", owner_id=owner)
    await keep_in_unit([info.id], owner, now)
    await forget([info.id])
    row = await File.get(id=info.id)
    assert (row.state, row.content_key, row.name) == ("gone", None, "")
    assert not path_of(info.id).exists()
    assert await open_file(info.id, by=None, purpose="test", now=now) is None
    assert await list_files([info.id]) == ()


async def test_a_sweep_that_was_killed_is_ended_by_the_next(owner: UUID, now: datetime) -> None:
    info = await send(photo(), now, owner_id=owner)
    await File.filter(id=info.id).update(state="gone")
    await drop_stale(now)
    assert not path_of(info.id).exists()
    assert await File.all().count() == 0


async def test_who_looked_at_a_file_is_written_down_and_her_own_look_is_not(owner: UUID, now: datetime) -> None:
    info, clerk = await send(photo(), now, owner_id=owner), uuid7()
    assert await open_file(info.id, by=owner, purpose="", now=now) is not None
    assert await Reading.all().count() == 0
    assert await open_file(info.id, by=clerk, purpose="check of an application", now=now) is not None
    reading = await Reading.get()
    assert (reading.reader_id, reading.subject_id, reading.row_id) == (clerk, owner, info.id)


async def test_files_are_listed_in_the_order_asked_for(owner: UUID, now: datetime) -> None:
    first, second = await send(photo(), now, owner_id=owner), await send(photo(), now, owner_id=owner)
    listed = await list_files([second.id, uuid7(), first.id])
    assert [info.id for info in listed] == [second.id, first.id]
    assert await list_files([]) == ()
    assert listed[0].is_picture
