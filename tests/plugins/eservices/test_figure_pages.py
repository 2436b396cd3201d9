"""The pages and files of figures: whose office, which cases behind, no formula, nobody's data."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest

from lianxin.api import MatterRow, advance, find_organisation
from lianxin.testing.queries import count_queries
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices import forms
from lianxin_eservices.actions.counting import count_all
from lianxin_eservices.documents.tables import csv_of, xlsx_of
from lianxin_eservices.models import Figure
from lianxin_eservices.rules.figure_rows import careful_rows
from lianxin_eservices.rules.figures import Counted
from tests.plugins.eservices.living import lived
from tests.plugins.eservices.people import person_named, staff
from tests.plugins.eservices.test_handling import applied

pytestmark = pytest.mark.anyio
PAGES = ("", "/behind?what=received", "/table.csv", "/table.xlsx")
ILLNESS = "尿毒症透析"


async def signed_in(county: TestSite, name: str) -> SiteClient:
    return await county.client_of((await person_named(name, county)).id, staff=True)


async def text_of(answer: Any) -> str:
    """A page or a file as text; a workbook is unpacked."""
    if answer.headers["content-type"].startswith("application/vnd"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            return "".join(book.read(name).decode("utf-8") for name in book.namelist())
    return answer.content.decode("utf-8")


async def test_nothing_of_a_person_is_in_any_figure_or_file(county: TestSite):
    clerk, officer, now = await staff("何静", county), await staff("严红", county), county.clock()
    matter = await advance(await applied(county), "accept", by=clerk, now=now)
    said = forms.DecisionForm(reason=f"{ILLNESS}，住普子岭二组18号")
    await advance(matter, "approve", by=officer, now=now, data=said)
    await count_all(now)
    boss = await signed_in(county, "谢国强")
    for where in PAGES:
        answer = await boss.get(f"/eservices/desk/figures{where}")
        assert answer.status_code == 200, where
        text = await text_of(answer)
        for planted in ("510899195803154328", "13800000001", "周桂华", "二组18号", ILLNESS):
            assert planted not in text, (where, planted)
    for row in await Figure.all().values():
        assert not any(planted in str(row) for planted in ("510899195803154328", "周桂华", ILLNESS))


async def test_an_officer_sees_her_own_office_and_no_other(county: TestSite):
    await lived(county)
    labour = await signed_in(county, "严红")
    page = await labour.get("/eservices/desk/figures")
    own, other = await find_organisation("human_resources"), await find_organisation("civil_affairs")
    assert own is not None
    assert other is not None
    assert str(own.id) in page.text
    assert str(other.id) not in page.text
    for where in ("", "/behind", "/table.csv", "/table.xlsx"):
        refused = await labour.get(f"/eservices/desk/figures{where}", params={"office": str(other.id), "what": "rated"})
        assert refused.status_code == 404
    for name in ("何静",):
        assert (await (await signed_in(county, name)).get("/eservices/desk/figures")).status_code == 403


async def test_the_cases_behind_a_number_are_as_many_as_it_says(county: TestSite):
    await lived(county)
    labour, month = await signed_in(county, "严红"), county.clock().date().replace(day=1)
    own = await find_organisation("human_resources")
    assert own is not None
    for what, number in (
        ("received", sum([row.received for row in await Figure.filter(office=str(own.id), month=month)])),
        ("decided", sum([row.decided for row in await Figure.filter(office=str(own.id), month=month)])),
        ("rated", sum([sum(row.grades.values()) for row in await Figure.filter(office=str(own.id), month=month)])),
    ):
        page = await labour.get("/eservices/desk/figures/behind", params={"what": what, "office": str(own.id)})
        shown = re.findall(r'href="/desk/m/(\w{8})"', page.text)
        seen = await MatterRow.filter(code__in=shown).count()
        # What is not accepted yet belongs to the office, but its officer sees it only from then on.
        waiting = await MatterRow.filter(
            flow="eservices.case", organisation_id=None, eservices_case__version__item__department="human_resources"
        ).count()
        assert number - waiting <= seen <= number, what
        assert len(set(shown)) == len(shown)


async def test_the_page_asks_the_same_questions_however_much_was_counted(county: TestSite):
    boss = await signed_in(county, "谢国强")
    await boss.get("/eservices/desk/figures")
    with count_queries() as empty:
        await boss.get("/eservices/desk/figures")
    await lived(county)
    await boss.get("/eservices/desk/figures")
    with count_queries() as full:
        await boss.get("/eservices/desk/figures")
    assert len(full) <= len(empty) + 1


@pytest.mark.parametrize("query", ["month=2026-99", "month=", "item=nothing", "month=1900-01", "month=2999-12"])
async def test_whatever_stands_in_the_address_the_page_answers(county: TestSite, query: str):
    boss = await signed_in(county, "谢国强")
    assert (await boss.get(f"/eservices/desk/figures?{query}")).status_code == 200


async def test_files_hide_small_numbers_and_hold_the_same_table(county: TestSite):
    await lived(county)
    boss = await signed_in(county, "谢国强")
    month = max(row.month for row in await Figure.all())
    rows = list(csv.reader(io.StringIO((await boss.get("/eservices/desk/figures/table.csv")).text.lstrip("\ufeff"))))
    assert len(rows) > 3
    for row in rows[1:-1]:
        assert all(cell not in ("1", "2", "3", "4") for cell in (row[1], row[2], row[7], row[9]))
    assert any("<5" in row for row in rows)
    book = await text_of(await boss.get("/eservices/desk/figures/table.xlsx"))
    assert rows[1][0] in book
    assert (
        f"figures-{month:%Y-%m}.xlsx"
        in (await boss.get("/eservices/desk/figures/table.xlsx")).headers["content-disposition"]
    )


FORMULAS = ["=1+1", "+A1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "＝1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("cell", FORMULAS)
async def test_no_cell_is_ever_a_formula(cell: str):
    (row,) = list(csv.reader(io.StringIO(csv_of([[cell, "ok", 5]]).decode("utf-8-sig"), newline="")))
    assert row[0] == f"'{cell}"
    assert row[1:] == ["ok", "5"]
    with zipfile.ZipFile(io.BytesIO(await xlsx_of("x", [["head"], [cell]]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_shares_of_few_are_not_said():
    few, many = Counted(received=9, decided=9, on_time=8), Counted(received=40, decided=40, on_time=30)
    for each in (few, many):
        each.days.update({2: each.decided})
    (first, second), whole = careful_rows([few, many], Counted(received=49, decided=49, on_time=38))
    assert first[:3] == ("9", "9", "—")
    assert second[:4] == ("40", "40", "75%", "2")
    assert whole[:2] == ("49", "49")


async def test_the_supervision_list_shows_what_is_late_and_what_soon_will_be(county: TestSite):
    await lived(county)
    now, boss = county.clock(), await signed_in(county, "谢国强")
    late = await MatterRow.filter(flow__startswith="eservices.", closed_at=None, due_at__lt=now).order_by("due_at")
    page = (await boss.get("/eservices/desk/watch")).text
    shown = re.findall(r'href="/desk/m/(\w{8})"', page)
    due = {row.code: row.due_at for row in late}
    assert set(shown) == set(due)
    assert [due[code] for code in shown] == sorted(due.values())
    soon = (await boss.get("/eservices/desk/watch", params={"view": "soon"})).text
    for code in re.findall(r'href="/desk/m/(\w{8})"', soon):
        row = await MatterRow.get(code=code)
        assert row.due_at is not None
        assert row.due_at >= now
    assert (await (await signed_in(county, "何静")).get("/eservices/desk/watch")).status_code == 403


async def test_the_month_is_the_county_s_not_that_of_the_machine(county: TestSite):
    """A case sent at half past midnight of the first belongs to the new month, though elsewhere it is still the old."""
    from datetime import UTC, datetime

    from lianxin_eservices.queries.happenings import day_of

    assert day_of(datetime(2026, 10, 31, 16, 30, tzinfo=UTC)) == date(2026, 11, 1)
