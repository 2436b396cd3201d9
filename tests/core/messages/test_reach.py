"""By the ways she chose, and not at night."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from lianxin.data.models import Job
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Channel, MessageKind
from lianxin.messages import NIGHT, SMS, Quiet, Reach, choose_reach, reach_of, tell, use_channels
from lianxin.messages.models import Delivery
from lianxin.messages.rules import channels_of, due_at
from tests.core.messages.conftest import person

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEWS = MessageKind("test.news", "News", "Something happened.")
URGENT = MessageKind("test.urgent", "Now", "Come at once.", urgent=True)
MOMENTS = any_.timedeltas(timedelta(0), timedelta(days=1500)).map(
    lambda since: datetime(2024, 1, 1, tzinfo=UTC) + since
)
HOURS = any_.builds(
    Quiet,
    any_.times().map(lambda at: at.replace(second=0, microsecond=0)),
    any_.sampled_from([time(0), time(6), time(7, 30), time(21)]),
)


async def nowhere(_person: UUID) -> None:
    return None


async def never(address: str, text: str, key: str) -> str:
    raise AssertionError


LETTER = Channel("letter", "Letter", address=nowhere, send=never, rings=False)
KNOWN = {"sms": SMS, "letter": LETTER}


@given(MOMENTS, HOURS)
def test_what_rings_never_rings_in_quiet_hours_and_waits_for_their_end_at_most(now: datetime, quiet: Quiet) -> None:
    due = due_at(now, NEWS, SMS, quiet, SHANGHAI)
    assert not quiet.holds(due.astimezone(SHANGHAI).time())
    assert now <= due < now + timedelta(days=1)
    if due != now:
        assert quiet.holds(now.astimezone(SHANGHAI).time())
        assert due.astimezone(SHANGHAI).time() == quiet.end
    assert due_at(now, URGENT, SMS, quiet, SHANGHAI) == now
    assert due_at(now, NEWS, LETTER, quiet, SHANGHAI) == now


def test_the_night_goes_over_midnight() -> None:
    assert [NIGHT.holds(time(hour)) for hour in (20, 21, 23, 0, 6, 7, 12)] == [
        False,
        True,
        True,
        True,
        True,
        False,
        False,
    ]
    assert not Quiet(time(0), time(0)).holds(time(0))


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({}, ("sms",)),
        ({"letter": True}, ("sms", "letter")),
        ({"sms": False, "letter": True}, ("letter",)),
        ({"sms": False}, ()),
        ({"letter": False, "pigeon": True}, ("sms",)),
    ],
)
def test_what_she_chose_counts_and_else_what_the_message_says(
    chosen: Mapping[str, bool], told: tuple[str, ...]
) -> None:
    assert channels_of(NEWS, KNOWN, Reach(chosen)) == told
    assert channels_of(MessageKind("test.in_house", "", "", channels=()), KNOWN, Reach(chosen)) == ()


@pytest.mark.anyio
@pytest.mark.usefixtures("carrier")
async def test_a_message_at_night_leaves_in_the_morning(now: datetime) -> None:
    use_channels([("kernel", SMS), ("post", LETTER)])
    who, owl = await person(now), await person(now, phone=None)
    night = datetime(2026, 11, 24, 23, 30, tzinfo=SHANGHAI)
    await choose_reach(owl, {"sms": False, "letter": True}, Quiet(time(0), time(0)), now=now)
    assert (await reach_of(who)) == Reach({}, NIGHT)
    assert (await reach_of(owl)).chosen == {"sms": False, "letter": True}
    async with unit_of_work():
        for one in (who, owl):
            await tell(one, NEWS, parameters={}, now=night)
    jobs = {job.payload["delivery"]: job.due_at for job in await Job.filter(name="messages.deliver")}
    due = {row.channel: jobs[str(row.id)] for row in await Delivery.all()}
    assert due == {"sms": datetime(2026, 11, 25, 7, tzinfo=SHANGHAI), "letter": night}


@pytest.mark.anyio
@pytest.mark.usefixtures("carrier")
async def test_what_is_chosen_again_is_one_row(now: datetime) -> None:
    who = await person(now)
    for on in (True, False):
        await choose_reach(who, {"sms": on}, NIGHT, now=now)
        assert (await reach_of(who)).chosen == {"sms": on}
