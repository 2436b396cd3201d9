"""A public notice: exactly what the rule allows, ended by the clock, objections answered before the decision."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from lianxin.api import Refused, add_note, inbox, load_matter, offered, open_matter, unit_of_work
from lianxin.testing.queries import count_queries
from lianxin.testing.site import TestSite
from lianxin_eservices import forms_states as asks
from lianxin_eservices import messages_states
from lianxin_eservices.actions.posting import ask_what_is_posted, object_to
from lianxin_eservices.models import Objection, Posting
from lianxin_eservices.queries.posted import TITLES, list_posted
from lianxin_eservices.rules.item import PostedField
from lianxin_eservices.rules.posting import fault_of_words
from tests.plugins.eservices.applying import KEY
from tests.plugins.eservices.moving import DIBAO, NO, YES, Office, posting, swept, titles
from tests.plugins.eservices.people import herself, person_named

pytestmark = pytest.mark.anyio
CALLER = asks.CallerObjectionForm(name="赵春兰", phone="13981520077", text="她家儿子去年买了车")
MARKERS = ("510899195803154328", "13800000001", "138 0000 0001", "凤凰路二十七号", "慢性肾病")


def text_of(page: str) -> str:
    """What stands on a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


async def test_exactly_the_fields_of_the_rule_are_posted_and_the_clock_ends_it(county: TestSite):
    office = await Office.of(county)
    matter = await office.posted(await office.accepted())
    row = await Posting.get(matter_id=matter.id)
    assert row.shown == {"name": "周桂华", "household_size": "3", "amount": "620"}
    # Seven calendar days after Tuesday: until the end of the next one.
    assert row.ends_at - county.clock() == timedelta(days=7, hours=14)
    (shown,) = (await list_posted("zh_Hans", now=county.clock())).rows
    assert [line.text for line in shown.lines] == ["周桂华", "3", "620 元"]
    assert (await titles(matter))[-1] == str(messages_states.POSTED.title)
    with pytest.raises(Refused, match="still_posted"):
        await office.do(matter, "go_on", office.officer)
    for decision, form in (("approve", YES), ("reject", NO)):
        with pytest.raises(Refused, match=r"matters\.moved"):
            await office.do(matter, decision, office.officer, form)
    assert await swept(row.ends_at - timedelta(seconds=1)) == 0
    assert (await list_posted("zh_Hans", now=row.ends_at)).rows == []
    assert await swept(row.ends_at) == 1
    matter = await load_matter(matter.id)
    assert (matter.state_name, matter.owner_id) == ("deciding", office.officer.person_id)
    assert (await Posting.get(id=row.id)).outcome == "settled"


async def test_whatever_is_typed_the_size_that_is_posted_is_that_of_the_household(county: TestSite):
    office = await Office.of(county)
    matter = await office.posted(await office.accepted(), household_size=7)
    assert (await Posting.get(matter_id=matter.id)).shown["household_size"] == "3"
    assert "household_size" not in (await ask_what_is_posted(matter, office.officer, county.clock())).form.model_fields


async def test_an_objection_is_answered_before_anything_is_decided(county: TestSite):
    office = await Office.of(county)
    matter = await office.posted(await office.accepted())
    row = await Posting.get(matter_id=matter.id)
    neighbour = await person_named("何勇", county)
    now = county.clock()
    await object_to(row.id, neighbour.id, "她家有两套房", by=herself(neighbour.id), now=now)
    with pytest.raises(Refused, match="objected"):
        await object_to(row.id, neighbour.id, "她家有三套房", by=herself(neighbour.id), now=now)
    matter = await office.do(matter, "record_objection", office.clerk, CALLER)
    assert matter.owner_id == office.officer.person_id
    row = await Posting.get(id=row.id)
    assert (row.objections, row.open_objections) == (2, 2)
    assert await swept(row.ends_at) == 0
    matter, later = await load_matter(matter.id), row.ends_at + timedelta(hours=10)
    assert matter.state_name == "public_notice"
    with pytest.raises(Refused, match="not_posted"):
        await object_to(row.id, office.applicant(matter).person_id, "x", by=office.officer, now=later)  # type: ignore[arg-type]
    for raised in await Objection.filter(posting_id=row.id):
        with pytest.raises(Refused, match="still_posted"):
            await office.do(matter, "go_on", office.officer, at=later)
        matter = await load_matter(matter.id)
        answer = asks.AnswerObjectionForm(objection=raised.id, answer="已入户核对，房子是借住的。")
        matter = await office.do(matter, "answer_objection", office.officer, answer, at=later)
        (told, *_) = (await inbox([raised.person_id])).rows
        assert "已入户核对" in told.body
    matter = await office.do(matter, "go_on", office.officer, at=later)
    assert (matter.state_name, (await Posting.get(id=row.id)).outcome) == ("deciding", "settled")


