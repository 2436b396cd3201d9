"""From an address told to a letter handed over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from lianxin.api import (
    MessageKind,
    connection,
    get_vault,
    reach_of,
    set_setting,
    tell,
    unit_of_work,
)
from lianxin.testing.looking import Delivery, Job, deliver, use_message_kinds
from lianxin.testing.site import TestSite
from lianxin_mail.models import MailAddress
from lianxin_mail.sending import NoServer, letter
from tests.plugins.mail.conftest import Postbox

pytestmark = pytest.mark.anyio
NEWS = MessageKind("test.news", "消息", "您的申请已受理。")


async def name_server(site: TestSite, port: int) -> None:
    settings = {
        "mail.host": "127.0.0.1",
        "mail.port": str(port),
        "mail.security": "none",
        "mail.sender": "fuwu@example.gov.cn",
    }
    for name, value in settings.items():
        await set_setting(name, value, by_id=None, now=site.clock())


async def send_all(site: TestSite) -> None:
    for row in await Delivery.filter(state="queued").order_by("id"):
        await deliver(row.id, now=site.clock())


async def code_of(site: TestSite, postbox: Postbox) -> str:
    await send_all(site)
    found = re.search(r"\d{6}", postbox.letters[-1].get_content())
    assert found
    return found[0]


async def test_an_address_is_told_proved_used_and_erased(site: TestSite, somebody: UUID, postbox: Postbox) -> None:
    await name_server(site, postbox.port)
    client = await site.client_of(somebody)
    assert (await client.post("/mail/", data={"address": "Wang@QQ.com"})).headers["location"] == "/mail/"
    page = (await client.get("/mail/")).text
    assert "W***@qq.com" in page
    assert "Wang@qq.com" not in page
    code = await code_of(site, postbox)
    assert postbox.letters[0]["To"] == "Wang@qq.com"
    assert (await client.post("/mail/confirm", data={"code": code})).headers["location"] == "/mail/"
    assert (await reach_of(somebody)).chosen == {"mail": True}
    use_message_kinds([("test", NEWS)])
    async with unit_of_work():
        await tell(somebody, NEWS, parameters={}, path="/m/4F7K2M9Q", now=site.clock())
    await send_all(site)
    said = postbox.letters[1].get_content()
    assert "您的申请已受理。" in said
    assert "/m/4F7K2M9Q" in said
    await client.post("/mail/forget")
    assert await MailAddress.all().count() == 0


async def test_a_code_counts_five_times_and_for_half_an_hour(site: TestSite, somebody: UUID, postbox: Postbox) -> None:
    await name_server(site, postbox.port)
    client = await site.client_of(somebody)
    await client.post("/mail/", data={"address": "wang@qq.com"})
    right = await code_of(site, postbox)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(5):
        answer = await client.post("/mail/confirm", data={"code": wrong})
        assert answer.status_code == 422
        assert wrong in answer.text
    assert (await client.post("/mail/confirm", data={"code": right})).status_code == 422
    assert (await MailAddress.get(person_id=somebody)).confirmed_at is None


async def test_within_a_minute_no_second_letter_leaves(site: TestSite, somebody: UUID) -> None:
    client = await site.client_of(somebody)
    await client.post("/mail/", data={"address": "wang@qq.com"})
    again = await client.post("/mail/", data={"address": "other@qq.com"})
    assert again.status_code == 429
    assert "other@qq.com" in again.text
    assert await Delivery.all().count() == 1


@pytest.mark.parametrize("typed", ["", "wang", "a@qq.com\nBcc: x@qq.com", "王@qq.com", "a" * 300 + "@qq.com"])
async def test_what_is_no_address_is_said_so_and_kept_in_the_field(site: TestSite, somebody: UUID, typed: str) -> None:
    client = await site.client_of(somebody)
    answer = await client.post("/mail/", data={"address": typed})
    assert answer.status_code == 422
    assert typed.split("\n")[0][:250] in answer.text
    assert await MailAddress.all().count() == 0


async def test_a_server_that_refuses_is_asked_again_later(site: TestSite, somebody: UUID, postbox: Postbox) -> None:
    await name_server(site, postbox.port)
    postbox.refuses = True
    client = await site.client_of(somebody)
    await client.post("/mail/", data={"address": "wang@qq.com"})
    row = await Delivery.get()
    with pytest.raises(Exception, match="no such box"):
        await deliver(row.id, now=site.clock())
    assert (await Delivery.get()).attempts == 1
    postbox.refuses = False
    await send_all(site)
    assert (await Delivery.get()).state == "sent"


async def test_without_a_server_it_is_said_what_is_missing(site: TestSite, somebody: UUID) -> None:
    await (await site.client_of(somebody)).post("/mail/", data={"address": "wang@qq.com"})
    with pytest.raises(NoServer, match="Settings, E-mail"):
        await deliver((await Delivery.get()).id, now=site.clock())


async def test_no_address_stands_in_the_database_in_clear(site: TestSite, somebody: UUID) -> None:
    await (await site.client_of(somebody)).post("/mail/", data={"address": "wangxiuying@qq.com"})
    for table in ("mail_address", "delivery", "audit_entry", "request_seen", "job"):
        rows = await connection().execute_query_dict(f'SELECT * FROM "{table}"')
        assert "wangxiuying" not in str(rows), table
    assert await Job.all().count() == 1


@pytest.mark.parametrize(
    "columns",
    [{"tries": 6}, {"confirmed_at": None, "code_until": None}],
)
async def test_the_database_keeps_what_it_promised(site: TestSite, somebody: UUID, columns: Mapping[str, Any]) -> None:
    now = site.clock()
    row = MailAddress(person_id=somebody, created_at=now, code_until=now + timedelta(minutes=1))
    row.address = get_vault().seal("a@qq.com", table="mail_address", column="address", row_id=row.id)
    for name, value in columns.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError):
        await row.save(force_create=True)


async def test_one_address_a_person(site: TestSite, somebody: UUID) -> None:
    now = site.clock()
    for turn in range(2):
        row = MailAddress(person_id=somebody, created_at=now, code_until=now)
        row.address = get_vault().seal("a@qq.com", table="mail_address", column="address", row_id=row.id)
        if turn:
            with pytest.raises(IntegrityError):
                await row.save(force_create=True)
        else:
            await row.save(force_create=True)


def test_a_letter_is_one_letter_whatever_it_says() -> None:
    made = letter("fuwu@example.gov.cn", "a@qq.com", "连心", "第一行\n.\nBcc: x@qq.com\n\n<b>", "0192-key")
    assert made.keys() == [
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Auto-Submitted",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    ]
    assert made["Message-ID"] == "<0192-key@example.gov.cn>"
    with pytest.raises(ValueError, match="CR|LF|newline|linefeed|header"):
        letter("fuwu@example.gov.cn", "a@qq.com", "连心\r\nBcc: x@qq.com", "text", "key")
