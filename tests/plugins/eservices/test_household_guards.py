"""What the tables of a household refuse by themselves, on both engines."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from tortoise.exceptions import IntegrityError

from lianxin.testing.site import TestSite
from lianxin_eservices.models import Draft, Household, HouseholdConsent, HouseholdMember
from tests.plugins.eservices.household import three_of_us
from tests.plugins.eservices.people import resident

pytestmark = pytest.mark.anyio


def checks(model: Any) -> set[str]:
    """The names of a table's checks."""
    return {guard.name for guard in model.guards if type(guard).__name__ == "Check"}


async def test_every_promise_of_a_household_is_kept_by_its_tables(county: TestSite):
    hers = await county.client_of((await resident(county)).id)
    await three_of_us(county, hers)
    he = await HouseholdMember.get(name="周建国")
    now = county.clock()
    await breaks_of_household(he.draft_id, now)
    await breaks_of_member(he, now)
    await breaks_of_consent(he, now)


async def breaks_of_household(draft_id: Any, now: Any) -> None:
    broken: dict[str, dict[str, Any]] = {
        "eservices_household_size": {"members": 13},
        "eservices_household_waiting": {"waiting": -1},
        "eservices_household_agreed": {"sent_at": now},
    }
    assert checks(Household) == set(broken)
    for name, change in broken.items():
        with pytest.raises(IntegrityError, match=name):
            await Household.filter(draft_id=draft_id).update(**change)


async def breaks_of_member(he: HouseholdMember, now: Any) -> None:
    broken: dict[str, dict[str, Any]] = {
        "eservices_household_member_relation": {"relation": "lodger"},
        "eservices_household_member_whole": {"id_number_key": None},
        "eservices_household_member_number": {"id_number": None, "id_number_key": None},
        "eservices_household_member_forgotten": {"ended_at": now},
        "eservices_household_member_guardian": {"guardian_id": he.id},
    }
    assert checks(HouseholdMember) == set(broken)
    for name, change in broken.items():
        with pytest.raises(IntegrityError, match=name):
            await HouseholdMember.filter(id=he.id).update(**change)
    child = await HouseholdMember.get(name="周小雨")
    with pytest.raises(IntegrityError):  # one number, once
        await HouseholdMember.filter(id=child.id).update(id_number_key=he.id_number_key)
    with pytest.raises(IntegrityError):  # one applicant
        await HouseholdMember.filter(id=child.id).update(relation="applicant")
    with pytest.raises(IntegrityError):
        await Draft.filter(id=he.draft_id).delete()


async def breaks_of_consent(he: HouseholdMember, now: Any) -> None:
    values: dict[str, Any] = {
        "member_id": he.id,
        "giver_id": he.id,
        "answer": "agreed",
        "way": "code",
        "text_version": "1",
        "text_hash": "0" * 64,
        "given_at": now,
    }
    broken: dict[str, dict[str, Any]] = {
        "eservices_household_consent_answer": {"answer": "perhaps"},
        "eservices_household_consent_way": {"way": "hearsay"},
        "eservices_household_consent_witness": {"way": "signature", "file_id": uuid4()},
        "eservices_household_consent_file": {"way": "paper", "witness_id": uuid4()},
    }
    assert checks(HouseholdConsent) == set(broken)
    for name, change in broken.items():
        with pytest.raises(IntegrityError, match=name):
            await HouseholdConsent.create(**{**values, **change})
    row = await HouseholdConsent.create(**values)
    with pytest.raises(IntegrityError):  # one word of hers at a time
        await HouseholdConsent.create(**{**values, "answer": "refused"})
    kept = "eservices_household_consent_kept"
    with pytest.raises(IntegrityError, match=kept):
        await HouseholdConsent.filter(id=row.id).update(answer="refused")
    assert await HouseholdConsent.filter(id=row.id).update(ended_at=now) != 0
    with pytest.raises(IntegrityError, match=kept):
        await HouseholdConsent.filter(id=row.id).update(ended_at=None)
    with pytest.raises(IntegrityError, match=kept):
        await HouseholdConsent.filter(id=row.id).delete()
