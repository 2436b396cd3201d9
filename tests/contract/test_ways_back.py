"""What only takes what is sent, opened by GET: reloaded, gone back to, kept as a mark. It leads to its page."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.contract.asking import address
from tests.contract.scene import Scene
from tests.contract.test_long_texts import let_in

pytestmark = pytest.mark.anyio
HOPS = 5


async def test_every_action_opened_by_get_leads_to_a_page(scene: Scene) -> None:
    lost, led = [], 0
    site = scene.site.app.state.site
    for name, owned in site.routes.items():
        if owned.item.kind != "action":
            continue
        cell = let_in(name)
        browser = await scene.browser(cell.visitor)
        where = address(scene, cell)
        answer = await browser.get(where)
        led += answer.status_code == 303
        for _ in range(HOPS):
            if answer.status_code != 303:
                break
            where = answer.headers["location"]
            answer = await browser.get(where)
        # 409: the page is there and says that this has moved on.
        if answer.status_code not in (200, 409):
            lost.append(f"{cell}: {answer.status_code} at {where}")
    assert lost == []
    assert led > 10


async def test_what_stands_behind_the_question_mark_goes_along(scene: Scene) -> None:
    browser = await scene.browser("station_staff")
    page = f"/desk/people/{scene.planted['mine'].person}/merge"
    answer = await browser.get(f"{page}/undo?found=x")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{page}?found=x")


async def test_who_is_not_signed_in_is_asked_to_and_nothing_is_told(scene: Scene) -> None:
    browser = await scene.browser("nobody")
    for person in (scene.planted["mine"].person, uuid4()):
        answer = await browser.get(f"/desk/people/{person}/merge/undo")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/people/{person}/merge")
