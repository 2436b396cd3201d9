"""What was begun under one entry goes on under the other once the desk has joined the two; undone, no longer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from lianxin.api import MatterRow, claim_person, list_consents, merge_people, undo_merge, withdraw_consent
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices.models import Draft
from tests.plugins.eservices.applying import begin, send, to_the_review
from tests.plugins.eservices.people import resident
from tests.plugins.eservices.test_journey import PENSION

pytestmark = pytest.mark.anyio


async def begun_twice_known(county: TestSite) -> tuple[UUID, UUID, str]:
    """She who is known to the desk, her second entry made on the telephone, and what she has written there."""
    she, made = await resident(county), await claim_person(name="周桂华", now=county.clock())
    phone = await county.client_of(made.person_id)
    given: dict[str, dict[str, Any]] = {"phone": {"phone": "13800000001"}}
    return she.id, made.person_id, await to_the_review(phone, await begin(phone, PENSION), given)


async def joined(county: TestSite, stays: UUID, goes: UUID) -> SiteClient:
    await merge_people(stays, goes, now=county.clock())
    return await county.client_of(stays)


async def test_she_finds_it_and_sends_it_as_herself(county: TestSite):
    stays, goes, review = await begun_twice_known(county)
    before = await county.client_of(stays)
    assert (await before.get(review)).status_code == 404
    assert review.split("/")[3] not in (await before.get("/account/")).text
    hers = await joined(county, stays, goes)
    assert review.split("/")[3] in (await hers.get("/account/")).text
    assert review.split("/")[3] in (await hers.get(f"/eservices/{PENSION}/")).text
    receipt = await send(hers, review)
    row = await MatterRow.get(code=receipt.rstrip("/").rsplit("/", 1)[1])
    assert row.applicant_id == stays
    assert await send_again(hers, review) == receipt


async def send_again(client: SiteClient, review: str) -> str:
    """Back, and the same press once more."""
    sent = await client.submit(f"/eservices/send/{review.split('/')[3]}", {}, page="/account/profile")
    return str(sent.headers["location"])


async def test_asked_anew_she_goes_on_with_what_she_had_written(county: TestSite):
    stays, goes, review = await begun_twice_known(county)
    hers = await joined(county, stays, goes)
    assert (await begin(hers, PENSION)).split("/")[3] == review.split("/")[3]
    assert await Draft.filter(ended_at=None, person_id__in=[stays, goes]).count() == 1


async def test_a_consent_taken_back_there_is_taken_back_here(county: TestSite):
    stays, goes, review = await begun_twice_known(county)
    for consent in await list_consents(goes):
        await withdraw_consent(goes, consent.purpose, now=county.clock())
    hers = await joined(county, stays, goes)
    page = await hers.get(review)
    assert page.status_code == 200
    with pytest.raises(AssertionError, match="您撤回了同意"):
        await send(hers, review)
    assert not await MatterRow.exists(applicant_id=stays)


async def test_undone_it_is_the_other_ones_again(county: TestSite):
    stays, goes, review = await begun_twice_known(county)
    await joined(county, stays, goes)
    await undo_merge(goes, now=county.clock())
    assert (await (await county.client_of(stays)).get(review)).status_code == 404
    assert (await (await county.client_of(goes)).get(review)).status_code == 200
