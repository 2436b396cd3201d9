"""Acting for somebody: a grandson for his grandmother, with her code, until she takes it back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from lianxin.api import (
    Refused,
    bind_phone,
    card_of,
    check_code,
    claim_person,
    files_of,
    find_visible,
    get_detail,
    inbox,
    mask_name,
)
from lianxin.testing.codes import code_sent_to
from lianxin.testing.queries import count_queries
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices.actions.authorising import end_run_out
from lianxin_eservices.models import Authorisation, Case, Draft
from tests.plugins.eservices.applying import KEY, followed, photo, send, step_of, to_the_review
from tests.plugins.eservices.people import herself, person_named, resident, staff
from tests.plugins.eservices.test_journey import PENSION, press

pytestmark = pytest.mark.anyio
PHONE = "13800000001"
ASK = {"name": "周桂华", "phone": PHONE, "relationship": "family", "days": "90"}


async def ask_for(client: SiteClient, **more: Any) -> str:
    """Asks to act; the address where the code is typed."""
    sent = await client.submit("/eservices/acting/new", {**ASK, **more}, page="/eservices/acting/new")
    assert sent.status_code == 303, re.findall(r'class="err".*?</p>', sent.text)
    return str(sent.headers["location"])


async def allowed(client: SiteClient, **more: Any) -> str:
    """With the right code; the id of the authorisation."""
    where = await ask_for(client, **more)
    given = await client.submit(where, {"code": await code_sent_to(more.get("phone", PHONE))}, page=where)
    assert given.status_code == 303, re.findall(r'class="err".*?</p>', given.text)
    return str(given.headers["location"]).rsplit("/", 1)[1]


async def begin_for(client: SiteClient, leave: str, slug: str = PENSION) -> str:
    """Agrees for the person; the address of the first question."""
    where = f"/eservices/{slug}/apply-for/{leave}"
    begun = await client.submit(where, {"agree": "yes"}, page=where)
    assert begun.status_code == 303, (begun.status_code, begun.text[:500])
    return await followed(client, begun.headers["location"])


async def family(county: TestSite) -> tuple[Any, Any, SiteClient, SiteClient]:
    """Grandmother and grandson, and their browsers."""
    she = await resident(county)
    made = await claim_person(name="张小军", now=county.clock())
    await bind_phone(made.person_id, "13800000777", bound_by="self", now=county.clock())
    he = await card_of(made.person_id, masked=False)
    return she, he, await county.client_of(she.id), await county.client_of(he.id)


async def revoke(client: SiteClient, leave: str) -> None:
    """One button."""
    done = await client.submit(f"/eservices/proxies/{leave}/revoke", {}, page="/eservices/proxies")
    assert done.status_code == 303, done.text[:300]


async def test_a_grandson_applies_she_revokes_and_he_sees_nothing_more(county: TestSite):
    she, he, hers, his = await family(county)
    leave = await allowed(his)
    code = await applied_for(his, leave)
    matter = await find_visible(code, herself(she.id))
    assert matter is not None
    assert (matter.applicant_id, matter.made_by_id) == (she.id, he.id)
    assert "周桂华" in (await his.get(f"/account/m/{code}")).text
    assert mask_name("张小军") in (await hers.get(f"/account/m/{code}")).text
    for reader in (she, he):
        assert any(f"{code[:4]} {code[4:]}" in told.body for told in (await inbox([reader.id])).rows)
    picture = await first_file(matter.id)
    assert (await his.get(f"/files/{picture}")).status_code == 200
    begun = await begin_for(his, leave, "ssc-apply")
    assert "张小军" in (await hers.get("/eservices/proxies")).text

    await revoke(hers, leave)
    await sees_nothing(his, code, [f"/files/{picture}", f"/eservices/acting/for/{leave}", begun])
    told = len((await inbox([he.id])).rows)
    station = await county.client_of((await staff("何静", county)).person_id, staff=True)
    await press(station, "desk", code, "accept")
    assert len((await inbox([he.id])).rows) == told
    assert (await hers.get(f"/account/m/{code}")).status_code == 200
    assert (await hers.get(f"/files/{picture}")).status_code == 200


async def applied_for(his: SiteClient, leave: str) -> str:
    """From the consent to the receipt; on no page stands what he did not type. Answers the code."""
    address = await begin_for(his, leave)
    assert step_of(address) == "phone"
    page = (await his.get(address)).text
    assert "周桂华" in page
    assert "0001" not in page
    review = await to_the_review(his, address, {"phone": {"phone": "13912345678"}}, photos=1)
    assert "4328" not in (await his.get(review)).text
    return (await send(his, review)).rsplit("/", 1)[1]


async def sees_nothing(his: SiteClient, code: str, more: list[str]) -> None:
    """Neither the case nor what hangs on it, by whatever address; no list of his names it or her."""
    known = [f"/account/m/{code}", f"/eservices/receipt/{code}", f"/eservices/correct/{code}"]
    for gone in (*known, *more):
        assert (await his.get(gone)).status_code == 404, gone
    for still in ("/account/", "/eservices/acting", "/eservices/proxies"):
        text = (await his.get(still)).text
        assert code not in text
        assert "周桂华" not in text


async def first_file(matter_id: Any) -> str:
    """One of the photos of a matter."""
    return str(next(iter((await files_of(matter_id)).values()))[0])


async def test_the_code_lets_act_and_never_sign_in(county: TestSite):
    _, _, _, his = await family(county)
    where = await ask_for(his)
    code = await code_sent_to(PHONE)
    with pytest.raises(Refused):
        await check_code(f"+86{PHONE}", code, now=county.clock())
    wrong = await his.submit(where, {"code": f"{(int(code) + 1) % 1_000_000:06d}"}, page=where)
    assert wrong.status_code == 422
    stranger = await county.client_of((await person_named("何静", county)).id)
    assert (await stranger.get(where)).status_code == 404
    given = await his.submit(where, {"code": code}, page=where)
    assert given.status_code == 303
    assert await Authorisation.all().count() == 1


async def test_asking_tells_nothing_of_who_is_known(county: TestSite):
    _, _, _, his = await family(county)
    known, unknown = await ask_for(his), await ask_for(his, phone="13800009999")
    pages = [re.sub(r"[0-9a-f-]{20,}|\\d", "", (await his.get(each)).text) for each in (known, unknown)]
    words = [re.sub(r"value=\"[^\"]*\"|nonce=\"[^\"]*\"|138\\S*", "", page) for page in pages]
    assert len(words[0]) == len(words[1])


async def test_a_proxy_acts_only_in_what_was_named_and_only_until(county: TestSite):
    she, he, _, his = await family(county)
    leave = await allowed(his, items=["RS-001"])
    begun = await begin_for(his, leave)
    where = f"/eservices/ssc-apply/apply-for/{leave}"
    other = await his.submit(where, {"agree": "yes"}, page=where)
    assert other.status_code == 403
    row = await Authorisation.get(id=leave)
    later = row.ends_at + timedelta(seconds=1)
    assert await end_run_out(row.ends_at - timedelta(seconds=1)) == 0
    assert await end_run_out(later) == 1
    assert (await his.get(begun)).status_code == 404
    assert (await Draft.get(person_id=she.id)).made_by_id == he.id


async def test_she_takes_over_a_draft_and_a_case(county: TestSite):
    she, he, hers, his = await family(county)
    leave = await allowed(his)
    review = await to_the_review(his, await begin_for(his, leave), {"phone": {"phone": "13912345678"}}, photos=1)
    code = (await send(his, review)).rsplit("/", 1)[1]
    begun = await begin_for(his, leave, "ssc-apply")
    draft = begun.split("/")[3]
    assert (await hers.get(begun)).status_code == 404
    taken = await hers.submit(f"/eservices/proxies/draft/{draft}", {}, page="/eservices/proxies")
    assert taken.status_code == 303
    assert step_of(await followed(hers, taken.headers["location"])) == "whom"
    assert (await his.get(begun)).status_code == 404
    assert (await his.get(f"/account/m/{code}")).status_code == 200
    forged = await his.post(f"/eservices/proxies/case/{code}", data={"_key": "k" * 24})
    assert forged.status_code == 403
    done = await hers.submit(f"/eservices/proxies/case/{code}", {}, page="/eservices/proxies")
    assert done.status_code == 303
    assert (await his.get(f"/account/m/{code}")).status_code == 404
    assert code not in (await his.get(f"/eservices/acting/for/{leave}")).text
    matter = await find_visible(code, herself(she.id))
    assert matter is not None
    told = len((await inbox([he.id])).rows)
    station = await county.client_of((await staff("何静", county)).person_id, staff=True)
    await press(station, "desk", code, "accept")
    assert len((await inbox([he.id])).rows) == told


async def test_nobody_else_revokes_or_takes(county: TestSite):
    _, _, _, his = await family(county)
    leave = await allowed(his)
    stranger = await county.client_of((await person_named("何静", county)).id)
    for browser in (his, stranger):
        assert (await browser.post(f"/eservices/proxies/{leave}/revoke", data={"_key": "k" * 24})).status_code == 404
    assert (await stranger.get(f"/eservices/acting/for/{leave}")).status_code == 404
    assert (await Authorisation.get(id=leave)).ended_at is None


async def test_what_the_proxy_corrects_and_withdraws_stands_under_both_names(county: TestSite):
    she, he, _, his = await family(county)
    review = await to_the_review(his, await begin_for(his, await allowed(his)), {"phone": {"phone": PHONE}}, photos=1)
    code = (await send(his, review)).rsplit("/", 1)[1]
    await press(his, "account", code, "withdraw", {"reason": "先不办了"})
    matter = await find_visible(code, herself(she.id))
    assert matter is not None
    steps = (await get_detail(matter, herself(she.id), now=county.clock())).steps
    both = (mask_name(he.name), mask_name(she.name))
    assert [(step.who, step.for_whom) for step in steps] == [both, both]


async def test_the_desk_writes_down_what_was_signed_and_does_not_handle_it_itself(county: TestSite):
    desk = await staff("何静", county)
    client = await county.client_of(desk.person_id, staff=True)
    data = {
        "name": "周桂华",
        "id_number": "510899195803154328",
        "phone": PHONE,
        "card_seen": "yes",
        "myself": "yes",
        "relationship": "staff",
        "days": "30",
        "method": "signature",
    }
    page = (await client.get("/eservices/desk/authorise")).text
    key = KEY.findall(page)[-1]
    nothing = await client.post("/eservices/desk/authorise", data={**data, "_key": key})
    assert nothing.status_code == 422
    files = [("paper", ("signature.jpg", photo(), "image/jpeg"))]
    done = await client.post("/eservices/desk/authorise", data={**data, "_key": key}, files=files)
    assert done.status_code == 303, re.findall(r'class="err".*?</p>', done.text)
    row = await Authorisation.get()
    assert (row.method, row.witness_id, row.proxy_id) == ("signature", desk.person_id, desk.person_id)
    assert row.file_id is not None
    address = await begin_for(client, str(row.id))
    review = await to_the_review(client, address, {"phone": {"phone": PHONE}}, photos=1)
    code = (await send(client, review)).rsplit("/", 1)[1]
    assert (await Case.get()).whom == "proxy"
    page = (await client.get(f"/desk/m/{code}")).text
    refused = await client.post(f"/desk/m/{code}/accept", data={"_key": KEY.findall(page)[0]})
    assert refused.status_code == 403
    assert f"/account/m/{code}" in (await client.get("/eservices/acting/for/" + str(row.id))).text


async def test_the_client_list_costs_the_same_however_long_it_is(county: TestSite):
    _, _, _, his = await family(county)
    counts = []
    for number in range(3):
        phone = f"1380000100{number}"
        leave = await allowed(his, name=f"周{'一二三'[number]}", phone=phone)
        await begin_for(his, leave)
        await his.get("/eservices/acting")
        with count_queries() as counted:
            await his.get("/eservices/acting")
        counts.append(len(counted))
    assert counts[0] == counts[1] == counts[2]
