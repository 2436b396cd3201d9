"""A case that the desk entered for the wrong person: two colleagues move it whole, and nobody learns of the other."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tortoise.exceptions import IntegrityError

from lianxin.api import (
    Actor,
    DeskEntry,
    MatterInfo,
    Refused,
    find_or_create_person,
    find_visible,
    get_detail,
    holds_consent,
    inbox,
    list_deeds,
    load_matter,
    make_id_number,
    offered,
    people_of_phone,
)
from lianxin.testing.looking import Delivery, Step
from lianxin.testing.site import TestSite
from lianxin_eservices import forms
from lianxin_eservices import messages_wrong_person as told
from lianxin_eservices.actions import drafting
from lianxin_eservices.actions.submitting import submit
from lianxin_eservices.actions.wrong_person import ASK, LEAVE, MOVE
from lianxin_eservices.forms_wrong_person import MoveForm, RightPersonForm
from lianxin_eservices.models import Case, Draft, Notice, WrongPerson
from lianxin_eservices.queries.drafts import view_draft
from lianxin_eservices.queries.items import get_published
from lianxin_eservices.queries.notices import list_notices
from lianxin_eservices.rules.application import PHOTOS, Answers, questions
from lianxin_eservices.rules.consent import VERSION, consent_purpose
from lianxin_eservices.rules.wrong_person import REASONS, Standing, why_not
from tests.plugins.eservices.moving import Office
from tests.plugins.eservices.people import herself, resident
from tests.plugins.eservices.test_handling import applied

pytestmark = pytest.mark.anyio
PENSION = "resident-pension-enrol"
NUMBER = make_id_number(date(1961, 7, 8), 204).value
PHONE = "13800000077"
RIGHT: dict[str, Any] = {
    "name": "周桂花",
    "id_number": NUMBER,
    "phone": PHONE,
    "consent": "desk_voice",
    "reason": "名字只差一个字，选错了人",
}
FINE = Standing("desk", *[False] * 6)


async def entered(office: Office, slug: str = PENSION, phone: str = PHONE) -> MatterInfo:
    """What a clerk entered for somebody who is not the one before her; with the telephone of the one who is."""
    county = office.county
    person, now, item = await resident(county), county.clock(), await get_published(slug)
    draft_id = await drafting.begin(item, person.id, by=office.clerk, channel="desk_voice", language="zh_Hans", now=now)
    draft = await view_draft(await Draft.get(id=draft_id))
    answers = Answers(phone=phone, conditions={each.code: False for each in item.guide.conditional_materials})
    await drafting.save_answers(draft, answers, "review", now=now)
    for question in questions(item.guide, answers, draft.known):
        if question.step.startswith(PHOTOS) and question.material is not None:
            code = question.material.code
            await drafting.save_photos(draft, code, (), later=True, step="review", by=office.clerk, now=now)
    return await submit(await view_draft(await Draft.get(id=draft_id)), by=office.clerk, now=now)


async def asked(office: Office, matter: MatterInfo) -> MatterInfo:
    """The clerk says for whom it is."""
    return await office.do(matter, ASK, office.clerk, RightPersonForm(**RIGHT))


async def moved(office: Office, matter: MatterInfo, by: Actor | None = None, **when: Any) -> MatterInfo:
    """Another colleague (the second of the station) confirms it, for the person who was named last."""
    row = await WrongPerson.filter(matter_id=matter.id).order_by("-asked_at").first()
    looked = MoveForm(looked=[str(row.right_id)] if row else [])
    return await office.do(matter, MOVE, by or office.second, looked, **when)


async def names_offered(matter: MatterInfo, by: Actor, county: TestSite) -> set[str]:
    """Which of the three buttons somebody sees."""
    return {each.name for each in await offered(matter, by, county.clock())} & {ASK, MOVE, LEAVE}


async def test_a_case_moves_whole_and_neither_learns_of_the_other(county: TestSite):
    office = await Office.of(county)
    matter = await office.do(await entered(office), "accept", office.clerk)
    wrong = matter.applicant_id
    assert wrong is not None
    (before,) = await list_notices(matter.id)
    matter = await asked(office, matter)
    row = await WrongPerson.get(matter_id=matter.id)
    assert (row.wrong_id, row.outcome, row.asked_by_id) == (wrong, None, office.clerk.person_id)
    assert await names_offered(matter, office.clerk, county) == set()
    assert await names_offered(matter, office.second, county) == {MOVE, LEAVE}
    assert {each.name for each in await offered(matter, office.second, county.clock())} == {MOVE, LEAVE}
    at = county.clock() + timedelta(hours=1)
    matter = await moved(office, matter, at=at)
    right = row.right_id
    assert matter.applicant_id == right != wrong
    # The wrong one is out: no matter, no notice, no papers; the right one is in.
    assert await find_visible(matter.code, herself(wrong)) is None
    assert await find_visible(matter.code, herself(right)) is not None
    case = await Case.get(matter_id=matter.id).select_related("part__draft")
    assert (case.contact_id, case.identity, case.part.draft.person_id) == (right, "seen_by_desk", right)
    (notice,) = await list_notices(matter.id)
    assert notice.id != before.id
    assert await Notice.filter(matter_id=matter.id).count() == 2, "what was issued is kept"
    hers = [each.title for each in (await inbox([right])).rows]
    assert hers == [str(told.YOURS.title)]
    newest = (await inbox([wrong])).rows[0]
    assert newest.title == str(told.NOT_YOURS.title)
    assert not re.search(rf"{RIGHT['name']}|{matter.code[:4]}|{matter.title_zh}", newest.body)
    deeds = [deed.action for deed in (await list_deeds()).rows]
    assert {"eservices.wrong_person_asked", "eservices.wrong_person_moved"} <= set(deeds)


async def test_what_was_not_sent_yet_is_not_sent_and_leads_nowhere(county: TestSite):
    office = await Office.of(county)
    matter = await entered(office)
    wrong = matter.applicant_id
    assert wrong is not None
    waiting = await Delivery.filter(message__person_id=wrong)
    assert [row.state for row in waiting] == ["queued"]
    assert (await inbox([wrong])).rows[0].path
    matter = await moved(office, await asked(office, matter))
    for row in await Delivery.filter(id__in=[each.id for each in waiting]):
        assert (row.state, row.text, row.address) == ("unreachable", None, None)
    assert [each.path for each in (await inbox([wrong])).rows] == ["", ""]


async def test_nothing_of_the_wrong_one_stays_in_view_of_the_right_one(county: TestSite):
    office = await Office.of(county)
    matter = await moved(office, await asked(office, await entered(office)))
    assert matter.applicant_id is not None
    detail = await get_detail(matter, herself(matter.applicant_id), now=county.clock())
    assert {step.for_whom for step in detail.steps} == {""}
    client = await county.client_of(matter.applicant_id)
    for address in (f"/account/m/{matter.code}", f"/eservices/receipt/{matter.code}"):
        page = await client.get(address)
        assert page.status_code == 200, address
        assert not re.search("周桂华|周\\*?华|4328|138\\*+0001", page.text)
    at_desk = await county.client_of(office.clerk.person_id, staff=True)  # type: ignore[arg-type]
    page = (await at_desk.get(f"/desk/m/{matter.code}")).text
    assert "周*花" in page
    assert not re.search("周\\*华|4328", page)


async def test_the_telephone_that_came_with_the_entry_goes_along(county: TestSite):
    office = await Office.of(county)
    matter = await entered(office)
    assert [card.id for card in await people_of_phone(PHONE)] == [matter.applicant_id]
    wrong = matter.applicant_id
    matter = await moved(office, await asked(office, matter))
    assert [card.id for card in await people_of_phone(PHONE)] == [matter.applicant_id]
    assert [card.id for card in await people_of_phone("13800000001")] == [wrong], "her own stays hers"


async def test_the_agreement_goes_along(county: TestSite):
    office = await Office.of(county)
    matter = await entered(office)
    purpose, wrong = consent_purpose((await get_published(PENSION)).guide), matter.applicant_id
    assert wrong is not None
    matter = await moved(office, await asked(office, matter))
    assert matter.applicant_id is not None
    assert await holds_consent(matter.applicant_id, purpose, VERSION)
    assert not await holds_consent(wrong, purpose, VERSION)


async def test_it_takes_two_and_neither_for_herself(county: TestSite):
    office = await Office.of(county)
    matter = await asked(office, await entered(office))
    with pytest.raises(Refused, match="own_word"):
        await moved(office, matter, office.clerk)
    with pytest.raises(Refused, match="not_looked"):
        await office.do(matter, MOVE, office.second, MoveForm(looked=[str(uuid4())]))
    right = (await WrongPerson.get(matter_id=matter.id)).right_id
    also = replace(office.second, merged_ids=(right,))
    with pytest.raises(Refused, match="own_moved"):
        await moved(office, matter, also)
    with pytest.raises(Refused, match="forbidden"):
        await moved(office, matter, office.officer)
    with pytest.raises(Refused, match="wrong_asked"):
        await office.do(matter, ASK, office.second, RightPersonForm(**RIGHT))
    assert (await load_matter(matter.id)).version == matter.version


async def test_a_colleague_who_says_no_leaves_all_as_it_was(county: TestSite):
    office = await Office.of(county)
    matter = await entered(office)
    wrong = matter.applicant_id
    matter = await office.do(await asked(office, matter), LEAVE, office.second)
    row = await WrongPerson.get(matter_id=matter.id)
    assert (matter.applicant_id, row.outcome, row.decided_by_id) == (wrong, "declined", office.second.person_id)
    assert not await holds_consent(row.right_id, consent_purpose((await get_published(PENSION)).guide), VERSION)
    assert office.clerk.person_id is not None
    assert (await inbox([office.clerk.person_id])).rows[0].title == str(told.STAYS_DESK.title)
    with pytest.raises(Refused, match="nobody_asked"):
        await moved(office, matter)
    assert (await asked(office, await load_matter(matter.id))).version == matter.version + 1, "it may be said again"


async def test_the_office_waits_for_the_answer_and_a_withdrawal_drops_it(county: TestSite):
    office = await Office.of(county)
    matter = await asked(office, await entered(office))
    with pytest.raises(Refused, match="wrong_person_open"):
        await office.do(matter, "accept", office.clerk)
    await office.do(matter, "withdraw", office.applicant(matter), forms.WithdrawForm())
    row = await WrongPerson.get(matter_id=matter.id)
    assert (row.outcome, row.decided_by_id) == ("dropped", None)


async def test_the_card_of_the_same_person_moves_nothing(county: TestSite):
    office = await Office.of(county)
    matter = await entered(office)
    same = RightPersonForm(**{**RIGHT, "name": "周桂华", "id_number": "510899195803154328", "phone": ""})
    with pytest.raises(Refused, match="same_person"):
        await office.do(matter, ASK, office.clerk, same)
    assert not await WrongPerson.exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, ""),
        ({"notices": ("acceptance", "correction", "deemed")}, ""),
        ({"whom": "self"}, "not_at_desk"),
        ({"whom": "family"}, "not_at_desk"),
        ({"whom": "proxy"}, "proxy"),
        ({"decided": True}, "decided"),
        ({"household": True}, "household"),
        ({"together": True}, "together"),
        ({"looked_into": True}, "looked_into"),
        ({"notices": ("acceptance", "extension")}, "looked_into"),
        ({"acted": True}, "acted"),
        ({"elsewhere": True}, "elsewhere"),
    ],
)
def test_what_cannot_be_moved_is_said_with_its_reason(change: dict[str, Any], says: str):
    case = replace(FINE, **change)
    assert why_not(case) == says
    assert says == "" or says in REASONS


async def test_what_cannot_be_moved_is_refused_before_anything_is_written(county: TestSite):
    office = await Office.of(county)
    sent = await applied(county)
    with pytest.raises(Refused, match="not_movable"):
        await asked(office, sent)
    assert await names_offered(sent, office.clerk, county) == set()
    assert not await WrongPerson.exists()


async def test_a_decided_case_says_the_other_way(county: TestSite):
    office = await Office.of(county)
    matter = await office.do(await entered(office), "accept", office.clerk)
    await Case.filter(matter_id=matter.id).update(decision="approved", decided_at=county.clock())
    client = await county.client_of(office.clerk.person_id, staff=True)  # type: ignore[arg-type]
    page = await client.get(f"/desk/m/{matter.code}/{ASK}")
    assert page.status_code == 409
    assert "已经作出决定" in page.text
    assert "重新录入" in page.text
    assert "撤销决定" in page.text
    assert f'action="/desk/m/{matter.code}' in page.text, "said on the page of the case"


async def test_she_who_has_done_something_with_it_herself_keeps_it(county: TestSite):
    office = await Office.of(county)
    matter = await office.do(
        await entered(office), "request_correction", office.clerk, forms.CorrectionForm(wanted="照片少一张")
    )
    matter = await asked(office, matter)
    matter = await office.do(matter, "complete_correction", office.applicant(matter))
    with pytest.raises(Refused, match="not_movable"):
        await moved(office, matter)
    matter = await office.do(await load_matter(matter.id), LEAVE, office.second)
    assert await Step.filter(matter_id=matter.id, transition=LEAVE).exists()


async def test_the_card_shows_both_while_it_is_open_and_neither_afterwards(county: TestSite):
    office = await Office.of(county)
    matter = await asked(office, await entered(office))
    client = await county.client_of(office.second.person_id, staff=True)  # type: ignore[arg-type]
    page = (await client.get(f"/desk/m/{matter.code}")).text
    assert RIGHT["reason"] in page
    form = await client.get(f"/desk/m/{matter.code}/{MOVE}")
    assert form.status_code == 200
    sent = await client.submit(
        f"/desk/m/{matter.code}/{MOVE}",
        {"looked": str((await WrongPerson.get(matter_id=matter.id)).right_id)},
        page=f"/desk/m/{matter.code}/{MOVE}",
    )
    assert sent.status_code == 303, sent.text
    after = (await client.get(f"/desk/m/{matter.code}")).text
    assert RIGHT["reason"] not in after
    assert (await WrongPerson.get(matter_id=matter.id)).outcome == "moved"


async def test_every_promise_is_kept_by_the_table(county: TestSite):
    office = await Office.of(county)
    matter = await entered(office)
    now, wrong = county.clock(), matter.applicant_id
    other = await find_or_create_person(DeskEntry("周桂花", NUMBER, "", None, card_seen=True), now=now)
    assert other.person is not None
    assert wrong is not None
    right = other.person.id
    row: dict[str, Any] = {
        "matter_id": matter.id,
        "wrong_id": wrong,
        "right_id": right,
        "reason": "选错了人",
        "asked_by_id": uuid4(),
        "asked_at": now,
    }
    done = {"outcome": "moved", "decided_at": now, "decided_by_id": uuid4()}
    broken: dict[str, list[dict[str, Any]]] = {
        "eservices_wrong_person_outcome": [{**done, "outcome": "perhaps", "decided_by_id": None}],
        "eservices_wrong_person_decided": [{"decided_at": now}, {**done, "decided_at": None}],
        "eservices_wrong_person_by": [{**done, "decided_by_id": None}, {**done, "outcome": "dropped"}],
        "eservices_wrong_person_second": [{**done, "decided_by_id": row["asked_by_id"]}],
        "eservices_wrong_person_two": [{"right_id": wrong}],
        "eservices_wrong_person_own": [
            {"asked_by_id": wrong},
            {"asked_by_id": right},
            {**done, "decided_by_id": wrong},
            {**done, "decided_by_id": right},
        ],
        "eservices_wrong_person_reason": [{"reason": ""}],
    }
    assert {guard.name for guard in WrongPerson.guards if type(guard).__name__ == "Check"} == set(broken)
    for name, changes in broken.items():
        for change in changes:
            with pytest.raises(IntegrityError, match=name):
                await WrongPerson.create(**{**row, **change})
    await _decided_once(await WrongPerson.create(**row), row, done)


async def _decided_once(kept: WrongPerson, row: dict[str, Any], done: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):  # one open a case
        await WrongPerson.create(**row)
    assert await WrongPerson.filter(id=kept.id).update(**done) != 0
    for change in ({"outcome": "declined"}, {"decided_by_id": uuid4()}, {"right_id": kept.wrong_id}):
        with pytest.raises(IntegrityError, match="eservices_wrong_person_kept"):
            await WrongPerson.filter(id=kept.id).update(**change)
    with pytest.raises(IntegrityError, match="eservices_wrong_person_kept"):
        await WrongPerson.filter(id=kept.id).delete()
    await WrongPerson.create(**row)  # after an answer it may be said again
