"""B20: a client that knows the document alone finds no answer that is not in it, and no fault of ours."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from lianxin.testing.site import SiteClient
from tests.contract.generic_client import GenericClient, Operation, Request
from tests.contract.scene import Scene

pytestmark = pytest.mark.anyio
SEED = 20261125
VISITORS = ("nobody", "resident", "station_staff", "department_officer", "system_admin")
FULL = 1000 if os.environ.get("LIANXIN_FAULT_SIZE") == "full" else 50


async def document_of(scene: Scene, **headers: str) -> dict[str, Any]:
    answer = await scene.site.client(language="en", **headers).get("/api/openapi.json")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def client_for(scene: Scene, seed: int) -> GenericClient:
    known = [planted.code for planted in scene.planted.values()]
    return GenericClient(await document_of(scene), seed, [*known, scene.places["item"], "0ACDEFHJ"])


async def send(browser: Any, request: Request) -> Any:
    more: dict[str, Any] = {}
    if request.method == "POST":
        more = {"content": json.dumps(request.body).encode(), "headers": {"content-type": "application/json"}}
        more["headers"] |= request.headers
    return await browser.request(request.method, request.path, params=request.query, **more)


async def ask_everything(scene: Scene, visitor: str, examples: int) -> tuple[list[str], dict[str, set[int]]]:
    """What is wrong; and which statuses each operation answered."""
    client = await client_for(scene, SEED + VISITORS.index(visitor))
    wrong, seen = [], {}
    for operation in client.operations():
        browser = await scene.browser(visitor)
        for number in range(examples):
            if number % 40 == 39:
                browser = await scene.browser(visitor)  # whose limits are her own
            request = client.request(operation, sound=number % 2 == 0)
            answer = await send(browser, request)
            faults = judged(client, operation, answer)
            wrong += [f"{visitor} {request}: {fault}" for fault in faults]
            seen.setdefault(f"{operation.method} {operation.path}", set()).add(answer.status_code)
    return wrong, seen


def judged(client: GenericClient, operation: Operation, answer: Any) -> list[str]:
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    return client.judge(operation, answer.status_code, media_type, answer.json() if answer.content else None)


@pytest.mark.parametrize("visitor", VISITORS)
async def test_no_answer_is_undocumented(scene: Scene, visitor: str) -> None:
    wrong, seen = await ask_everything(scene, visitor, 4)
    assert wrong == [], "\n".join(wrong[:20])
    assert len(seen) > 30
    answered = {status for statuses in seen.values() for status in statuses}
    inside = {"resident", "station_staff", "department_officer"}
    assert ({200, 404, 422} if visitor in inside else {200}) <= answered, "it came further than the door"


@pytest.mark.fault
@pytest.mark.parametrize("visitor", VISITORS)
async def test_no_answer_is_undocumented_however_often_one_asks(scene: Scene, visitor: str) -> None:
    wrong, _ = await ask_everything(scene, visitor, FULL)
    assert wrong == [], "\n".join(wrong[:20])


async def test_the_client_would_notice(scene: Scene) -> None:
    """Without a status, with a field of another kind, or with one more, the same answers are faults."""
    client = await client_for(scene, SEED)
    found = {operation.path: operation for operation in client.operations()}
    operation = found["/api/eservices/services"]
    answer = await scene.site.client().get(operation.path)
    assert judged(client, operation, answer) == []
    body = answer.json()
    for spoil in ({"rows": None}, {"more": 1}, {"rows": [{**body["rows"][0], "online": "yes"}]}):
        assert client.judge(operation, 200, "application/json", body | spoil)
    assert client.judge(operation, 418, "application/json", body)
    assert client.judge(operation, 404, "application/problem+json", {})


async def test_the_document_is_the_same_each_time_and_in_both_languages(scene: Scene) -> None:
    english, again = await document_of(scene), await document_of(scene)
    assert json.dumps(english) == json.dumps(again)
    chinese = (await scene.site.client(language="zh").get("/api/openapi.json")).json()
    assert list(chinese["paths"]) == list(english["paths"])
    move = "/api/eservices/cases/{code}/moves/approve"
    assert chinese["paths"][move]["post"]["summary"] != english["paths"][move]["post"]["summary"]
    assert list(english["components"]["schemas"]["DeliverForm"]["properties"]) == ["how", "note"]


async def test_pages_of_a_list_hold_every_row_once(scene: Scene) -> None:
    services = await all_rows(scene.site.client(), "/api/eservices/services", 7)
    assert len(services) == len(set(services)) > 50
    queue = await scene.browser("supervisor")
    whole = (await queue.get("/api/eservices/cases", params={"size": 100})).json()
    assert whole["rows"]
    assert await all_rows(queue, "/api/eservices/cases", 1) == [row["code"] for row in whole["rows"]]


async def all_rows(client: SiteClient, path: str, size: int) -> list[str]:
    """The codes of page after page."""
    codes: list[str] = []
    after = ""
    for _ in range(30):
        page = (await client.get(path, params={"size": size, "after": after})).json()
        codes += [row["code"] for row in page["rows"]]
        after = page["next"]
        if after is None:
            break
    return codes
