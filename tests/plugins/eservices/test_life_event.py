"""A life event: one form, several cases at several offices, all of them or none; and they know each other."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from html import unescape
from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from lianxin.api import Actor, MatterRow, Refused, advance, claim_person, files_of, inbox, load_matter, messages_of
from lianxin.testing.site import TestSite
from lianxin_eservices.actions import drafting
from lianxin_eservices.actions.going_live import withdraw_item
from lianxin_eservices.actions.publishing import publish_items
from lianxin_eservices.actions.submitting import submit
from lianxin_eservices.checking import LIFE_CHECKS
from lianxin_eservices.forms import WithdrawForm, WithdrawPartForm
from lianxin_eservices.models import Case, Draft, DraftPart, GivenMaterial, Item
from lianxin_eservices.queries.items import find_published, get_published
from lianxin_eservices.queries.siblings import together_of
from lianxin_eservices.rules.item import IdentityLevel
from lianxin_eservices.rules.plain import Text
from lianxin_eservices.rules.question import ExtraQuestion, QuestionKind
from tests.plugins.eservices.applying import KEY, followed, send, step_of, to_the_review
from tests.plugins.eservices.life import RETIREMENT, begin, read, ready, ticks, wish_for
from tests.plugins.eservices.people import herself, resident, staff
from tests.plugins.eservices.test_acting import allowed, family, revoke
from tests.plugins.eservices.test_journey import press

pytestmark = pytest.mark.anyio
PAGE = "/eservices/life/ageing/"


async def test_one_form_becomes_three_cases_at_two_departments(county: TestSite):
    person = await resident(county)
    client = await county.client_of(person.id)
    review = await to_the_review(client, await begin(client), {}, photos=1)
    receipt = await send(client, review)
    cases = await Case.all().order_by("part__place").select_related("matter", "version__item")
    assert [case.version.item.code for case in cases] == list(RETIREMENT)
    assert {case.version.item.department for case in cases} == {"human_resources", "civil_affairs"}
    codes = [case.matter.code for case in cases]
    text = (await client.get(receipt)).text
    for code in codes:
        assert f"{code[:4]} {code[4:]}" in text
    await told_once(person.id, cases)
    await photographed_once(cases)
    again = await client.post(review.replace("/draft/", "/send/").removesuffix("/review"), data={"_key": "k" * 24})
    assert again.headers["location"] == receipt, "Back, and sent again, leads to the same receipt"
    assert await Case.all().count() == len(RETIREMENT)
    assert await Draft.filter(ended_at=None).count() == 0


async def told_once(person_id, cases) -> None:
    """One message that names all codes; at the desk it stands at none of the matters."""
    (message,) = (await inbox([person_id])).rows
    for case in cases:
        assert f"{case.matter.code[:4]} {case.matter.code[4:]}" in message.body
        assert await messages_of(case.matter_id) == []


async def photographed_once(cases) -> None:
    """The identity card is one file that hangs on all; what one needs alone hangs there alone."""
    hung = [await files_of(case.matter_id) for case in cases]
    cards = {tuple(files["material:ID"]) for files in hung}
    assert len(cards) == 1
    assert [("material:PHOTO1" in files) for files in hung] == [False, True, False]
    assert not await GivenMaterial.exists(draft_id__isnull=False)


async def test_each_side_sees_of_the_others_what_it_may(county: TestSite):
    person = await resident(county)
    client = await county.client_of(person.id)
    receipt = await send(client, await to_the_review(client, await begin(client, ("RS-003", "MZ-007")), {}, photos=1))
    pension, allowance = [case.matter for case in await Case.all().order_by("part__place").select_related("matter")]
    assert receipt.endswith(pension.code)
    assert f"/m/{allowance.code}" in (await client.get(f"/account/m/{pension.code}")).text
    station = await county.client_of((await staff("何静", county)).person_id, staff=True)
    assert f"/m/{allowance.code}" in (await station.get(f"/desk/m/{pension.code}")).text
    await press(station, "desk", pension.code, "accept")
    labour = await staff("严红", county)
    officer = await county.client_of(labour.person_id, staff=True)
    page = unescape((await officer.get(f"/desk/m/{pension.code}")).text)
    assert "旺苍县民政局" in page
    for hidden in (allowance.code, allowance.title):
        assert hidden not in page
    seen = await together_of(await load_matter(pension.id), labour, county.clock())
    assert seen is not None
    assert [(row.code, row.title, row.state, row.says) for row in seen.rows] == [("", "", "", "")]
    files = await files_of(allowance.id)
    assert (await officer.get(f"/files/{files['material:ID'][0]}")).status_code == 200, "it hangs on hers, too"
    assert (await officer.get(f"/files/{files['material:PHOTO1'][0]}")).status_code == 404


async def test_what_fails_in_the_middle_leaves_nothing_behind(county: TestSite):
    made = await claim_person(name="周桂华", id_number="510899195803154328", now=county.clock())
    wish = await wish_for("RS-003", "MZ-008", "RS-007")  # for the last one the desk has to have seen the card
    draft = await ready(county, made.person_id, wish, phone="+8613800000001", area="510821107001")
    with pytest.raises(Refused, match="card_needed"):
        await submit(draft, by=herself(made.person_id), now=county.clock())
    assert await MatterRow.filter(flow="eservices.case").count() == 0
    assert await Case.all().count() == 0
    assert not (await inbox([made.person_id])).rows
    again = await read(draft.id)
    assert (again.open_step, len(again.materials)) == ("review", len(draft.materials))


async def test_of_two_who_send_at_once_one_makes_all_and_the_other_nothing(county: TestSite):
    person = await resident(county)
    draft = await ready(county, person.id, await wish_for(*RETIREMENT))

    async def one() -> object:
        return await submit(draft, by=herself(person.id), now=county.clock())

    answers = await asyncio.gather(one(), one(), one(), return_exceptions=True)
    assert sum(isinstance(each, Refused) for each in answers) == 2, answers
    assert await Case.all().count() == len(RETIREMENT)


async def test_the_tables_refuse_what_may_not_be(county: TestSite):
    person = await resident(county)
    draft = await ready(county, person.id, await wish_for("RS-003", "MZ-008", chosen=("RS-003",)))
    matter = await submit(draft, by=herself(person.id), now=county.clock())
    part, other = await DraftPart.all().order_by("place")
    values = {"draft_id": draft.id, "version_id": part.version_id, "chosen": True}
    spare = (await Item.get(code="RS-001")).id
    breaks = {
        "eservices_draft_part_item": {**values, "item_id": part.item_id, "place": 7},
        "eservices_draft_part_place": {**values, "item_id": spare, "place": other.place},
        "eservices_draft_part_counted": {**values, "item_id": spare, "place": -1},
    }
    assert set(breaks) == {guard.name for guard in DraftPart.guards if type(guard).__name__ != "Index"}
    for change in breaks.values():
        with pytest.raises(IntegrityError):
            await DraftPart.create(**change)
    case = await Case.get(matter_id=matter.id)
    second = await submit(
        await ready(county, person.id, await wish_for("MZ-008")), by=herself(person.id), now=county.clock()
    )
    with pytest.raises(IntegrityError):
        await Case.filter(matter_id=second.id).update(part_id=case.part_id)
    with pytest.raises(IntegrityError, match="eservices_draft_subject"):
        await Draft.filter(id=draft.id).update(subject="")


async def test_whoever_began_stays_with_the_guides_of_that_day(county: TestSite):
    person, now = await resident(county), county.clock()
    client = await county.client_of(person.id)
    begun = await begin(client, ("RS-003", "MZ-008"))
    subsidy = await get_published("elderly-service-subsidy")
    added = ExtraQuestion("CARD", QuestionKind.YES_NO, Text("打到社保卡上吗？", "To the social security card?"))
    await publish_items([replace(subsidy.guide, questions=(added,))], now=now, reorder=False)
    review = await to_the_review(client, begun, {}, photos=1)
    assert added.label.zh not in (await client.get(review)).text
    await send(client, review)
    old = await Case.get(version__item__code="MZ-008")
    assert old.version_id == subsidy.version_id
    new = await read(
        await drafting.begin(
            await wish_for("RS-003", "MZ-008"), person.id, by=herself(person.id), channel="web", language="en", now=now
        )
    )
    (asked,) = [one for one in new.asked if one.extra is not None]
    assert (asked.step, asked.of) == ("ask-CARD", ("MZ-008",))


async def test_ticks_may_change_and_the_answers_stay(county: TestSite):
    person = await resident(county)
    client = await county.client_of(person.id)
    review = await to_the_review(client, await begin(client, ("RS-003",)), {}, photos=1)
    draft_id = review.split("/")[3]
    more = await begin(client, ("RS-003", "RS-008"))
    assert (more.split("/")[3], step_of(more)) == (draft_id, "photos-PHOTO1")
    assert "办社保卡" in (await client.get(await to_the_review(client, more, {}, photos=1))).text
    less = await begin(client, ("RS-008",))
    assert step_of(less) == "review"
    assert "户口簿" not in (await client.get(less)).text
    (unused,) = (await read(UUID(draft_id))).files["HK"]
    assert (await client.get(f"/files/{unused}")).status_code == 200
    await send(client, less)
    assert (await client.get(f"/files/{unused}")).status_code == 404, "a photo that nobody needs after all is not kept"
    (case,) = await Case.all().select_related("version__item")
    assert case.version.item.code == "RS-008"
    assert sorted(await files_of(case.matter_id)) == ["material:ID", "material:PHOTO1"]


async def test_the_page_says_what_there_is_and_each_paper_once(county: TestSite):
    client = county.client()
    page = (await client.get(PAGE + ticks(RETIREMENT))).text
    papers = re.findall(r'class="no" aria-hidden="true">\d+</span><span><b>([^<]+?)\s*<', page)
    assert papers[0] == "居民身份证"
    assert len(set(papers)) == len(papers) == 4
    assert "养老认证、生存认证" in page.split('id="come"')[1], "one has to come for it: said, not dropped"
    assert "周一" in page.split('id="come"')[1]
    found = (await client.get("/eservices/?q=退休")).text
    assert PAGE in found
    assert PAGE in (await client.get("/eservices/")).text
    item = await Item.get(code="MZ-007")
    await withdraw_item(item.id, reason="停办", by=Actor(system=True), now=county.clock())
    assert await find_published("longevity-allowance") is None
    assert "高龄补贴" not in (await client.get(PAGE)).text
    assert 'value="MZ-007"' not in (await client.get(PAGE + ticks(("MZ-007",)))).text
    for nothing in ("marriage", "nonsense", "AGEING"):
        assert (await client.get(f"/eservices/life/{nothing}/")).status_code == 404


async def test_a_check_names_what_the_catalogue_lacks(site: TestSite):
    (check,) = LIFE_CHECKS
    assert (await check.look(site.config)).level == "ok"
    await Item.filter(code="RS-005").update(code="RS-905")
    said = await check.look(site.config)
    assert (said.level, "death RS-005" in str(said.text)) == ("error", True)


async def test_a_death_answers_its_own_questions_and_she_may_change_them(county: TestSite):
    client = await county.client_of((await resident(county)).id)
    begun = await begin(client, ("RS-005", "MZ-015"), "/eservices/life/death/apply")
    draft = await read((await Draft.get()).id)
    assert draft.answers.conditions == {"DEATH": True, "KIN": True, "DEATH.2": True}
    steps = [one.step for one in draft.asked]
    assert {"if-DEATH", "if-KIN", "photos-DEATH", "photos-KIN"} <= set(steps)
    review = await to_the_review(client, begun, {}, photos=1)
    assert "参保人已经去世了吗" in (await client.get(review)).text
    assert (await client.get(f"/eservices/draft/{draft.id}/if-DEATH")).status_code == 200


async def test_nothing_ticked_and_nothing_agreed_begin_nothing(county: TestSite):
    client = await county.client_of((await resident(county)).id)
    assert (await client.get("/eservices/life/ageing/apply")).headers["location"] == PAGE
    page = "/eservices/life/ageing/apply" + ticks(("RS-003",))
    refused = await client.submit(page, {}, page=page)
    assert refused.status_code == 422
    forged = await client.submit("/eservices/life/ageing/apply?part=RS-006", {"agree": "yes"}, page=page)
    assert forged.headers["location"] == PAGE, "nobody applies from home for what one comes for"
    assert await Draft.all().count() == 0


async def test_what_the_desk_must_have_seen_a_card_for_is_told_before_not_after(county: TestSite):
    made = await claim_person(name="周桂华", now=county.clock())
    client = await county.client_of(made.person_id)
    card = (await get_published("ssc-apply")).guide
    strict = replace(card, identity_level=IdentityLevel.SEEN_BY_DESK)
    await publish_items([strict], now=county.clock(), reorder=False)
    page = (await client.get("/eservices/life/ageing/apply" + ticks(("RS-003", "RS-008")))).text
    assert "现在办不了：办社保卡。这件事要先在窗口看过您的身份证。" in page
    await begin(client, ("RS-003", "RS-008"))
    draft = await read((await Draft.get()).id)
    assert [part.item.guide.code for part in draft.chosen] == ["RS-003"]


async def test_a_proxy_does_what_she_allowed_and_is_told_why_not_the_rest(county: TestSite):
    _, _, hers, his = await family(county)
    leave = await allowed(his, items=["RS-003"])
    where = f"/eservices/life/ageing/for/{leave}"
    chosen = await his.get(f"/eservices/acting/for/{leave}/begin?item=life:ageing")
    assert chosen.headers["location"] == where
    page = (await his.get(where)).text
    assert 'value="RS-003"' in page
    assert 'value="MZ-008"' not in page
    assert "周桂华没有让您代办这一件" in page
    review = await to_the_review(
        his, await begin(his, ("RS-003", "MZ-008"), where), {"phone": {"phone": "13912345678"}}, photos=1
    )
    draft_id = review.split("/")[3]
    assert [part.item.guide.code for part in (await read((await Draft.get(id=draft_id)).id)).chosen] == ["RS-003"]
    await send(his, review)
    assert (await Case.all().select_related("version__item"))[0].version.item.code == "RS-003"
    begun = await begin(his, ("RS-003",), where)
    await revoke(hers, leave)
    assert (await his.get(begun)).status_code == 404
    assert (await his.get(where)).status_code == 404


async def test_one_is_withdrawn_alone_or_with_those_that_she_ticks(county: TestSite):
    person, now = await resident(county), county.clock()
    first = await submit(await ready(county, person.id, await wish_for(*RETIREMENT)), by=herself(person.id), now=now)
    client = await county.client_of(person.id)
    _, second, third = [case.matter for case in await Case.all().order_by("part__place").select_related("matter")]
    page = (await client.get(f"/account/m/{second.code}/withdraw")).text
    assert first.code in page
    assert third.code in page
    await press(client, "account", second.code, "withdraw", {"reason": "先不办卡"})
    states = dict(await MatterRow.filter(flow="eservices.case").values_list("code", "state"))
    assert states == {first.code: "submitted", second.code: "withdrawn", third.code: "submitted"}
    with pytest.raises(Refused, match="moved_on"):
        await advance(
            first, "withdraw", by=herself(person.id), now=now, data=WithdrawPartForm(also=[third.code, second.code])
        )
    assert (await MatterRow.get(id=first.id)).state == "submitted", "all of them or none"
    await press(client, "account", third.code, "withdraw", {"also": first.code})
    assert await MatterRow.filter(flow="eservices.case", state="withdrawn").count() == len(RETIREMENT)
    alone = await submit(await ready(county, person.id, await wish_for("MZ-017")), by=herself(person.id), now=now)
    assert (await advance(alone, "withdraw", by=herself(person.id), now=now, data=WithdrawForm())).closed_at == now


async def test_the_desk_enters_it_for_a_walk_in(county: TestSite):
    clerk = await staff("何静", county)
    client = await county.client_of(clerk.person_id, staff=True)
    address = "/eservices/desk/new?item=life:ageing"
    page = (await client.get(address)).text
    assert 'name="parts"' in page
    data = {
        "item": "life:ageing",
        "parts": ["RS-003", "MZ-008"],
        "name": "周桂华",
        "id_number": "510899195803154328",
        "phone": "13800000001",
        "card_seen": "yes",
        "consent": "desk_voice",
        "_key": KEY.findall(page)[-1],
    }
    nothing = await client.post("/eservices/desk/new", data={**data, "parts": []})
    assert nothing.status_code == 422
    done = await client.post("/eservices/desk/new", data=data)
    assert done.status_code == 303, done.text
    review = await to_the_review(client, await followed(client, done.headers["location"]), {}, photos=1)
    receipt = await send(client, review)
    assert await Case.filter(whom="desk").count() == 2
    assert "/desk/m/" in (await client.get(receipt)).text
