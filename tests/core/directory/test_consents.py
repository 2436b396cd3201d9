"""What was agreed to, and taken back."""

from datetime import datetime, timedelta

import pytest
from tortoise.exceptions import BaseORMException

from lianxin.config import Config
from lianxin.declarations import Refused
from lianxin.directory.consents import give_consent, hash_text, holds_consent, list_consents, withdraw_consent
from lianxin.directory.models import Consent
from lianxin.directory.people import claim_person
from lianxin.values.identifiers import uuid7

pytestmark = pytest.mark.anyio

PURPOSE, TEXT = "eservices.apply", "我们要您的身份证号，用来办养老保险。"


async def test_withdrawing_counts_at_once_and_leaves_the_trace(database: Config, now: datetime) -> None:
    person_id = (await claim_person(name="周桂华", now=now)).person_id
    assert not await holds_consent(person_id, PURPOSE, "1")
    await give_consent(person_id, PURPOSE, "1", TEXT, channel="web", now=now)
    assert await holds_consent(person_id, PURPOSE, "1")
    assert not await holds_consent(person_id, PURPOSE, "2")
    assert not await holds_consent(person_id, "other", "1")
    later = now + timedelta(hours=1)
    assert await withdraw_consent(person_id, PURPOSE, now=later)
    assert not await holds_consent(person_id, PURPOSE, "1")
    assert not await withdraw_consent(person_id, PURPOSE, now=later)
    (kept,) = await list_consents(person_id)
    assert (kept.text_hash, kept.at, kept.withdrawn_at) == (hash_text(TEXT), now, later)
    await give_consent(person_id, PURPOSE, "1", TEXT, channel="web", now=later)
    assert await holds_consent(person_id, PURPOSE, "1")
    assert len(await list_consents(person_id)) == 2


async def test_the_same_text_twice_is_one_consent(database: Config, now: datetime) -> None:
    person_id = (await claim_person(name="周桂华", now=now)).person_id
    first = await give_consent(person_id, PURPOSE, "1", TEXT, channel="web", now=now)
    assert await give_consent(person_id, PURPOSE, "1", TEXT, channel="web", now=now) == first
    assert await give_consent(person_id, PURPOSE, "1", TEXT + "改", channel="web", now=now) != first


async def test_by_voice_it_needs_a_witness(database: Config, now: datetime) -> None:
    person_id = (await claim_person(name="周桂华", now=now)).person_id
    with pytest.raises(Refused, match="consent_witness"):
        await give_consent(person_id, PURPOSE, "1", TEXT, channel="desk_voice", now=now)
    witness = uuid7()
    await give_consent(person_id, PURPOSE, "1", TEXT, channel="desk_voice", witness_id=witness, now=now)
    assert (await list_consents(person_id))[0].witness_id == witness


async def test_the_database_keeps_what_was_agreed_to(database: Config, now: datetime) -> None:
    person_id = (await claim_person(name="周桂华", now=now)).person_id
    row_id = await give_consent(person_id, PURPOSE, "1", TEXT, channel="web", now=now)
    await withdraw_consent(person_id, PURPOSE, now=now)
    for change in ({"version": "2"}, {"withdrawn_at": None}, {"text_hash": "0"}):
        with pytest.raises(BaseORMException):
            await Consent.filter(id=row_id).update(**change)
    with pytest.raises(BaseORMException):
        await Consent.filter(id=row_id).delete()
