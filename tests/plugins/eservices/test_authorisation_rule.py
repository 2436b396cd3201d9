"""May this one act for that one, in this matter, now? Properties of the one rule that answers it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lianxin_eservices.rules.authorisation import Leave, authorisation_text, last_moment, leave_for, may_act
from lianxin_eservices.rules.days import last_day

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PEOPLE = [UUID(int=n) for n in range(1, 4)]
ITEMS = ["RS-001", "MZ-001", "YB-001"]
people = st.sampled_from(PEOPLE)
moments = st.integers(-100, 100).map(lambda hours: START + timedelta(hours=hours))
leaves = st.builds(
    lambda person, proxy, items, start, hours, ended: Leave(
        UUID(int=9), person, proxy, tuple(items), "family", "code", start, start + timedelta(hours=hours), ended
    ),
    people,
    people,
    st.lists(st.sampled_from(ITEMS), unique=True),
    moments,
    st.integers(1, 100),
    st.none() | moments,
)


@given(leaves, people | st.none(), people, st.sampled_from(ITEMS), st.booleans(), moments)
def test_one_may_act_only_within_every_bound_of_it(leave, proxy, person, item, allowed, now):
    may = may_act(leave, proxy_id=proxy, person_id=person, item=item, proxy_allowed=allowed, now=now)
    assert may == (
        proxy == leave.proxy_id
        and person == leave.person_id
        and allowed
        and leave.ended_at is None
        and leave.starts_at <= now < leave.ends_at
        and (item in leave.items or leave.items == ())
    )
    if may:
        for broken in (
            replace(leave, ended_at=now),
            replace(leave, ends_at=now),
            replace(leave, starts_at=now + timedelta(seconds=1)),
            replace(leave, items=("another",)),
        ):
            assert not may_act(broken, proxy_id=proxy, person_id=person, item=item, proxy_allowed=True, now=now)


@given(st.lists(leaves, max_size=5), people, people, moments)
def test_of_several_the_longest_counts(several, proxy, person, now):
    asked = {"proxy_id": proxy, "person_id": person, "item": "RS-001", "proxy_allowed": True, "now": now}
    found = leave_for(several, **asked)
    fitting = [leave for leave in several if may_act(leave, **asked)]
    assert (found is None) == (fitting == [])
    assert found is None or all(leave.ends_at <= found.ends_at for leave in fitting)


@given(moments, st.integers(1, 366))
def test_it_lasts_to_the_end_of_a_day_of_the_county(now, days):
    end = last_moment(now, days)
    assert end - now >= timedelta(days=days)
    assert last_day(end) == last_day(now + timedelta(microseconds=1)) + timedelta(days=days)


def test_the_text_says_who_what_and_until_in_both_languages():
    for language in ("zh_Hans", "en"):
        text = authorisation_text("周桂华", "张小军", "养老保险", "2026年12月24日", language)
        for word in ("周桂华", "张小军", "养老保险", "2026年12月24日"):
            assert word in text
