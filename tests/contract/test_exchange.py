"""What a program does by its token is what a colleague does at the desk; and another system hears of it."""

from __future__ import annotations

from typing import Any

import pytest

from lianxin.access.models import Grant
from lianxin.api import Actor, GrantHeld, load_grants
from lianxin.matters.models import Matter, Step
from lianxin_exchange.actions.hooks import add_hook
from lianxin_exchange.actions.tokens import make_token
from lianxin_exchange.models import Delivery
from tests.contract.scene import STAFF, Scene

pytestmark = pytest.mark.anyio
RIGHTS = ("eservices.case.read", "eservices.case.decide")
DECIDING = "eservices.case:deciding"


async def token_of(scene: Scene, login: str, *rights: str) -> dict[str, str]:
    seed = next(each for each in STAFF if each.login == login)
    now = scene.site.clock()
    actor = Actor(person_id=seed.person_id, staff=True, grants=await load_grants(seed.person_id, now))
    made = await make_token("民政业务系统", rights, 90, by=actor, now=now)
    return {"authorization": f"Bearer {made.text}"}


def officer() -> str:
    return next(each.login for each in STAFF if each.organisation == "civil_affairs")


async def send(scene: Scene, path: str, body: Any, headers: dict[str, str]) -> Any:
    client = scene.site.client()
    del client.headers["origin"], client.headers["sec-fetch-site"]
    return await client.post(path, json=body, headers=headers)


async def test_a_program_moves_a_case_once_and_another_system_hears_of_it(scene: Scene) -> None:
    now = scene.site.clock()
    admin = Actor(person_id=scene.resident, staff=True, grants=(GrantHeld("system_admin"),))
    await add_hook("省平台", "https://gateway.example/lianxin", [DECIDING], "", by=admin, now=now)
    headers = await token_of(scene, officer(), *RIGHTS)
    code = scene.planted["neighbour"].code
    path = f"/api/eservices/cases/{code}/moves/begin_decision"
    key = {"idempotency-key": "deciding-the-neighbour"}
    first = await send(scene, path, {}, headers | key)
    again = await send(scene, path, {}, headers | key)
    assert (first.status_code, again.status_code) == (200, 303), first.text
    assert first.json()["state"] == "deciding"
    assert again.headers["location"] == f"/api/eservices/cases/{code}"
    assert (await send(scene, path, {}, headers)).status_code == 409, "it has moved on"
    matter = await Matter.get(code=code)
    step = await Step.filter(matter_id=matter.id).order_by("-number").first()
    assert step
    assert (step.transition, step.number) == ("begin_decision", matter.version)
    told = await Delivery.get(matter_id=matter.id)
    assert (told.event, told.number) == (DECIDING, matter.version)
    assert await Delivery.all().count() == 1


async def test_a_program_does_not_do_what_was_not_handed_on(scene: Scene) -> None:
    headers = await token_of(scene, officer(), RIGHTS[0])
    code = scene.planted["mine"].code
    answer = await send(scene, f"/api/eservices/cases/{code}/moves/begin_decision", {}, headers)
    assert answer.status_code == 403, "its owner may decide"
    assert (await send(scene, f"/api/eservices/mine/{code}/moves/withdraw", {}, headers)).status_code == 403
    elsewhere = scene.planted["far_health"].code
    assert (await scene.site.client().get(f"/api/eservices/cases/{elsewhere}", headers=headers)).status_code == 404


async def test_what_a_program_reads_names_nobody_in_full(scene: Scene) -> None:
    headers = await token_of(scene, officer(), RIGHTS[0])
    answer = await scene.site.client().get(f"/api/eservices/cases/{scene.planted['mine'].code}", headers=headers)
    case = answer.json()
    assert "*" in case["applicant"]
    assert [move["name"] for move in case["moves"]] == [], "this program may only look"
    assert await Grant.filter(person_id=scene.resident).count() == 0
