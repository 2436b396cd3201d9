"""A case goes to the system that decides it, gets its number there, and comes back decided; none gets lost unseen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from lianxin.data.models import Job
from lianxin.matters.models import Matter
from lianxin_eservices.demo.cast import find_cast
from lianxin_eservices.models import Case
from lianxin_eservices.queries.items import list_published
from lianxin_exchange.actions.handing import consider, hand_over, take_answers
from lianxin_exchange.actions.sending import MOST_TRIES, Unheard
from lianxin_exchange.api import Answer, NotTaken
from lianxin_exchange.demo_twin import TWIN
from lianxin_exchange.models import Handing
from tests.contract.scene import Scene, _decided_by, _people, _plant

pytestmark = pytest.mark.anyio


@pytest.fixture
def twin(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The twin decides what civil affairs decides, as long as a test lasts."""
    monkeypatch.setattr(TWIN, "on", True)
    monkeypatch.setattr(TWIN, "department", "civil_affairs")
    return monkeypatch


async def planted(scene: Scene, name: str) -> Matter:
    """One more application, accepted, and considered as the job would."""
    now = scene.site.clock()
    civil = [each for each in await list_published() if each.online and each.department == "civil_affairs"]
    cast = await find_cast(now)
    await _plant(scene, cast, name, _people(now, scene.resident)["neighbour"], _decided_by(civil, "county"), now)
    job = await Job.filter(name="exchange.consider").order_by("-id").first()
    assert job
    payload: dict[str, Any] = job.payload
    for _ in range(2):
        await consider(UUID(payload["matter"]), payload["event"], now=now)
    return await Matter.get(code=scene.planted[name].code)


async def test_it_goes_there_and_comes_back_decided(scene: Scene, twin: pytest.MonkeyPatch) -> None:
    matter = await planted(scene, "there")
    row = await Handing.get(matter_id=matter.id)
    now = scene.site.clock()
    for _ in range(2):
        await hand_over(row.id, now=now)
    row = await Handing.get(id=row.id)
    case = await Case.get(matter_id=matter.id)
    assert (row.state, row.attempts, case.external_case_no) == ("acknowledged", 1, row.number)
    assert await take_answers(now) == 0
    later = datetime.now(UTC) + timedelta(minutes=5)
    twin.setattr(TWIN, "now", lambda: later)
    assert await take_answers(now) == 1
    assert await take_answers(now) == 0
    after = await Matter.get(id=matter.id)
    assert (after.state, (await Handing.get(id=row.id)).answer) == ("completed", "approve")


async def test_what_does_not_arrive_is_missing_until_somebody_hands_it_over_again(
    scene: Scene, twin: pytest.MonkeyPatch
) -> None:
    async def broken(matter: object, key: str) -> str:
        raise NotTaken("503")

    matter = await planted(scene, "lost")
    row = await Handing.get(matter_id=matter.id)
    now = scene.site.clock()
    with twin.context() as away:
        away.setattr(TWIN, "hand_over", broken)
        with pytest.raises(Unheard):
            await hand_over(row.id, now=now)
        await Handing.filter(id=row.id).update(attempts=MOST_TRIES - 1)
        await hand_over(row.id, now=now)
    admin = await scene.browser("system_admin")
    page = (await admin.get("/exchange/arrived")).text
    assert f"{matter.code[:4]} {matter.code[4:]}" in page
    assert f"/exchange/arrived/{row.id}" in page
    assert (await admin.post(f"/exchange/arrived/{row.id}")).status_code == 303
    await hand_over(row.id, now=now)
    assert (await Handing.get(id=row.id)).state == "acknowledged"
    assert (await (await scene.browser("station_staff")).post(f"/exchange/arrived/{row.id}")).status_code == 403


async def test_an_answer_that_our_rules_refuse_is_seen(scene: Scene, twin: pytest.MonkeyPatch) -> None:
    async def odd(number: str) -> Answer:
        return Answer("deliver", {"how": "desk"})

    matter = await planted(scene, "odd")
    row = await Handing.get(matter_id=matter.id)
    now = scene.site.clock()
    await hand_over(row.id, now=now)
    twin.setattr(TWIN, "answer_of", odd)
    await take_answers(now)
    after = await Handing.get(id=row.id)
    assert (after.state, (await Matter.get(id=matter.id)).state) == ("answered", "accepted")
    assert after.fault.startswith("matters.moved")


async def test_rows_that_break_a_promise_are_not_kept(scene: Scene) -> None:
    now = scene.site.clock()
    matter_id = scene.planted["mine"].matter
    whole: dict[str, Any] = {"system": "x", "matter_id": matter_id, "created_at": now, "asked_at": now}
    breaks: dict[str, dict[str, Any]] = {
        "exchange_handing_state": {"state": "lost"},
        "exchange_handing_number": {"number": "1"},
        "exchange_handing_known": {"state": "acknowledged"},
        "exchange_handing_answered": {"answered_at": now},
        "exchange_handing_attempts": {"attempts": -1},
    }
    assert {guard.name for guard in Handing.guards if type(guard).__name__ == "Check"} == set(breaks)
    for name, change in breaks.items():
        with pytest.raises(IntegrityError, match=name):
            await Handing.create(**{**whole, **change})
    await Handing.create(**whole)
    with pytest.raises(IntegrityError, match="exchange_handing_once|exchange_handing.system"):
        await Handing.create(**whole)
