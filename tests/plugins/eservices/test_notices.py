"""Written notices: issued with the transition or not at all, numbered without a gap, never changed, read by few."""

from __future__ import annotations

import asyncio
import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pypdf
import pytest

from lianxin.api import Actor, MatterInfo, Refused, advance, get_vault, readings_of, unit_of_work
from lianxin.testing.site import TestSite
from lianxin_eservices import forms
from lianxin_eservices.actions.noticing import OWED
from lianxin_eservices.flow import CASE_FLOW
from lianxin_eservices.models import Notice, NoticeSeries
from lianxin_eservices.queries.notices import WORDS, list_notices, read_notice
from lianxin_eservices.rules.notices import NoticeText
from tests.plugins.eservices.people import herself, staff
from tests.plugins.eservices.test_handling import LIST, applied

pytestmark = pytest.mark.anyio
NO = forms.ReasonForm(reason="不在参保范围\n请看政策问答")


async def texts(matter: MatterInfo) -> list[NoticeText]:
    """All notices of a case as its applicant reads them, the first first."""
    assert matter.applicant_id is not None
    by, rows = herself(matter.applicant_id), await list_notices(matter.id)
    return [await read_notice(matter, row.id, by=by, now=matter.created_at) for row in reversed(rows)]


async def test_each_step_that_owes_a_notice_writes_it_under_the_deciding_office(county: TestSite):
    clerk, officer, now = await staff("何静", county), await staff("严红", county), county.clock()
    matter = await applied(county)
    assert await texts(matter) == []
    assert matter.applicant_id is not None
    matter = await advance(matter, "request_correction", by=clerk, now=now, data=LIST)
    matter = await advance(matter, "complete_correction", by=herself(matter.applicant_id), now=now)
    matter = await advance(matter, "accept", by=clerk, now=now + timedelta(hours=1))
    matter = await advance(matter, "reject", by=officer, now=now + timedelta(hours=2), data=NO)
    asked, accepted, rejected = await texts(matter)
    assert {each.office for each in (asked, accepted, rejected)} == {"旺苍县人力资源和社会保障局"}
    assert [each.number for each in (asked, accepted, rejected)] == [
        "补字〔2026〕1号",
        "受字〔2026〕1号",
        "决字〔2026〕1号",
    ]
    assert asked.listed == ("照片少一张",)
    assert {each.addressee for each in (asked, accepted, rejected)} == {"周桂华"}
    assert any("日前作出决定" in line for line in accepted.before)
    assert "理由：不在参保范围" in rejected.before
    assert "请看政策问答" in rejected.before


async def test_what_counts_as_accepted_and_what_is_not_accepted_are_told_in_writing(county: TestSite):
    later = county.clock() + timedelta(days=9)
    deemed = await advance(await applied(county), "deem_accepted", by=Actor(system=True), now=later)
    (text,) = await texts(deemed)
    assert (text.title, text.number) == ("受理通知书", "受字〔2026〕1号")
    assert any("视为受理" in line for line in text.before)
    refused = await advance(
        await applied(county, "longevity-allowance"),
        "refuse_acceptance",
        by=await staff("何静", county),
        now=county.clock(),
        data=forms.ReasonForm(reason="户口不在本县"),
    )
    (text,) = await texts(refused)
    assert text.title == "不予受理决定书"
    assert any("行政复议" in line or "12345" in line for line in text.after)


def test_every_transition_that_owes_a_notice_is_in_the_flow_and_every_text_is_owed():
    names = {transition.name for transition in CASE_FLOW.transitions}
    assert set(OWED) <= names
    assert set(OWED.values()) == set(WORDS["notices"])


async def test_a_number_is_not_lost_when_the_step_fails_after_it_was_taken(county: TestSite):
    clerk, now = await staff("何静", county), county.clock()
    matter = await applied(county)
    with pytest.raises(RuntimeError, match="after all"):
        async with unit_of_work():
            await advance(matter, "accept", by=clerk, now=now)
            raise RuntimeError("after all")
    assert await Notice.all().count() == 0
    accepted = await advance(matter, "accept", by=clerk, now=now)
    assert [row.number for row in await list_notices(accepted.id)] == ["受字〔2026〕1号"]


async def test_numbers_have_no_gap_and_no_double_when_many_are_issued_at_once(county: TestSite):
    clerk, now = await staff("何静", county), county.clock()
    slugs = ("resident-pension-enrol", "ssc-apply", "resident-pension-transfer", "longevity-allowance")
    matters = [await applied(county, slug) for slug in slugs]

    async def accept(matter: MatterInfo, number: int) -> None:
        try:
            async with unit_of_work():
                await advance(matter, "accept", by=clerk, now=now)
                if number % 3 == 1:
                    raise RuntimeError("given up")
        except RuntimeError:
            await asyncio.sleep(0)

    await asyncio.gather(*(accept(matter, number) for number, matter in enumerate(matters)))
    found: dict[tuple[str, str, int], list[int]] = {}
    for row in await Notice.all():
        found.setdefault((row.issuer, row.series, row.year), []).append(row.number)
    assert sum(map(len, found.values())) == 3
    for key, numbers in found.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        series = await NoticeSeries.get(issuer=key[0], series=key[1], year=key[2])
        assert series.reached == len(numbers)


