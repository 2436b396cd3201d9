"""Departments and stations, and their credit codes."""

from datetime import datetime
from uuid import UUID

import pytest

from lianxin.declarations import Refused
from lianxin.directory.organisations import (
    OrganisationInfo,
    end_organisation,
    find_organisation,
    get_organisation,
    list_organisations,
    save_organisation,
)
from lianxin.i18n import use_language
from lianxin.values.credit_code import check_character
from lianxin.values.identifiers import uuid7

pytestmark = pytest.mark.anyio

BODY = "11510899MB0000001"
CODE = BODY + check_character(BODY)


async def save(area_id: UUID, code: str = "civil_affairs", credit_code: str = CODE) -> OrganisationInfo:
    return await save_organisation(
        code, credit_code=credit_code, name_zh="民政局", name_en="Civil Affairs", kind="department", area_id=area_id
    )


async def test_made_corrected_and_ended(village: UUID, now: datetime) -> None:
    made = await save(village, credit_code=CODE.lower())
    assert made.credit_code == CODE
    assert (await save(village, credit_code="")).id == made.id
    assert (await get_organisation(made.id)).credit_code is None
    assert made.name == "民政局"
    with use_language("en"):
        assert made.name == "Civil Affairs"
    assert [each.id for each in await list_organisations("department")] == [made.id]
    await end_organisation(made.id, now=now)
    assert await list_organisations() == []
    found = await find_organisation("civil_affairs")
    assert found is not None
    assert found.ended_at == now


async def test_within_an_area(village: UUID, other_village: UUID) -> None:
    await save(village)
    await save(other_village, "station", "")
    assert [each.code for each in await list_organisations(within="/510821107002/")] == ["station"]


async def test_codes_that_are_not_right(village: UUID) -> None:
    wrong = BODY + ("0" if CODE[-1] != "0" else "1")
    with pytest.raises(Refused, match="credit_code") as refused:
        await save(village, credit_code=wrong)
    assert (refused.value.status, refused.value.field) == (422, "credit_code")
    await save(village)
    with pytest.raises(Refused, match="credit_code_taken"):
        await save(village, "other")
    with pytest.raises(Refused, match="no_organisation"):
        await get_organisation(uuid7())
