"""The security administrator's pages, and the auditor's: grants, accounts, the trail."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from lianxin.access.grants import list_grants
from lianxin.access.models import Credential
from lianxin.access.passwords import check_password
from lianxin.audit.models import AuditEntry
from lianxin.operate.demo.staff import COMMUNITY
from lianxin.testing.site import SiteClient, TestSite

from .conftest import AUDITOR, SECURITY

pytestmark = pytest.mark.anyio
PASSWORD = re.compile(r'class="code">([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})<')


async def made_account(client: SiteClient, name: str = "昝小勇", login: str = "zan") -> tuple[UUID, str]:
    page = "/admin/staff/new"
    made = await client.submit(page, {"name": name, "login_name": login}, page=page)
    assert made.status_code == 200, made.text
    found = PASSWORD.search(made.text)
    assert found
    return (await Credential.get(identifier=login, ended_at=None)).person_id, found[1]


async def test_an_account_is_made_with_a_password_for_once(site: TestSite) -> None:
    client = await site.client_of(SECURITY, staff=True)
    person_id, password = await made_account(client)
    held = await check_password("zan", password, now=site.clock())
    assert (held.person_id, held.must_change) == (person_id, True)
    assert password not in (await client.get(f"/admin/staff/{person_id}")).text
    assert "昝小勇" in (await client.get("/admin/staff")).text
    page = "/admin/staff/new"
    taken = await client.submit(page, {"name": "另一位", "login_name": "ZAN"}, page=page)
    assert taken.status_code == 409
    assert 'id="f-login_name-error"' in taken.text
    assert await AuditEntry.filter(action="access.account_made", object_id=person_id).exists()


async def test_an_account_is_given_a_new_password_and_closed(site: TestSite) -> None:
    client = await site.client_of(SECURITY, staff=True)
    person_id, first = await made_account(client)
    page = f"/admin/staff/{person_id}"
    answer = await client.submit(page, {"do": "password"}, page=page)
    found = PASSWORD.search(answer.text)
    assert found
    assert found[1] != first
    assert (await client.submit(page, {"do": "second_factor"}, page=page)).status_code == 303
    assert (await client.submit(page, {"do": "fly"}, page=page)).status_code == 422
    assert (await client.submit(page, {"do": "close"}, page=page)).headers["location"] == "/admin/staff"
    assert (await client.get(page)).status_code == 404
    deeds = {entry.action for entry in await AuditEntry.filter(object_id=person_id)}
    assert deeds >= {"access.password_reset", "access.second_factor_reset", "access.account_closed"}


async def test_a_grant_is_given_and_ended(site: TestSite) -> None:
    client = await site.client_of(SECURITY, staff=True)
    person_id, _ = await made_account(client)
    page = "/admin/people/grant"
    typed = {"person": "zan", "role": "station_staff", "area": COMMUNITY, "until": "2027-01-31"}
    for wrong in ({"person": "nobody"}, {"area": "没有的地方"}, {"role": "resident"}, {"until": "2020-01-01"}):
        answer = await client.submit(page, typed | wrong, page=page)
        assert answer.status_code == 422, wrong
        assert f'id="f-{next(iter(wrong))}-error"' in answer.text or "until" in wrong
    given = await client.submit(page, typed, page=page)
    assert given.status_code == 303
    grant = (await list_grants(site.clock(), person_id=person_id))[0]
    assert grant.valid_until is not None
    assert grant.valid_until.isoformat() == "2027-01-31T16:00:00+00:00"
    assert "昝小勇" in (await client.get("/admin/people?role=station_staff")).text
    end = f"/admin/people/{grant.id}/end"
    assert (await client.submit(end, page=end)).status_code == 303
    assert await list_grants(site.clock(), person_id=person_id) == []
    assert (await client.get(end)).status_code == 404
    assert await AuditEntry.filter(object_id=person_id, action__in=["access.grant", "access.end"]).count() == 2


async def test_nobody_changes_her_own_grants(site: TestSite) -> None:
    client = await site.client_of(SECURITY, staff=True)
    own = (await list_grants(site.clock(), person_id=SECURITY))[0]
    assert f"/admin/people/{own.id}/end" not in (await client.get("/admin/people")).text
    end = f"/admin/people/{own.id}/end"
    assert (await client.submit(end, page=end)).status_code == 403


async def test_the_auditor_reads_and_verifies_the_trail(site: TestSite) -> None:
    security = await site.client_of(SECURITY, staff=True)
    await made_account(security)
    client = await site.client_of(AUDITOR, staff=True)
    text = (await client.get("/admin/audit?lang=en")).text
    assert "access.account_made" in text
    assert "Made a staff account <span" in text
    assert "a person <span" in text
    assert "Security administrator" in text or "security administrator" in text
    assert "黎敏" in text
    assert "access.account_made" not in (await client.get("/admin/audit?action=calendar.")).text
    assert "access.account_made" in (await client.get("/admin/audit?who=黎敏")).text
    assert (await client.get("/admin/audit?who=nobody&after=zzz")).status_code == 200
    checked = await client.submit("/admin/audit", page="/admin/audit")
    assert checked.status_code == 200
    assert "The trail is whole" in checked.text
    assert await AuditEntry.filter(action="audit.verified", actor_id=AUDITOR).exists()