async def test_a_new_year_begins_with_number_one(county: TestSite):
    clerk = await staff("何静", county)
    first = await advance(await applied(county), "accept", by=clerk, now=county.clock())
    later = county.clock() + timedelta(days=60)
    other = await applied(county, "ssc-apply")
    second = await advance(other, "accept", by=clerk, now=later)
    assert (await texts(first))[0].number == "受字〔2026〕1号"
    assert (await texts(second))[0].number == "受字〔2027〕1号"


async def test_the_database_keeps_a_notice_and_its_number(county: TestSite):
    clerk, now = await staff("何静", county), county.clock()
    matter = await advance(await applied(county), "accept", by=clerk, now=now)
    row = await Notice.get(matter_id=matter.id)
    for work in (Notice.filter(id=row.id).update(title="x"), Notice.filter(id=row.id).delete()):
        with pytest.raises(Exception, match="eservices_notice_kept"):
            async with unit_of_work():
                await work
    for change in ({}, {"number": 0}, {"series": "praise", "number": 9}):
        with pytest.raises(Exception, match="eservices_notice|UNIQUE"):
            await _again(row, **change)
    with pytest.raises(Exception, match="eservices_notice_series|UNIQUE"):
        async with unit_of_work():
            await NoticeSeries.create(issuer=row.issuer, series=row.series, year=row.year)
    with pytest.raises(Exception, match="eservices_notice_series_from"):
        async with unit_of_work():
            await NoticeSeries.create(issuer="x", series="decision", year=2026, reached=-1)


async def _again(row: Notice, **change: Any) -> None:
    values: dict[str, Any] = {
        "matter_id": row.matter_id,
        "issuer": row.issuer,
        "series": row.series,
        "year": row.year,
        "number": row.number,
        "name": row.name,
        "title": row.title,
        "issued_at": row.issued_at,
    }
    key = uuid4()
    text = get_vault().seal("{}", table="eservices_notice", column="text", row_id=key)
    async with unit_of_work():
        await Notice.create(id=key, text=text, **(values | change))


async def test_whoever_else_reads_it_is_written_down_and_the_applicant_is_not(county: TestSite):
    clerk, now = await staff("何静", county), county.clock()
    matter = await advance(await applied(county), "accept", by=clerk, now=now)
    (row,) = await list_notices(matter.id)
    assert matter.applicant_id is not None
    before = len((await readings_of([matter.applicant_id])).rows)
    await read_notice(matter, row.id, by=herself(matter.applicant_id), now=now)
    assert len((await readings_of([matter.applicant_id])).rows) == before
    await read_notice(matter, row.id, by=clerk, now=now)
    newest, *_ = (await readings_of([matter.applicant_id])).rows
    assert len((await readings_of([matter.applicant_id])).rows) == before + 1
    assert newest.purpose == "notice"


async def test_a_notice_of_another_case_is_not_there(county: TestSite):
    clerk, now = await staff("何静", county), county.clock()
    one = await advance(await applied(county), "accept", by=clerk, now=now)
    other = await advance(await applied(county, "ssc-apply"), "accept", by=clerk, now=now)
    (row,) = await list_notices(other.id)
    with pytest.raises(Refused, match="no_notice"):
        await read_notice(one, row.id, by=clerk, now=now)


async def test_its_page_its_sheet_and_its_pdf(county: TestSite):
    clerk, now = await staff("何静", county), county.clock()
    matter = await advance(await applied(county), "accept", by=clerk, now=now)
    assert matter.applicant_id is not None
    resident = await county.client_of(matter.applicant_id)
    (row,) = await list_notices(matter.id)
    listed = await resident.get(f"/account/m/{matter.code}")
    assert f"/eservices/notice/{matter.code}?which={row.id}" in listed.text
    for where in ("", "/print"):
        page = await resident.get(f"/eservices/notice/{matter.code}{where}", params={"which": str(row.id)})
        assert page.status_code == 200
        assert "受字〔2026〕1号" in page.text
        assert "周桂华" in page.text
        assert " style=" not in page.text
    paper = await resident.get(f"/eservices/notice/{matter.code}/pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.headers["cache-control"] == "private, no-store"
    assert "受字〔2026〕1号" in pypdf.PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    for which in (str(UUID(int=1)), "nonsense"):
        gone = await resident.get(f"/eservices/notice/{matter.code}/pdf", params={"which": which})
        assert gone.status_code == 404


async def test_where_nothing_was_issued_yet_the_page_says_so(county: TestSite):
    matter = await applied(county)
    assert matter.applicant_id is not None
    resident = await county.client_of(matter.applicant_id)
    page = await resident.get(f"/eservices/notice/{matter.code}")
    assert page.status_code == 200
    assert (await resident.get(f"/eservices/notice/{matter.code}/pdf")).status_code == 404


async def test_what_somebody_types_as_a_reason_is_shown_as_she_typed_it(county: TestSite):
    typed = '<script>alert(1)</script> {{ 7*7 }} {code} #read("x") $y$'
    matter = await advance(
        await applied(county),
        "refuse_acceptance",
        by=await staff("何静", county),
        now=county.clock(),
        data=forms.ReasonForm(reason=typed),
    )
    assert matter.applicant_id is not None
    resident = await county.client_of(matter.applicant_id)
    page = (await resident.get(f"/eservices/notice/{matter.code}")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} {code} #read" in page
    paper = (await resident.get(f"/eservices/notice/{matter.code}/pdf")).content
    text = "".join(pypdf.PdfReader(io.BytesIO(paper)).pages[0].extract_text().split())
    assert '<script>alert(1)</script>{{7*7}}{code}#read("x")$y$' in text
