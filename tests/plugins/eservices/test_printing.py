"""The print list: put aside while working, printed in one go, each clerk's own."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from lianxin.api import MatterRow
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices.actions.printing import forget_printed
from lianxin_eservices.models import Notice, ToPrint
from tests.plugins.eservices.people import staff
from tests.plugins.eservices.test_journey import applied, resident

pytestmark = pytest.mark.anyio
LIST = "/eservices/desk/print"


async def desk(county: TestSite, name: str = "何静") -> SiteClient:
    """Her browser."""
    person = (await staff(name, county)).person_id
    assert person
    return await county.client_of(person, staff=True)


async def accepted(county: TestSite, client: SiteClient) -> tuple[str, UUID]:
    """The code of an application and its notice of acceptance."""
    person = await resident(county)
    code = await applied(county, await county.client_of(person.id))
    await client.submit(f"/desk/m/{code}", {"do": "claim"}, page=f"/desk/m/{code}")
    await client.post(f"/desk/m/{code}/accept", data={})
    return code, (await Notice.get()).id


async def test_receipt_and_notice_are_printed_as_one_job(county: TestSite) -> None:
    client = await desk(county)
    code, notice = await accepted(county, client)
    later = f"/eservices/notice/{code}/later"
    for data in ({}, {}, {"which": str(notice)}, {"which": str(notice)}):
        assert (await client.post(later, data=data)).status_code == 303
    assert await ToPrint.all().count() == 2
    assert code[:4] in (await client.get(LIST)).text
    page = (await client.get(f"{LIST}/sheets")).text
    assert "受理通知书" in page
    assert f"{code[:4]} {code[4:]}" in page
    ids = re.findall(r'name="sheets" value="([^"]+)"', page)
    assert len(ids) == 2
    other = await desk(county, "何勇")
    assert "没有要打印的" in (await other.get(LIST)).text
    assert (await other.get(f"{LIST}/sheets")).headers["location"] == LIST
    await other.post(f"{LIST}/sheets", data={"sheets": ids})
    assert await ToPrint.filter(printed_at=None).count() == 2
    await client.post(f"{LIST}/sheets", data={"sheets": ids[:1]})
    assert await ToPrint.filter(printed_at=None).count() == 1
    await other.post(f"{LIST}/out", data={"line": ids[1]})
    assert await ToPrint.filter(printed_at=None).count() == 1
    await client.post(f"{LIST}/out", data={"line": ids[1]})
    assert not await ToPrint.filter(printed_at=None).exists()
    await client.post(later, data={})
    assert await ToPrint.all().count() == 2
    await forget_printed(county.clock() + timedelta(days=1))
    assert await ToPrint.all().count() == 1


async def test_a_notice_of_another_case_goes_on_no_list(county: TestSite) -> None:
    client = await desk(county)
    _, notice = await accepted(county, client)
    person = (await MatterRow.all().select_related("applicant").first()).applicant  # type: ignore[union-attr]
    other = await applied(county, await county.client_of(person.id), "ssc-apply")
    assert (await client.post(f"/eservices/notice/{other}/later", data={"which": str(notice)})).status_code == 404
    assert not await ToPrint.exists()


async def test_what_one_may_not_see_any_more_is_not_printed(county: TestSite) -> None:
    client = await desk(county)
    code, _ = await accepted(county, client)
    await client.post(f"/eservices/notice/{code}/later", data={})
    await MatterRow.filter(code=code).update(confidentiality="restricted")
    assert code[:4] not in (await client.get(LIST)).text
    assert (await client.get(f"{LIST}/sheets")).status_code == 303


async def test_a_sheet_lies_there_once(county: TestSite) -> None:
    client = await desk(county)
    code, notice = await accepted(county, client)
    matter, clerk = (await MatterRow.get(code=code)).id, (await staff("何静", county)).person_id
    for which in (None, notice):
        values = {"clerk_id": clerk, "matter_id": matter, "notice_id": which, "asked_at": county.clock()}
        await ToPrint.create(**values, printed_at=county.clock())
        await ToPrint.create(**values)
        with pytest.raises(IntegrityError):
            await ToPrint.create(**values)
