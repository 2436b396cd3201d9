"""An application is put aside at the desk with a slip, and goes on at another, with the person, with nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise.exceptions import IntegrityError

from lianxin.api import Refused
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices.actions.drafting import drop_expired
from lianxin_eservices.actions.putting_aside import find_aside, forget_slips
from lianxin_eservices.models import Draft, DraftSlip
from lianxin_eservices.rules.putting_aside import ALPHABET, fact_fits, read_code, shown_code
from tests.plugins.eservices.applying import KEY, answer, begin, followed, send, step_of, to_the_review
from tests.plugins.eservices.people import person_named, resident, staff
from tests.plugins.eservices.test_acting import allowed, begin_for, family
from tests.plugins.eservices.test_journey import PENSION

pytestmark = pytest.mark.anyio
SLIP = "/eservices/slip"
NUMBER = "510899195803154328"
CODE = re.compile(r'<span class="code">([A-Z0-9-]{14})</span>')


@given(st.text(alphabet=ALPHABET, min_size=12, max_size=12), st.sampled_from(["", "-", " ", "－", "."]), st.booleans())
def test_a_code_is_read_however_it_is_typed(code: str, between: str, small: bool):
    typed = between.join(shown_code(code).split("-"))
    assert read_code(typed.lower() if small else typed) == code


def test_a_name_counts_only_where_no_number_is_known():
    assert fact_fits("4328", [NUMBER, ""], ["周桂华"])
    assert fact_fits("432x", ["51089919580315432X"], [])
    assert not fact_fits("周桂华", [NUMBER], ["周桂华"])
    assert fact_fits("周 桂华", ["", ""], ["周桂华", ""])
    assert not fact_fits("", ["", ""], ["", ""])
    assert not fact_fits("", [NUMBER], [""])


async def desk_of(county: TestSite, name: str = "何静") -> SiteClient:
    return await county.client_of((await staff(name, county)).person_id, staff=True)


async def begun_at_desk(desk: SiteClient, **more: str) -> str:
    """For somebody without telephone and account; the address of the first question."""
    where = f"/eservices/desk/new?item={PENSION}"
    data = {"item": PENSION, "name": "马秀英", "id_number": NUMBER, "consent": "desk_voice", **more}
    begun = await desk.submit(where, data, page=where)
    assert begun.status_code == 303, re.findall(r'class="err".*?</p>', begun.text)
    return await followed(desk, begun.headers["location"])


async def put_aside(writer: SiteClient, address: str) -> str:
    """The code on the paper."""
    page = await writer.get(address)
    target = f"/eservices/draft/{address.split('/')[3]}/slip"
    assert f'action="{target}"' in page.text
    made = await writer.post(target, data={"_key": KEY.findall(page.text)[-1]})
    assert made.status_code == 200, made.text[:300]
    assert NUMBER not in made.text
    return CODE.findall(made.text)[0]


async def use(client: SiteClient, code: str, fact: str) -> Any:
    return await client.submit(SLIP, {"code": code, "fact": fact}, page=f"{SLIP}?code={code}")


async def test_begun_at_one_desk_and_sent_at_another(county: TestSite):
    first, second = await desk_of(county), await desk_of(county, "何勇")
    address = await answer(first, await begun_at_desk(first), {"phone": "13912345678"})
    stopped = step_of(address)
    code = await put_aside(first, address)
    assert f'value="{code}"' in (await second.get(f"{SLIP}?code={code}")).text
    scanned = await second.submit("/desk/find", {"q": f"http://testserver{SLIP}?code={code}"}, page="/desk/find")
    opened = await use(second, code.lower().replace("-", ""), "4328")
    assert opened.status_code == 303, (scanned.status_code, opened.text[:300])
    address = await followed(second, opened.headers["location"])
    assert step_of(address) == stopped
    begun = [(await each.get("/eservices/desk/new")).text for each in (first, second)]
    assert ["马秀英" in page for page in begun] == [False, True]
    assert (await first.get(address)).status_code == 404
    review = await to_the_review(second, address, {}, photos=1)
    assert "/eservices/receipt/" in await send(second, review)
    assert (await use(first, code, "4328")).status_code == 422


async def test_nobody_learns_anything_by_the_slip_alone(county: TestSite):
    desk, nobody = await desk_of(county), county.client()
    code = await put_aside(desk, await begun_at_desk(desk))
    wrong = [await use(nobody, code, "9999"), await use(nobody, "2222-2222-2222", "4328")]
    words = [re.sub(r'value="[^"]*"|nonce="[^"]*"', "", page.text) for page in wrong]
    assert [page.status_code for page in wrong] == [422, 422]
    assert words[0] == words[1]
    told = await use(nobody, code, "4328")
    assert told.status_code == 200
    assert "马秀英" not in told.text
    assert "/sign-in?next=" in told.text.replace("%3F", "?")
    stranger = await county.client_of((await person_named("何勇", county)).id)
    told = await use(stranger, code, "4328")
    assert (told.status_code, "马秀英" in told.text) == (200, False)
    assert (await Draft.get()).made_by_id == (await person_named("何静", county)).id


async def test_wrong_facts_are_counted_on_the_slip_and_a_new_one_ends_the_old(county: TestSite):
    desk = await desk_of(county)
    address = await begun_at_desk(desk)
    old = await put_aside(desk, address)
    for each in range(10):
        with pytest.raises(Refused):
            await find_aside(old, "9999", address=f"10.0.0.{each}", now=county.clock())
    with pytest.raises(Refused):
        await find_aside(old, "4328", address="10.0.1.1", now=county.clock())
    new = await put_aside(desk, address)
    with pytest.raises(Refused):
        await find_aside(old, "4328", address="10.0.1.2", now=county.clock())
    assert await find_aside(new, "4328", address="10.0.1.3", now=county.clock()) == (await Draft.get()).id
    assert (await DraftSlip.get(ended_at=None)).tries == 0


async def test_ten_wrong_tries_from_one_place_and_then_one_waits(county: TestSite):
    nobody = county.client()
    for _ in range(10):
        assert (await use(nobody, "2222-2222-2222", "4328")).status_code == 422
    assert (await use(nobody, "2222-2222-2222", "4328")).status_code == 429


async def test_the_person_goes_on_in_her_own_account(county: TestSite):
    person = await resident(county)
    desk, hers = await desk_of(county), await county.client_of(person.id)
    address = await begun_at_desk(desk, name="周桂华")
    code = await put_aside(desk, address)
    assert (await hers.get(address)).status_code == 404
    opened = await use(hers, code, "0001")
    assert opened.status_code == 303, opened.text[:300]
    assert (await hers.get(address.rsplit("/", 1)[0] + "/review")).status_code == 303
    assert (await desk.get(address)).status_code == 404
    row = await Draft.get()
    assert (row.person_id, row.made_by_id) == (person.id, None)
    own = await hers.post(f"/eservices/draft/{row.id}/slip", data={"_key": "k" * 24})
    assert own.status_code == 403


async def test_what_is_begun_twice_is_not_mixed(county: TestSite):
    person = await resident(county)
    desk, hers = await desk_of(county), await county.client_of(person.id)
    await begin(hers, PENSION)
    code = await put_aside(desk, await begun_at_desk(desk, name="周桂华"))
    refused = await use(hers, code, "0001")
    assert refused.status_code == 409
    assert await Draft.filter(ended_at=None).count() == 2


async def test_a_proxy_puts_aside_and_the_desk_goes_on(county: TestSite):
    _, _, _, his = await family(county)
    address = await begin_for(his, await allowed(his))
    code = await put_aside(his, address)
    desk = await desk_of(county)
    assert (await use(desk, code, "0001")).status_code == 303
    row = await Draft.get()
    assert (row.authorisation_id, row.made_by_id) == (None, (await person_named("何静", county)).id)
    assert (await his.get(address)).status_code == 404
    code = await put_aside(desk, await followed(desk, f"/eservices/draft/{row.id}/next"))
    assert (await use(his, code, "0001")).status_code == 303
    assert (await Draft.get()).authorisation_id is not None


async def test_when_its_time_is_over_nothing_is_left(county: TestSite):
    desk = await desk_of(county)
    code = await put_aside(desk, await begun_at_desk(desk))
    later = county.clock() + timedelta(days=30, seconds=1)
    with pytest.raises(Refused):
        await find_aside(code, "4328", address="10.0.0.1", now=later)
    assert await drop_expired(later) == 1
    await forget_slips(later)
    assert ((await Draft.get()).answers, await DraftSlip.all().count()) == (None, 0)


async def test_a_slip_that_breaks_a_promise_is_not_kept(county: TestSite):
    desk = await desk_of(county)
    await put_aside(desk, await begun_at_desk(desk))
    row, now = await DraftSlip.get(), county.clock()
    values = {
        "draft_id": row.draft_id,
        "made_by_id": row.made_by_id,
        "code_key": "x",
        "created_at": now,
        "expires_at": now + timedelta(days=1),
        "ended_at": now,
    }
    breaks: dict[str, dict[str, Any]] = {
        "eservices_draft_slip_open": {"ended_at": None},
        "eservices_draft_slip_code": {"code_key": row.code_key},
        "eservices_draft_slip_span": {"expires_at": now},
        "eservices_draft_slip_tries": {"tries": 11},
    }
    for name, change in breaks.items():
        with pytest.raises(IntegrityError, match=f"{name}|draft_id|code_key"):
            await DraftSlip.create(**{**values, **change})
    assert await DraftSlip.all().count() == 1