async def test_what_is_planted_stands_on_no_public_page(county: TestSite):
    office = await Office.of(county)
    matter = await office.accepted()
    for word in MARKERS[3:]:
        with pytest.raises(ValidationError):
            await posting(matter, household_size=word)
    await add_note(matter, " ".join(MARKERS), by=office.officer, now=county.clock(), public=True)
    matter = await office.do(await load_matter(matter.id), "investigate", office.officer, office.two())
    for one in (office.clerk, office.second):
        found = asks.FindingsForm(findings=" ".join(MARKERS), signed=True)
        matter = await office.do(matter, "sign_findings", one, found)
    matter = await office.posted(matter)
    caller = CALLER.model_copy(update={"text": f"她{' '.join(MARKERS)}"})
    matter = await office.do(matter, "record_objection", office.clerk, caller)
    row = await Posting.get(matter_id=matter.id)
    anybody, somebody = county.client(), await county.client_of((await person_named("何勇", county)).id)
    pages = [
        (await anybody.get("/eservices/posted/")).text,
        (await somebody.get(f"/eservices/posted/{row.id}/object")).text,
        (await somebody.get("/eservices/posted/")).text,
    ]
    for page in pages:
        assert "周桂华" in page
        assert [word for word in (*MARKERS, "赵春兰", "何静", matter.code) if word in page] == []
    place = re.compile("普子岭|510821107001")
    card = text_of(re.findall(r'<section class="card stack-s".*?</section>', pages[0], re.S)[0])
    assert not place.search(card), card
    applicant = await county.client_of(office.applicant(matter).person_id)  # type: ignore[arg-type]
    hers = (await applicant.get(f"/account/m/{matter.code}")).text
    assert "赵春兰" not in hers
    assert "凤凰路" not in re.sub(r'id="notes".*?</section>', "", hers, flags=re.S)


