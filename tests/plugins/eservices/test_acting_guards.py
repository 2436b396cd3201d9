"""What the tables of acting for somebody refuse by themselves, on both engines; and what no page tells a proxy."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from tortoise.exceptions import IntegrityError

from lianxin.api import Actor, MatterRow, add_note, bind_phone, claim_person, find_visible, uuid7
from lianxin.testing.site import BASE, SiteClient, TestSite
from lianxin_eservices.actions.calling import ask_call
from lianxin_eservices.models import Authorisation, AuthorisationAsked, CallBack, Case, Draft
from lianxin_eservices.queries.items import get_published
from tests.plugins.eservices.people import herself
from tests.plugins.eservices.test_acting import allowed, applied_for, begin_for, family
from tests.plugins.eservices.test_journey import PENSION, applied

pytestmark = pytest.mark.anyio
MARK = "SECRETOFHERS"
_LINK = re.compile(r'(?:href|src|action)="([^"#]+)')


async def two(site: TestSite) -> tuple[UUID, UUID]:
    """A person and her proxy."""
    made = [(await claim_person(name=name, now=site.clock())).person_id for name in ("周桂华", "张小军")]
    return made[0], made[1]


async def leave_values(site: TestSite) -> dict[str, Any]:
    """A row that the table takes."""
    person, proxy = await two(site)
    now = site.clock()
    return {
        "person_id": person,
        "proxy_id": proxy,
        "relationship": "family",
        "items": [],
        "method": "code",
        "text_version": "1",
        "text_hash": "0" * 64,
        "starts_at": now,
        "ends_at": now + timedelta(days=1),
        "created_at": now,
    }


async def test_an_authorisation_that_breaks_a_promise_is_not_kept(site: TestSite):
    values = await leave_values(site)
    breaks: dict[str, dict[str, Any]] = {
        "eservices_authorisation_relationship": {"relationship": "stranger"},
        "eservices_authorisation_method": {"method": "word", "witness_id": uuid4(), "file_id": uuid4()},
        "eservices_authorisation_witness": {"method": "paper", "file_id": uuid4()},
        "eservices_authorisation_file": {"method": "paper", "witness_id": uuid4()},
        "eservices_authorisation_span": {"ends_at": values["starts_at"]},
        "eservices_authorisation_two": {"proxy_id": values["person_id"]},
    }
    declared = {guard.name for guard in Authorisation.guards if type(guard).__name__ == "Check"}
    assert declared == set(breaks)
    for name, change in breaks.items():
        with pytest.raises(IntegrityError, match=name):
            await Authorisation.create(**{**values, **change})
    assert await Authorisation.all().count() == 0


async def test_an_authorisation_is_ended_once_and_never_changed(site: TestSite):
    row = await Authorisation.create(**await leave_values(site))
    kept = "eservices_authorisation_kept"
    for change in ({"relationship": "other"}, {"ends_at": site.clock() + timedelta(days=400)}):
        with pytest.raises(IntegrityError, match=kept):
            await Authorisation.filter(id=row.id).update(**change)
    assert await Authorisation.filter(id=row.id).update(ended_at=site.clock()) != 0
    with pytest.raises(IntegrityError, match=kept):
        await Authorisation.filter(id=row.id).update(ended_at=None)
    with pytest.raises(IntegrityError, match=kept):
        await Authorisation.filter(id=row.id).delete()


async def test_what_was_asked_for_stays_within_its_bounds_and_is_forgotten(site: TestSite):
    _, proxy = await two(site)
    now = site.clock()
    values: dict[str, Any] = {
        "proxy_id": proxy,
        "relationship": "family",
        "items": [],
        "days": 30,
        "created_at": now,
        "expires_at": now,
    }
    await AuthorisationAsked.create(**values)
    for name, change in {
        "eservices_authorisation_asked_relationship": {"relationship": "stranger"},
        "eservices_authorisation_asked_days": {"days": 367},
    }.items():
        with pytest.raises(IntegrityError, match=name):
            await AuthorisationAsked.create(**{**values, **change})


async def test_one_open_call_of_a_person_for_a_service_and_its_number_goes_with_its_end(county: TestSite):
    person, _ = await two(county)
    await bind_phone(person, "13800000001", bound_by="self", now=county.clock())
    item = await get_published(PENSION)
    first = await ask_call(item, by=Actor(person_id=person), now=county.clock())
    assert (await ask_call(item, by=Actor(person_id=person), now=county.clock())).id == first.id
    row = await CallBack.get()
    with pytest.raises(IntegrityError, match="eservices_call_back_number"):
        await CallBack.filter(matter_id=row.matter_id).update(phone=None)
    other = await ask_call(await get_published("ssc-apply"), by=Actor(person_id=person), now=county.clock())
    with pytest.raises(IntegrityError):
        await CallBack.filter(matter_id=other.id).update(item_id=item.id)


async def test_a_draft_or_case_of_a_proxy_names_its_authorisation(county: TestSite):
    she, he, hers, his = await family(county)
    leave = await allowed(his)
    await begin_for(his, leave)
    row = await Draft.get(authorisation_id=leave)
    with pytest.raises(IntegrityError, match="eservices_draft_acting"):
        await Draft.filter(id=row.id).update(made_by_id=None)
    with pytest.raises(IntegrityError):
        await Draft.create(
            id=uuid7(),
            person_id=she.id,
            made_by_id=he.id,
            authorisation_id=leave,
            subject=row.subject,
            created_at=county.clock(),
            updated_at=county.clock(),
            expires_at=county.clock(),
        )
    await applied(county, hers, "ssc-apply")
    with pytest.raises(IntegrityError, match="eservices_case_proxy"):
        await Case.all().update(whom="proxy")


async def test_no_page_tells_a_proxy_what_she_did_not_leave_to_him(county: TestSite):
    she, _, hers, his = await family(county)
    own = await applied(county, hers, "ssc-apply")
    matter = await find_visible(own, herself(she.id))
    assert matter is not None
    await add_note(matter, f"{MARK}NOTE", public=True, by=Actor(system=True, person_id=she.id), now=county.clock())
    await MatterRow.filter(code=own).update(title=f"{MARK}TITLE", title_en=f"{MARK}TITLE")
    leave = await allowed(his)
    code = await applied_for(his, leave)
    known = [f"/account/m/{own}", f"/m/{own}", f"/eservices/receipt/{own}", f"/desk/m/{own}"]
    seen = await crawl(his, ["/", "/account/", "/eservices/acting", f"/account/m/{code}", *known])
    assert len(seen) > 20
    for address, text in seen.items():
        for secret in (MARK, own, "138****0001", "4328", "510899"):
            assert secret not in text.replace(address, ""), (secret, address)
    mine = await crawl(hers, ["/account/"])
    assert any(MARK in text for text in mine.values()), "the words are there for whoever may read them"


async def crawl(browser: SiteClient, waiting: list[str]) -> dict[str, str]:
    """Every link of our own from these pages on."""
    seen: dict[str, str] = {}
    while waiting and len(seen) < 70:
        address = waiting.pop(0)
        if address in seen or address.startswith(("/static/", "/choose", "/eservices/?")):
            continue
        answer = await browser.get(address)
        assert answer.status_code < 500, address
        found = [unescape(each).removeprefix(BASE) for each in _LINK.findall(answer.text)]
        waiting += [each for each in found if each.startswith("/") and not each.startswith("//")]
        # What was asked for stands in the page that says that it is not there: that is no telling.
        seen[address] = answer.text if answer.status_code == 200 else ""
    return seen
