"""A paper handed in once is offered again: by her word, while it is valid, to nobody else; each use is written down."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise.exceptions import BaseORMException, IntegrityError

from lianxin.api import (
    advance,
    claim,
    claim_person,
    files_of,
    find_file,
    give_consent,
    keep,
    list_consents,
    load_matter,
    merge_people,
    stage_upload,
    unit_of_work,
    withdraw_consent,
)
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices import forms
from lianxin_eservices.actions import drafting, keeping_papers
from lianxin_eservices.actions.submitting import submit
from lianxin_eservices.data import read
from lianxin_eservices.models import Case, KeptPage, KeptPaper, PaperUse
from lianxin_eservices.queries.drafts import load_draft
from lianxin_eservices.queries.items import list_published
from lianxin_eservices.queries.papers import usable
from lianxin_eservices.rules.catalogue import parse_catalogue
from lianxin_eservices.rules.papers import PURPOSE, VERSION, keep_text, months_kept, still_valid, valid_until
from tests.plugins.eservices.applying import ACTION, KEY, answer, begin, followed, photo, step_of, to_the_review
from tests.plugins.eservices.household import GRANDCHILD
from tests.plugins.eservices.people import herself, resident, staff

pytestmark = pytest.mark.anyio
FIRST, SECOND = "longevity-allowance", "resident-pension-enrol"


async def send_and_keep(client: SiteClient, review: str, keep: bool = True) -> UUID:
    """Sends with the tick set; the id of the matter."""
    page = (await client.get(review)).text
    target = next(each for each in ACTION.findall(page) if "/send/" in each)
    assert 'name="keep"' in page
    assert "checked" not in page, "off, until she ticks it"
    sent = await client.post(target, data={"_key": KEY.findall(page)[0], **({"keep": "yes"} if keep else {})})
    assert sent.status_code == 303, sent.text
    case = await Case.all().order_by("-matter_id").first()
    assert case is not None
    return case.matter_id


async def kept_once(county: TestSite) -> tuple[Any, SiteClient, UUID, KeptPaper]:
    """Her card, photographed for a first application and kept."""
    she = await resident(county)
    hers = await county.client_of(she.id)
    review = await to_the_review(hers, await begin(hers, FIRST), {}, photos=2)
    matter = await send_and_keep(hers, review)
    return she, hers, matter, await KeptPaper.get(code="ID", ended_at=None)


async def pages_of(paper: KeptPaper) -> list[UUID]:
    """Its files in order."""
    return [page.file_id for page in await KeptPage.filter(paper_id=paper.id).order_by("place")]


async def to_the_card(client: SiteClient, slug: str = SECOND) -> str:
    """A further application, up to the step where the ID card is asked for."""
    address = await begin(client, slug)
    for _ in range(40):
        step = step_of(address)
        if step == "photos-ID":
            return address
        given = {"phone": {}, "whom": {"whom": "self"}}.get(step, {"holds": "no"})
        address = await answer(client, address, given, files=1 if step.startswith("photos-") else 0)
    raise AssertionError("the card is not asked for")


async def use(client: SiteClient, address: str, **data: str) -> Any:
    """Presses the button of the paper that is offered."""
    return await client.submit(address + "/kept", data, page=address)


async def test_a_kept_paper_is_offered_used_with_one_press_and_its_use_is_seen(county: TestSite):
    _, hers, first, paper = await kept_once(county)
    address = await to_the_card(hers)
    page = (await hers.get(address)).text
    pages = [str(each) for each in await pages_of(paper)]
    assert len(pages) == 2
    assert all(each in page for each in pages), "she sees which photos they are"
    used = await use(hers, address)
    assert used.status_code == 303
    again = await use(hers, address)
    assert again.status_code == 404, "it stands there already"
    review = await to_the_review(hers, await followed(hers, used.headers["location"]), {}, photos=1)
    second = await send_and_keep(hers, review, keep=False)
    assert [str(each) for each in (await files_of(second, "material:ID"))["material:ID"]] == pages
    written = await PaperUse.get(paper_id=paper.id)
    assert (written.matter_id, written.witness_id) == (second, None)
    assert first != second
    box = (await hers.get("/eservices/my-papers")).text
    code = (await Case.get(matter_id=second).select_related("matter")).matter.code
    assert f"/m/{code}" in box or code in box
    assert pages[0] in box


async def test_without_her_tick_nothing_is_kept(county: TestSite):
    she = await resident(county)
    hers = await county.client_of(she.id)
    await send_and_keep(hers, await to_the_review(hers, await begin(hers, FIRST), {}, photos=1), keep=False)
    assert not await KeptPaper.all().exists()
    assert PURPOSE not in [each.purpose for each in await list_consents(she.id)]
    assert "/kept" not in (await hers.get(await to_the_card(hers))).text


async def test_removing_takes_the_offer_away_and_leaves_cases_whole(county: TestSite):
    _, hers, first, paper = await kept_once(county)
    address = await to_the_card(hers)
    assert (await use(hers, address)).status_code == 303
    gone = await hers.submit(f"/eservices/my-papers/{paper.id}/remove", {}, page="/eservices/my-papers")
    assert gone.status_code == 303
    files = await pages_of(paper)
    assert all([await find_file(each) for each in files]), "the first case holds them"
    assert set((await files_of(first, "material:ID"))["material:ID"]) == set(files)
    assert (await hers.get(f"/files/{files[0]}")).status_code == 200
    assert str(paper.id) not in (await hers.get("/eservices/my-papers")).text
    # A draft in which it stood is dropped: the case still has its photos.
    draft = address.split("/draft/")[1].split("/")[0]
    page = (await hers.get(f"/eservices/draft/{draft}/photos-ID")).text
    assert (await hers.get(f"/eservices/draft/{draft}/photos-ID")).status_code == 200
    assert "/kept" not in page
    await keeping_papers.end_papers(county.clock())
    assert all([await find_file(each) for each in files])


async def test_a_photo_taken_out_of_a_draft_stays_in_the_box(county: TestSite):
    _, hers, _, paper = await kept_once(county)
    address = await to_the_card(hers)
    await use(hers, address)
    page = (await hers.get(address)).text
    target = next(each for each in ACTION.findall(page) if "/remove/" in each)
    assert (await hers.post(target, data={"_key": KEY.findall(page)[0]})).status_code == 303
    file_id = UUID(target.rsplit("/", 1)[1])
    assert await find_file(file_id)
    assert (await hers.get(f"/files/{file_id}")).status_code == 200
    assert await KeptPaper.exists(id=paper.id, ended_at=None)


async def test_nobody_else_sees_uses_or_removes_it(county: TestSite):
    _, _, _, paper = await kept_once(county)
    other = await claim_person(name="何小明", now=county.clock())
    his = await county.client_of(other.person_id)
    file_id = (await pages_of(paper))[0]
    assert (await his.get(f"/files/{file_id}")).status_code == 404
    assert str(paper.id) not in (await his.get("/eservices/my-papers")).text
    sent = await his.submit(f"/eservices/my-papers/{paper.id}/remove", {}, page=f"/eservices/{SECOND}/apply")
    assert sent.status_code == 404
    assert await KeptPaper.exists(id=paper.id, ended_at=None)
    clerk = await county.client_of((await staff("何静", county)).person_id, staff=True)
    assert str(file_id) not in (await clerk.get("/eservices/my-papers")).text
    sent = await clerk.submit(f"/eservices/my-papers/{paper.id}/remove", {}, page=f"/eservices/{SECOND}/apply")
    assert sent.status_code == 404


async def test_a_paper_of_hers_is_not_offered_for_somebody_of_her_family(county: TestSite):
    _, hers, _, paper = await kept_once(county)
    address = await to_the_card(hers)
    assert (await use(hers, address)).status_code == 303
    draft_id = address.split("/draft/")[1].split("/")[0]
    changed = await answer(hers, f"/eservices/draft/{draft_id}/whom", {"whom": "family"})
    said = {"name": {"name": "周小雨"}, "id-number": {"id_number": GRANDCHILD}}
    review = await to_the_review(hers, changed, said, photos=1)
    page = (await hers.get(review)).text
    assert 'name="keep"' not in page, "what is of others is not kept"
    target = next(each for each in ACTION.findall(page) if "/send/" in each)
    sent = await hers.post(target, data={"_key": KEY.findall(page)[0]})
    assert sent.status_code == 422
    assert (await use(hers, f"/eservices/draft/{draft_id}/photos-ID")).status_code == 404
    assert not await PaperUse.all().exists()
    assert await KeptPaper.exists(id=paper.id, ended_at=None)


async def _visit_of(county: TestSite, person_id: UUID) -> Any:
    return SimpleNamespace(actor=herself(person_id), now=county.clock())


async def test_the_desk_needs_her_word(county: TestSite):
    she, _, _, paper = await kept_once(county)
    clerk = await staff("何静", county)
    desk = await county.client_of(clerk.person_id, staff=True)
    item = next(each for each in await list_published() if each.slug == SECOND)
    draft_id = await drafting.begin(
        item, she.id, by=clerk, channel="desk_voice", language="zh_Hans", now=county.clock()
    )
    address = await followed(desk, f"/eservices/draft/{draft_id}/next")
    while step_of(address) != "photos-ID":
        step = step_of(address)
        given = {"whom": {"whom": "self"}, "phone": {}}.get(step, {"holds": "no"})
        address = await answer(desk, address, given, files=1 if step.startswith("photos-") else 0)
    page = (await desk.get(address)).text
    file_id = (await pages_of(paper))[0]
    assert str(file_id) not in page, "what it looks like the desk sees when it is handed in"
    asked = await use(desk, address)
    assert asked.status_code == 422
    assert 'name="said_yes"' in asked.text
    assert (await use(desk, address, said_yes="yes")).status_code == 303
    assert (await desk.get(address)).status_code == 200
    visit = await _visit_of(county, she.id)
    visit.actor = clerk
    rest = await to_the_review(desk, await followed(desk, f"/eservices/draft/{draft_id}/next"), {}, photos=1)
    assert step_of(rest) == "review"
    matter = await submit(await load_draft(visit, str(draft_id)), by=clerk, now=county.clock())
    assert (await PaperUse.get(matter_id=matter.id)).witness_id == clerk.person_id


async def test_a_kept_paper_answers_what_a_case_asks_for(county: TestSite):
    _, hers, _, paper = await kept_once(county)
    address = await answer(hers, await to_the_card(hers), {"later": "yes"})
    second = await send_and_keep(hers, await to_the_review(hers, address, {}, photos=1), keep=False)
    clerk = await staff("何静", county)
    matter = await claim(await load_matter(second), by=clerk, now=county.clock())
    wanted = forms.CorrectionForm(wanted="身份证")
    matter = await advance(matter, "request_correction", by=clerk, now=county.clock(), data=wanted)
    page = f"/eservices/correct/{matter.code}"
    assert "/kept/ID" in (await hers.get(page)).text
    desk = await county.client_of(clerk.person_id, staff=True)
    assert (await desk.submit(page + "/kept/ID", {}, page=f"/eservices/{SECOND}/apply")).status_code == 403
    assert (await hers.submit(page + "/kept/ID", {}, page=page)).status_code == 303
    assert (await files_of(second, "material:ID"))["material:ID"] == await pages_of(paper)
    assert await PaperUse.exists(paper_id=paper.id, matter_id=second)
    assert (await hers.submit(page + "/kept/ID", {}, page=page)).status_code == 403
    assert (await hers.get(f"/account/m/{matter.code}")).status_code == 200


async def test_the_night_ends_what_is_past_its_day_and_what_she_took_back(county: TestSite):
    she, _, _, paper = await kept_once(county)
    item = next(each for each in await list_published() if each.slug == SECOND)
    card = next(each for each in item.guide.materials if each.code == "ID")
    assert await usable(she.id, card, paper.valid_until - timedelta(seconds=1))
    assert await usable(she.id, card, paper.valid_until) is None
    await withdraw_consent(she.id, PURPOSE, now=county.clock())
    assert await usable(she.id, card, county.clock()) is None
    kept = await KeptPaper.filter(ended_at=None).count()
    assert await keeping_papers.end_papers(county.clock()) == kept
    assert {row.reason for row in await KeptPaper.all()} == {"withdrawn"}
    assert await keeping_papers.end_papers(county.clock()) == 0


async def test_a_paper_of_no_case_is_erased_when_its_day_is_past(county: TestSite):
    she, _, matter, paper = await kept_once(county)

    async def pieces() -> Any:
        yield photo()

    info = await stage_upload(pieces(), "card.jpg", she.id, county.clock())
    async with unit_of_work():
        await keep([info.id], she.id, county.clock())
        alone = await KeptPaper.create(
            person_id=she.id,
            matter_id=matter,
            code="X",
            name="x",
            name_en="x",
            kept_at=county.clock(),
            valid_until=county.clock() + timedelta(days=1),
        )
        await KeptPage.create(paper_id=alone.id, file_id=info.id, place=0)
    await keeping_papers.end_papers(county.clock() + timedelta(days=2))
    assert await find_file(info.id) is None
    held = (await pages_of(paper))[0]
    assert await find_file(held)


async def test_the_box_follows_who_stays_when_two_entries_are_joined(county: TestSite):
    she, _, matter, paper = await kept_once(county)
    made = await claim_person(name="周桂华", now=county.clock())
    await give_consent(made.person_id, PURPOSE, VERSION, "x", channel="web", now=county.clock())
    row = await KeptPaper.create(
        person_id=made.person_id,
        matter_id=matter,
        code="SSC",
        name="社会保障卡",
        name_en="x",
        kept_at=county.clock(),
        valid_until=paper.valid_until,
    )
    await merge_people(she.id, made.person_id, now=county.clock())
    again = await county.client_of(she.id)
    assert str(row.id) in (await again.get("/eservices/my-papers")).text


async def test_every_promise_of_a_kept_paper_is_kept_by_its_tables(county: TestSite):
    _, _, matter, paper = await kept_once(county)
    now = county.clock()
    broken: dict[str, dict[str, Any]] = {
        "eservices_kept_paper_reason": {"ended_at": now, "reason": "lost"},
        "eservices_kept_paper_ended": {"reason": "removed"},
    }
    for name, change in broken.items():
        with pytest.raises(IntegrityError, match=name):
            await KeptPaper.filter(id=paper.id).update(**change)
    same = {"person_id": paper.person_id, "matter_id": matter, "name": paper.name, "name_en": "x", "kept_at": now}  # type: ignore[attr-defined]
    with pytest.raises(IntegrityError, match="eservices_kept_paper_span"):
        await KeptPaper.create(**same, code="Y", valid_until=now)
    with pytest.raises(IntegrityError):
        await KeptPaper.create(**same, code=paper.code, valid_until=paper.valid_until)
    with pytest.raises(BaseORMException):
        await KeptPaper.filter(id=paper.id).update(valid_until=now + timedelta(days=9_000))
    page = await KeptPage.filter(paper_id=paper.id).order_by("place").first()
    assert page is not None
    with pytest.raises(IntegrityError, match="eservices_kept_page_order"):
        await KeptPage.create(paper_id=paper.id, file_id=page.file_id, place=-1)
    with pytest.raises(IntegrityError):
        await KeptPage.create(paper_id=paper.id, file_id=page.file_id, place=7)
    await PaperUse.create(paper_id=paper.id, matter_id=matter, at=now)
    with pytest.raises(IntegrityError):
        await PaperUse.create(paper_id=paper.id, matter_id=matter, at=now)


def test_what_is_of_others_or_of_one_matter_is_not_kept():
    kept = {one.name.zh: months_kept(one, 12) for item in parse_catalogue(read("services")) for one in item.materials}
    assert kept["居民身份证"] == 12
    assert kept["一寸白底免冠照片"] == 6
    assert kept["疾病诊断证明"] == 3
    for name in ("申请表", "全家人的身份证", "孩子的社会保障卡或银行卡", "死亡证明", "医疗收费票据"):
        assert kept[name] == 0


@given(st.integers(1, 120), st.integers(0, 400_000))
def test_a_paper_is_valid_to_the_end_of_its_last_day(months: int, hours: int):
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    until = valid_until(now, months)
    assert timedelta(days=30 * months) <= until - now <= timedelta(days=30 * months + 1, hours=1)
    assert still_valid(until, now)
    assert not still_valid(until, until)
    assert re.search(r"\b12\b", keep_text(("x",), 12, "en"))