async def test_anybody_reads_it_and_who_says_who_she_is_objects(county: TestSite):
    office = await Office.of(county)
    matter = await office.posted(await office.accepted())
    row = await Posting.get(matter_id=matter.id)
    address = f"/eservices/posted/{row.id}/object"
    assert (await county.client().get(address)).status_code == 303
    neighbour = await person_named("何勇", county)
    client = await county.client_of(neighbour.id)
    page = (await client.get(address)).text
    empty = await client.post(address, data={"_key": KEY.findall(page)[0], "text": ""})
    assert empty.status_code == 422
    sent = await client.post(address, data={"_key": KEY.findall(page)[0], "text": "她家有两套房"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/eservices/posted/")
    officer = await county.client_of(office.officer.person_id, staff=True)  # type: ignore[arg-type]
    desk = (await officer.get(f"/desk/m/{matter.code}")).text
    assert "她家有两套房" in desk
    assert "answer_objection" in desk
    county.clock.moment = row.ends_at
    assert (await client.get(address)).status_code == 404


async def test_withdrawn_it_is_posted_no_more(county: TestSite):
    office = await Office.of(county)
    matter = await office.posted(await office.accepted())
    await office.do(matter, "withdraw", office.applicant(matter))
    assert (await Posting.get(matter_id=matter.id)).outcome == "dropped"
    assert (await list_posted("zh_Hans", now=county.clock())).rows == []


async def test_many_postings_are_read_page_by_page_with_the_same_few_questions(county: TestSite):
    office = await Office.of(county)
    matter = await office.posted(await office.accepted())
    first = await Posting.get(matter_id=matter.id)
    with count_queries() as few:
        await list_posted("zh_Hans", now=county.clock())
    await Posting.filter(id=first.id).update(outcome="dropped", ended_at=county.clock())
    rows = []
    for _number in range(70):
        other = await applied_again(county, matter)
        rows.append(
            Posting(
                matter_id=other,
                area_id=first.area_id,
                version_id=first.version_id,
                shown=first.shown,
                posted_at=first.posted_at,
                ends_at=first.ends_at,
            )
        )
    await Posting.bulk_create(rows)
    with count_queries() as many:
        page = await list_posted("zh_Hans", now=county.clock())
    assert len(many) == len(few)
    seen, key = list(page.rows), page.next_key
    while key:
        page = await list_posted("zh_Hans", after=key, now=county.clock())
        seen += page.rows
        key = page.next_key
    assert len({each.id for each in seen}) == len(seen) == 70
    assert (await list_posted("zh_Hans", after="nonsense", now=county.clock())).rows


async def applied_again(county: TestSite, matter: Any) -> Any:
    """Another matter like this one, without its way."""
    async with unit_of_work():
        made, _change = await open_matter(
            "eservices.case",
            title=matter.title_zh,
            area_id=matter.area_id,
            applicant_id=matter.applicant_id,
            by=herself(matter.applicant_id),
            now=county.clock(),
        )
    return made.id


@pytest.mark.parametrize(
    "words",
    [
        *("510899195803154328", "电话13800000001", "138 0000 0001", "１３８００００００１", "凤凰路27号", "3栋2单元"),
        *("尿毒症透析", "慢性肾病", "肺癌", "精神分裂", "HIV", "diabetes", "五组", "卡号6222 0213"),
    ],
)
def test_numbers_places_and_illnesses_are_not_posted(words: str):
    assert fault_of_words(words) is not None


@pytest.mark.parametrize("words", ["护理补贴", "肢体残疾", "卫生间加装扶手", "就业困难人员（4050）", "坡道2处"])
def test_what_a_rule_asks_for_is_posted(words: str):
    assert fault_of_words(words) is None


def test_every_field_has_its_question_and_its_title():
    shows = tuple(PostedField)
    assert set(asks.posting_form(shows).model_fields) == {each.value for each in shows} - {"name"}
    assert set(TITLES) == set(shows)


async def test_what_the_state_knows_is_offered(county: TestSite):
    office = await Office.of(county)
    matter = await office.posted(await office.accepted())
    row = await Posting.get(matter_id=matter.id)
    names = {each.name for each in await offered(matter, office.officer, county.clock())}
    assert names == {"record_objection", "note_external"}
    after = {each.name for each in await offered(matter, office.officer, row.ends_at)}
    assert after == {"go_on", "note_external"}


POSTING_GUARDS: list[dict[str, Any]] = [
    {"outcome": "perhaps"},
    {"outcome": "dropped"},
    {"open_objections": 1},
    {"open_objections": -1},
    {"outcome": "settled", "ended_at": "now"},
    {"outcome": "settled", "ended_at": "end", "objections": 1, "open_objections": 1},
    {"ends_at": "now"},
]


async def test_the_database_refuses_a_posting_that_contradicts_itself(county: TestSite):
    office = await Office.of(county)
    matter = await office.posted(await office.accepted(DIBAO))
    row, now = await Posting.get(matter_id=matter.id), county.clock()
    moments = {"now": now, "end": row.ends_at}
    for change in POSTING_GUARDS:
        values = {
            name: moments.get(value, value) if isinstance(value, str) else value for name, value in change.items()
        }
        with pytest.raises(Exception, match="eservices_posting"):
            async with unit_of_work():
                await Posting.filter(id=row.id).update(**values)
    again = {name: getattr(row, name) for name in ("area_id", "version_id", "shown", "posted_at", "ends_at")}
    with pytest.raises(Exception, match=r"eservices_posting_open|UNIQUE"):
        async with unit_of_work():
            await Posting.create(matter_id=matter.id, **again)
    person = await person_named("何勇", county)
    async with unit_of_work():
        said = await Objection.create(posting_id=row.id, person_id=person.id, text="不实", raised_at=now)
    for wrong in ({"text": ""}, {"answer": "好"}, {"answered_at": now}, {"answered_by_id": person.id}):
        with pytest.raises(Exception, match="eservices_objection"):
            async with unit_of_work():
                await Objection.filter(id=said.id).update(**wrong)
    with pytest.raises(Exception, match=r"eservices_objection_once|UNIQUE"):
        async with unit_of_work():
            await Objection.create(posting_id=row.id, person_id=person.id, text="还是不实", raised_at=now)
