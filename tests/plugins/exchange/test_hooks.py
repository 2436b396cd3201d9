"""Systems that are told: written with the change, sent signed, tried again, given up, repeated by hand."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from tortoise.exceptions import IntegrityError

from lianxin.api import Actor, JobRow, MatterInfo, PersonRow, Sealed, find_area, list_grants, open_matter, unit_of_work
from lianxin.testing.site import SiteClient, TestSite
from lianxin_exchange.actions.sending import MOST_TRIES, Unheard, allow_loopback, deliver
from lianxin_exchange.models import Delivery, Hook
from lianxin_exchange.rules.signing import signed_headers
from tests.plugins.exchange.test_addresses import listener

pytestmark = pytest.mark.anyio
SENT = "eservices.case:submitted"
NAME = "何桂芳芳"


async def admin_of(site: TestSite) -> tuple[UUID, SiteClient]:
    person_id = (await list_grants(site.clock(), role="system_admin"))[0].person_id
    return person_id, await site.client_of(person_id, staff=True)


async def added(site: TestSite, url: str, **changes: Any) -> tuple[Hook, str]:
    """Registered on the page; the hook, and its secret as it was shown."""
    _, admin = await admin_of(site)
    form = {"name": "民政业务系统", "url": url, "events": [SENT], "area": "", **changes}
    answer = await admin.submit("/exchange/hooks/new", form, page="/exchange/hooks/new")
    assert answer.status_code == 200, answer.text
    found = re.search(r"whsec_[\w+/=]{44}", answer.text)
    assert found
    return await Hook.all().order_by("-id").first(), found[0]  # type: ignore[return-value]


async def opened(site: TestSite, area: str = "510821107001") -> MatterInfo:
    """A matter of somebody with a name."""
    place = await find_area(area)
    assert place
    async with unit_of_work():
        person = await PersonRow.create(name=NAME, created_at=site.clock())
        matter, _ = await open_matter(
            "eservices.case",
            title=f"{NAME}的申请",
            area_id=place.id,
            applicant_id=person.id,
            by=Actor(person_id=person.id),
            now=site.clock(),
        )
    return matter


async def test_a_delivery_is_written_with_the_change_or_not_at_all(site: TestSite) -> None:
    await added(site, "https://system.example/hook")
    matter = await opened(site)
    row = await Delivery.get()
    assert (row.matter_id, row.number, row.event, row.state) == (matter.id, 0, SENT, "waiting")
    assert await JobRow.filter(name="exchange.send").count() == 1
    with pytest.raises(RuntimeError):
        async with unit_of_work():
            await opened(site)
            raise RuntimeError
    assert await Delivery.all().count() == await JobRow.filter(name="exchange.send").count() == 1


async def test_only_of_the_place_and_the_moment_that_was_asked_for(site: TestSite) -> None:
    await added(site, "https://system.example/hook", area="510821107")
    await added(site, "https://other.example/hook", events=["eservices.case:delivered"])
    await opened(site)
    await opened(site, "510821")
    assert await Delivery.all().count() == 1


async def test_it_arrives_signed_and_says_nothing_of_a_person(site: TestSite) -> None:
    async with listener() as (port, heard):
        allow_loopback(True)
        try:
            _, secret = await added(site, f"http://127.0.0.1:{port}/hook")
            matter = await opened(site)
            row = await Delivery.get()
            await deliver(row.id, now=site.clock())
            await deliver(row.id, now=site.clock())
        finally:
            allow_loopback(False)
    (request,) = heard
    head, _, body = request.partition(b"\r\n\r\n")
    told = json.loads(body)
    assert told["data"]["code"] == matter.code
    assert NAME not in body.decode()
    lines = head.decode().lower().split("\r\n")
    for name, value in signed_headers(secret, str(row.id), body, site.clock()).items():
        assert f"{name}: {value.lower()}" in lines
    after = await Delivery.get()
    assert (after.state, after.status, after.attempts) == ("sent", 204, 1)


async def test_a_plain_address_is_not_taken_on_a_real_site(site: TestSite) -> None:
    _, admin = await admin_of(site)
    for url in ("http://127.0.0.1:9/hook", "https://u:p@system.example/", "https://system.example:22/"):
        form = {"name": "x", "url": url, "events": [SENT], "area": ""}
        answer = await admin.submit("/exchange/hooks/new", form, page="/exchange/hooks/new")
        assert (answer.status_code, url in answer.text) == (422, True)
    assert await Hook.all().count() == 0


async def test_it_is_tried_again_and_after_days_given_up_and_somebody_told(site: TestSite) -> None:
    hook, _ = await added(site, "https://localhost/hook")
    await opened(site)
    row = await Delivery.get()
    for _ in range(2):
        with pytest.raises(Unheard):
            await deliver(row.id, now=site.clock())
    assert (await Delivery.get()).fault == "the name leads into a private network"
    site.clock.forward(days=5)
    with pytest.raises(Unheard):
        await deliver(row.id, now=site.clock())
    after = await Hook.get(id=hook.id)
    assert (after.paused_by, after.paused_at) == ("failures", site.clock())
    await deliver(row.id, now=site.clock())
    assert (await Delivery.get()).attempts == 3, "a paused system is left alone"
    person_id, admin = await admin_of(site)
    assert "民政业务系统" in (await admin.get("/account/messages")).text
    await Delivery.filter(id=row.id).update(attempts=MOST_TRIES - 1)
    assert (await admin.post(f"/exchange/hooks/{hook.id}/turn")).status_code == 303
    await deliver(row.id, now=site.clock())
    assert (await Delivery.get()).state == "given_up"
    page = await admin.get(f"/exchange/hooks/{hook.id}")
    assert f"/exchange/hooks/{hook.id}/{row.id}/repeat" in page.text
    assert (await admin.post(f"/exchange/hooks/{hook.id}/{row.id}/repeat")).status_code == 303
    again = await Delivery.get()
    assert (again.state, again.attempts) == ("waiting", 0)
    assert person_id == hook.made_by_id


async def test_only_who_runs_the_site_sees_them(site: TestSite, clerk: UUID) -> None:
    hook, secret = await added(site, "https://system.example/hook")
    browser = await site.client_of(clerk, staff=True)
    for path in ("/exchange/hooks", f"/exchange/hooks/{hook.id}"):
        assert (await browser.get(path)).status_code == 403
    for path in (f"/exchange/hooks/{hook.id}/turn", f"/exchange/hooks/{hook.id}/{uuid4()}/repeat"):
        assert (await browser.post(path)).status_code == 403
    _, admin = await admin_of(site)
    for path in ("/exchange/hooks", f"/exchange/hooks/{hook.id}"):
        assert secret not in (await admin.get(path)).text


async def test_rows_that_break_a_promise_are_not_kept(site: TestSite) -> None:
    hook, _ = await added(site, "https://system.example/hook")
    matter = await opened(site)
    now = site.clock()
    whole = {
        "name": "x",
        "url": "https://x/",
        "secret": Sealed(b"x"),
        "events": [],
        "made_by_id": uuid4(),
        "created_at": now,
    }
    breaks: dict[str, dict[str, Any]] = {
        "exchange_hook_named": {"name": ""},
        "exchange_hook_address": {"url": "file:///x"},
        "exchange_hook_paused": {"paused_at": now},
        "exchange_hook_paused_by": {"paused_at": now, "paused_by": "nobody"},
    }
    await _each_breaks(Hook, whole, breaks)
    whole = {"hook_id": hook.id, "matter_id": matter.id, "number": 7, "event": SENT, "body": "{}", "created_at": now}
    breaks = {
        "exchange_delivery_state": {"state": "lost"},
        "exchange_delivery_sent": {"state": "sent"},
        "exchange_delivery_attempts": {"attempts": -1},
    }
    await _each_breaks(Delivery, whole, breaks)
    with pytest.raises(IntegrityError, match="exchange_delivery_once|exchange_delivery.hook_id"):
        await Delivery.create(**{**whole, "number": 0})


async def _each_breaks(model: Any, whole: dict[str, Any], breaks: dict[str, dict[str, Any]]) -> None:
    declared = {guard.name for guard in model.guards if type(guard).__name__ == "Check"}
    assert declared == set(breaks)
    for name, change in breaks.items():
        with pytest.raises(IntegrityError, match=name):
            await model.create(**{**whole, **change})
