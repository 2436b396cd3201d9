"""Reminders: each once, to whom it concerns, on days that offices work; run on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.api import Actor, MatterRow, claim, inbox, load_matter, mask_name, show_code
from lianxin.testing.queries import count_queries
from lianxin.testing.site import TestSite
from lianxin_eservices import forms, messages_reminders
from lianxin_eservices.actions.reminding import remind_applicants, remind_colleagues, remind_leaders
from lianxin_eservices.rules.days import COUNTY_ZONE, end_of_next_working_day, last_day
from tests.plugins.eservices.moving import Office
from tests.plugins.eservices.people import staff
from tests.plugins.eservices.test_handling import applied

pytestmark = pytest.mark.anyio
FRIDAY = datetime(2026, 11, 27, 0, 20, tzinfo=UTC)


async def told(who: Actor | object, title: object) -> list[str]:
    """The texts of that message to this person."""
    assert isinstance(who, Actor)
    assert who.person_id is not None
    return [message.body for message in (await inbox([who.person_id])).rows if message.title == str(title)]


async def test_an_applicant_is_reminded_twice_and_never_again(county: TestSite):
    office = await Office.of(county)
    matter = await applied(county)
    missing = forms.CorrectionForm(wanted="照片太暗，请重拍")
    matter = await office.do(matter, "request_correction", office.clerk, missing)
    asked, she = county.clock(), office.applicant(matter)
    days: list[int] = []
    for day in range(1, 30):
        before = len(await told(she, messages_reminders.STILL_WAITING.title))
        await remind_applicants(asked + timedelta(days=day, minutes=5))
        await remind_applicants(asked + timedelta(days=day, minutes=6))
        if len(await told(she, messages_reminders.STILL_WAITING.title)) > before:
            days.append(day)
    assert days == [5, 15]
    texts = await told(she, messages_reminders.STILL_WAITING.title)
    assert len(texts) == 2
    assert show_code(matter.code) in texts[0]


async def test_who_has_sent_it_is_left_alone(county: TestSite):
    office = await Office.of(county)
    matter = await applied(county)
    matter = await office.do(matter, "withdraw", office.applicant(matter), forms.WithdrawForm())
    assert await remind_applicants(county.clock() + timedelta(days=5, hours=1)) == 0
    assert await told(office.applicant(matter), messages_reminders.STILL_WAITING.title) == []


async def test_a_colleague_hears_on_a_working_day_of_what_ends_by_the_next(county: TestSite):
    office = await Office.of(county)
    matter = await applied(county)
    await claim(await load_matter(matter.id), by=office.clerk, now=county.clock())
    monday_evening = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    await MatterRow.filter(id=matter.id).update(due_at=monday_evening)
    assert await remind_colleagues(FRIDAY - timedelta(days=1)) == 0
    assert await remind_colleagues(FRIDAY + timedelta(days=1)) == 0, "a Saturday"
    assert await remind_colleagues(FRIDAY) == 1
    assert await remind_colleagues(FRIDAY + timedelta(minutes=1)) == 1
    (text,) = await told(office.clerk, messages_reminders.ENDING_DESK.title)
    assert show_code(matter.code) in text
    assert mask_name("周桂华") not in text


async def test_leaders_hear_of_what_is_late_in_their_places_only(county: TestSite):
    leader = await staff("谢国强", county)
    assert await remind_leaders(FRIDAY) == 0, "nothing is late: no message"
    matter = await applied(county)
    await MatterRow.filter(id=matter.id).update(due_at=FRIDAY - timedelta(hours=1))
    others = await applied(county, "insurance-record-print")
    await MatterRow.filter(id=others.id).update(due_at=FRIDAY + timedelta(days=3))
    reached = await remind_leaders(FRIDAY)
    assert reached >= 1
    assert await remind_leaders(FRIDAY + timedelta(minutes=2)) == reached
    (text,) = await told(leader, messages_reminders.DIGEST_DESK.title)
    assert "超期：1" in text
    assert await told(await staff("何静", county), messages_reminders.DIGEST_DESK.title) == []


async def test_a_leader_costs_the_same_however_much_there_is(county: TestSite):
    matter = await applied(county)
    await MatterRow.filter(id=matter.id).update(due_at=FRIDAY - timedelta(hours=1))
    with count_queries() as first:
        await remind_leaders(FRIDAY)
    for _ in range(2):
        more = await applied(county, "insurance-record-print")
        await MatterRow.filter(id=more.id).update(due_at=FRIDAY - timedelta(hours=1))
    with count_queries() as second:
        await remind_leaders(FRIDAY + timedelta(days=3))
    assert len(second) == len(first)


@given(st.dates(date(2024, 1, 1), date(2027, 12, 1)), st.sets(st.integers(0, 6), max_size=6))
def test_the_end_lies_after_exactly_one_working_day(today: date, closed: set[int]):
    def works(day: date) -> bool:
        return day.weekday() not in closed

    now = datetime(today.year, today.month, today.day, 8, 20, tzinfo=COUNTY_ZONE)
    last = last_day(end_of_next_working_day(now, works))
    between = [today + timedelta(days=n) for n in range(1, (last - today).days + 1)]
    assert [day for day in between if works(day)] == [last]


def test_a_calendar_without_working_days_is_said_to_be_wrong():
    with pytest.raises(ValueError, match="working day"):
        end_of_next_working_day(FRIDAY, lambda _: False)
