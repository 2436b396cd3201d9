"""How it stands without an account, a copy by phone, and being called back."""

from __future__ import annotations

import re

import pytest

from lianxin.api import InvalidValue, find_visible, inbox, list_queue, parse_code
from lianxin.testing.codes import code_sent_to
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices import messages
from lianxin_eservices.models import CallBack
from tests.plugins.eservices.applying import KEY, answer, begin
from tests.plugins.eservices.people import person_named, resident, staff
from tests.plugins.eservices.test_acting import PHONE
from tests.plugins.eservices.test_journey import PENSION, applied, press

pytestmark = pytest.mark.anyio
STATUS = "/eservices/status"


async def told(client: SiteClient, code: str, digits: str) -> tuple[int, str]:
    """What the page answers, without what changes from one to the next."""
    sent = await client.submit(STATUS, {"code": code, "digits": digits}, page=STATUS)
    text = re.sub(r'(value|nonce|name="_key" value)="[^"]*"|[0-9A-Y]{8}', "", sent.text)
    return sent.status_code, re.sub(r"<[^>]*>|\s+", " ", text)


async def test_code_and_four_characters_tell_how_it_stands_and_nothing_of_her(county: TestSite):
    person = await resident(county)
    code = await applied(county, await county.client_of(person.id))
    nobody = county.client()
    page = await nobody.get(f"{STATUS}?code={code}")
    assert f'value="{code}"' in page.text
    for digits in ("0001", "4328"):
        status, text = await told(nobody, code, digits)
        assert status == 200
        assert "居民" in text or "养老" in text
        for hers in ("周桂华", "周**", "周*华", PHONE, "138****0001", "510899195803154328", "5108"):
            assert hers not in text, hers
    receipt = (await (await county.client_of(person.id)).get(f"/eservices/receipt/{code}")).text
    assert f"{STATUS}?code={code}" in receipt


def another(code: str) -> str:
    """A code that nobody has, its check character right."""
    for last in "0123456789ACDEFHJKMNPQRTUVWXY":
        try:
            if (made := parse_code(code[:3] + ("7" if code[3] != "7" else "9") + code[4:7] + last)) != code:
                return made
        except InvalidValue:
            continue
    raise AssertionError(code)


async def test_an_unknown_code_and_wrong_digits_get_the_same_answer(county: TestSite):
    code = await applied(county, await county.client_of((await resident(county)).id))
    nobody = county.client()
    unknown = another(code)
    assert await told(nobody, code, "9999") == await told(nobody, unknown, "9999")
    assert (await told(nobody, code, "9999"))[0] == 422


async def test_ten_wrong_tries_and_then_even_the_right_one_waits(county: TestSite):
    code = await applied(county, await county.client_of((await resident(county)).id))
    nobody = county.client()
    for right in range(3):
        assert (await told(nobody, code, "0001"))[0] == 200, right
    for wrong in range(10):
        assert (await told(nobody, code, f"98{wrong:02d}"))[0] == 422
    assert (await told(nobody, code, "0001"))[0] == 429
    county.clock.forward(minutes=31)
    assert (await told(nobody, code, "0001"))[0] == 200


async def test_a_copy_needs_the_telephone(county: TestSite):
    person = await resident(county)
    code = await applied(county, await county.client_of(person.id))
    nobody = county.client()
    sent = await nobody.submit(STATUS, {"code": code, "digits": "0001"}, page=STATUS)
    key = KEY.findall(sent.text)[-1]
    asked = await nobody.post(f"{STATUS}/code", data={"code": code, "digits": "0001", "_key": key})
    assert asked.status_code == 200, asked.text[:400]
    assert 'name="sent"' in asked.text
    number = await code_sent_to(PHONE)
    wrong = await nobody.post(
        f"{STATUS}/copy", data={"code": code, "digits": "0001", "sent": "000001", "_key": "a" * 24}
    )
    assert wrong.status_code == 422
    assert "周桂华" not in wrong.text
    assert f'name="code" value="{code}"' in wrong.text
    copy = await nobody.post(f"{STATUS}/copy", data={"code": code, "digits": "0001", "sent": number, "_key": "b" * 24})
    assert copy.status_code == 200
    assert "周桂华" in copy.text
    assert "510899195803154328" not in copy.text
    again = await nobody.post(f"{STATUS}/copy", data={"code": code, "digits": "0001", "sent": number, "_key": "c" * 24})
    assert again.status_code == 422


async def test_one_press_asks_for_a_call_and_the_desk_calls(county: TestSite):
    person = await resident(county)
    client = await county.client_of(person.id)
    address = await begin(client, PENSION)
    address = await answer(client, address, {"whom": "self"})
    where = address.replace("/draft/", "/call/")
    pressed = await client.submit(where, {}, page=address)
    assert pressed.status_code == 303
    assert pressed.headers["location"].split("?")[0] == address.split("?")[0]
    await client.submit(where, {}, page=address)
    assert await CallBack.all().count() == 1
    desk = await staff("何静", county)
    queue = (await list_queue(desk, flow="eservices.call_back", now=county.clock())).rows
    assert len(queue) == 1
    code = queue[0].code
    station = await county.client_of(desk.person_id, staff=True)
    page = (await station.get(f"/desk/m/{code}")).text
    assert PHONE in page.replace(" ", "")
    await press(station, "desk", code, "not_reached")
    await press(station, "desk", code, "call", {"outcome": "告诉她户口簿拍哪一页"})
    assert PHONE not in (await station.get(f"/desk/m/{code}")).text.replace(" ", "")
    kinds = ("CALL_ASKED", "NOT_REACHED", "CALLED_BACK")
    titles = [message.title for message in (await inbox([person.id])).rows][::-1]
    assert titles == [str(getattr(messages, kind).title) for kind in kinds]
    again = await client.submit(where, {}, page=address)
    assert again.status_code == 303
    assert await CallBack.all().count() == 2


async def test_a_call_about_a_case_names_it(county: TestSite):
    person = await resident(county)
    client = await county.client_of(person.id)
    code = await applied(county, client)
    done = await client.submit(f"/eservices/call/{code}", {}, page=f"/account/m/{code}")
    assert done.status_code == 303
    row = await CallBack.get()
    assert row.case_code == code
    stranger = await county.client_of((await person_named("何静", county)).id)
    assert (await stranger.post(f"/eservices/call/{code}", data={"_key": "k" * 24})).status_code == 404


async def test_the_desk_has_what_to_read_aloud(county: TestSite):
    code = await applied(county, await county.client_of((await resident(county)).id))
    desk = await staff("何静", county)
    station = await county.client_of(desk.person_id, staff=True)
    page = (await station.get(f"/desk/m/{code}")).text
    assert "read-aloud" in page
    assert await find_visible(code, desk) is not None
