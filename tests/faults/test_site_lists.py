"""C5: lists cost the same however many rows there are."""

import os
from datetime import timedelta

import pytest

from lianxin.data.unit import unit_of_work
from lianxin.directory.areas import find_area
from lianxin.matters.models import Matter
from lianxin.operate.demo.fill import demo_resident
from lianxin.operate.demo.staff import COMMUNITY, STAFF
from lianxin.testing.queries import count_queries
from lianxin.testing.site import TestSite
from lianxin.values.codes import check_character
from tests.core.web.probe.opening import whole, whole_template

pytestmark = [pytest.mark.anyio, pytest.mark.fault]
ROWS = 100_000 if os.environ.get("LIANXIN_FAULT_SIZE") == "full" else 5_000
MOST = 15
SYMBOLS = "0123456789ACDEFHJKMNPQRTUVWXY"

__all__ = ["whole", "whole_template"]


def code(number: int) -> str:
    """The number as a matter's code."""
    body = ""
    for _ in range(7):
        number, digit = divmod(number, len(SYMBOLS))
        body = SYMBOLS[digit] + body
    return body + check_character(body)


async def many_matters(site: TestSite, count: int) -> None:
    """Submitted applications of one community, all of one resident, each with its clock."""
    area = await find_area(COMMUNITY)
    assert area is not None
    now, person_id = site.clock(), demo_resident().id
    rows = [
        Matter(
            code=code(number),
            flow="eservices.case",
            flow_version=1,
            title=f"临时救助 {number}",
            state="submitted",
            area_id=area.id,
            owner_role="station_staff",
            applicant_id=person_id,
            due_at=now + timedelta(minutes=number - count // 2),
            due_kind="acceptance",
            created_at=now,
            changed_at=now,
        )
        for number in range(count)
    ]
    async with unit_of_work():
        await Matter.bulk_create(rows, batch_size=1000)


async def test_every_list_asks_few_questions_whatever_its_length(whole: TestSite) -> None:
    """C5: the desk's queue and a resident's own list, with thousands of rows, in 15 queries at most."""
    await many_matters(whole, ROWS)
    station = await whole.client_of(STAFF[0].person_id, staff=True)
    own = await whole.client_of(demo_resident().id)
    for client, address in (
        (station, "/desk/"),
        (station, "/desk/?view=overdue"),
        (station, "/desk/?view=unclaimed"),
        (own, "/account/"),
        (own, "/"),
    ):
        await client.get(address)  # what is remembered for a second is not what is measured
        with count_queries() as asked:
            answer = await client.get(address)
        assert answer.status_code == 200, address
        assert len(asked) <= MOST, f"{address}: {len(asked)} queries"
        assert len(answer.content) < 200_000, address
