"""The system administrator's pages: places, working days, plugins, settings, jobs, messages."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.calendar.models import CalendarDay, CalendarYear
from lianxin.data.models import Job
from lianxin.directory.models import Area
from lianxin.i18n import use_language
from lianxin.messages.models import Delivery, Message
from lianxin.operate.demo.staff import COMMUNITY, COUNTY, GRID
from lianxin.shells.account.warnings import TRIES
from lianxin.testing.site import TestSite

from .conftest import AUDITOR, SECURITY, STATION, SYSTEM

pytestmark = pytest.mark.anyio

PAGES = {
    SYSTEM: ("areas", "calendar", "plugins", "settings", "jobs", "messages"),
    SECURITY: ("people", "people/grant", "staff", "staff/new"),
    AUDITOR: ("audit",),
}


@pytest.mark.parametrize("person", list(PAGES))
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_each_administrator_has_her_own_pages_and_no_other(site: TestSite, person: UUID, language: str) -> None:
    client = await site.client_of(person, staff=True, language=language)
    overview = await client.get("/admin/")
    assert overview.status_code == 200, overview.text
    for holder, pages in PAGES.items():
        for page in pages:
            answer = await client.get(f"/admin/{page}")
            assert answer.status_code == (200 if holder == person else 403), page
            assert (f'href="/admin/{page}"' in overview.text) == (holder == person) or "/" in page


async def test_the_administration_is_closed_to_the_desk(site: TestSite) -> None:
    client = await site.client_of(STATION, staff=True)
    assert (await client.get("/admin/")).status_code == 403
    resident = await site.client_of(SYSTEM)
    assert (await resident.get("/admin/")).status_code == 403


async def test_a_places_telephone_is_changed_and_recorded(site: TestSite) -> None:
    client = await site.client_of(SYSTEM, staff=True)
    for code in (COUNTY, COMMUNITY, GRID):
        assert (await client.get(f"/admin/areas/{code}")).status_code == 200
    page = f"/admin/areas/{COMMUNITY}/edit"
    before = await Area.get(code=COMMUNITY)
    typed = {"phone": "0839-012 7777", "hours_zh": "全天", "hours_en": before.hours_en}
    done = await client.submit(page, typed, page=page)
    assert done.headers["location"] == f"/admin/areas/{COMMUNITY}"
    after = await Area.get(code=COMMUNITY)
    assert (after.phone, after.hours_zh) == ("0839-012 7777", "全天")
    entry = await AuditEntry.get(action="directory.area_changed")
    assert entry.actor_id == SYSTEM
    assert entry.detail is not None
    assert "phone" in entry.detail["fields"]  # type: ignore[operator]
    assert (await client.submit(page, {"phone": "1" * 30}, page=page)).status_code == 422
    assert (await client.get("/admin/areas/nothing")).status_code == 404


async def test_a_day_and_a_year_are_entered(site: TestSite) -> None:
    client = await site.client_of(SYSTEM, staff=True)
    day, year = "/admin/calendar/day", "/admin/calendar/year"
    done = await client.submit(day, {"day": "2026-12-24", "working": "no", "note": "停电"}, page=day)
    assert done.status_code == 303
    assert (await CalendarDay.get(day=date(2026, 12, 24))).working is False
    assert "停电" in (await client.get("/admin/calendar?year=2026")).text
    assert (await client.submit(day, {"day": "soon", "working": "no"}, page=day)).status_code == 422
    wrong = await client.submit(year, {"year": "2027", "days": "2027-01-01 maybe"}, page=year)
    assert wrong.status_code == 422
    assert "2027-01-01 maybe" in wrong.text
    other = await client.submit(year, {"year": "2027", "days": "2028-01-01 off 元旦"}, page=year)
    assert other.status_code == 422
    right = await client.submit(year, {"year": "2027", "days": "2027-01-01 休 元旦\n2027-02-07 班"}, page=year)
    assert right.status_code == 303
    assert await CalendarYear.filter(year=2027).exists()
    assert "元旦" in (await client.get(year + "?year=2027")).text
    assert await AuditEntry.filter(action="calendar.year_entered", actor_id=SYSTEM).exists()


async def test_a_failed_job_is_shown_and_tried_again(site: TestSite) -> None:
    now = site.clock()
    dead: dict[str, Any] = {"payload": {}, "due_at": now, "created_at": now, "finished_at": now, "state": "dead"}
    await Job.create(name="audit.seal", **dead)
    job = await Job.create(name="test.mail", last_error="Traceback\nValueError: no paper", attempts=10, **dead)
    client = await site.client_of(SYSTEM, staff=True)
    text = (await client.get("/admin/jobs")).text
    assert "no paper" in text
    assert "封存" in text or "Sealing the audit trail" in text
    assert "audit.seal" in text
    assert "Traceback" not in text
    done = await client.submit(f"/admin/jobs/{job.id}/retry", page="/admin/jobs")
    assert done.status_code == 303
    assert (await Job.get(id=job.id)).state == "queued"
    again = await client.submit(f"/admin/jobs/{job.id}/retry")
    assert again.status_code == 303
    assert await AuditEntry.filter(action="jobs.retried", object_id=job.id).count() == 1
    for state in ("queued", "leased", "done", "nonsense"):
        assert (await client.get(f"/admin/jobs?state={state}&after=zzz")).status_code == 200


async def test_what_was_sent_is_named_in_words(site: TestSite) -> None:
    now = site.clock()
    message = await Message.create(person_id=STATION, kind="account.tries", parameters={}, path="", created_at=now)
    await Delivery.create(message_id=message.id, channel="sms", created_at=now)
    await Delivery.create(channel="sms", created_at=now)
    client = await site.client_of(SYSTEM, staff=True)
    text = (await client.get("/admin/messages?lang=en")).text
    with use_language("en"):
        assert f'{TRIES.title} <span class="quiet small">{TRIES.name}</span>' in text
    assert "A one-time code" in text
    assert "Text message" in text


async def test_unknown_settings_are_no_page(site: TestSite) -> None:
    client = await site.client_of(SYSTEM, staff=True)
    for name in ("nothing.at_all", "x"):
        assert (await client.get(f"/admin/settings/{name}")).status_code == 404
    assert (await client.get(f"/admin/settings?area={COMMUNITY}")).status_code == 200
