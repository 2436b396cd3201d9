"""Typed settings: shown by type, kept or refused at the field, for the county or a place, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest

from lianxin.api import Scope, SettingsGroup, setting
from lianxin.audit.models import AuditEntry
from lianxin.directory.areas import area_ladder, find_area
from lianxin.operate.demo.staff import COMMUNITY
from lianxin.settings import get_settings, use_settings
from lianxin.testing.site import TestSite

from .conftest import SYSTEM

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, slots=True)
class Lamps:
    """One of each type."""

    many: int = setting(3, help="How many lamps")
    lit: bool = setting(True, help="Are they lit", scope=Scope.AREA)
    colour: Literal["red", "green"] = setting("red", help="Their colour")
    names: tuple[str, ...] = setting((), help="Their names")
    token: str = setting("", help="The token", secret=True)


@pytest.fixture
def lamps(site: TestSite) -> Iterator[None]:
    use_settings({"lamps": SettingsGroup("Lamps", Lamps)}, ladder=area_ladder)
    yield
    use_settings({})


@pytest.mark.usefixtures("lamps")
async def test_each_type_is_shown_kept_and_taken_back(site: TestSite) -> None:
    client = await site.client_of(SYSTEM, staff=True)
    typed = {"many": "7", "lit": "no", "colour": "green", "names": "a, b", "token": "s3cret-token"}
    for name, value in typed.items():
        page = f"/admin/settings/lamps.{name}"
        done = await client.submit(page, {"value": value}, page=page)
        assert done.status_code == 303, name
    assert await get_settings(Lamps) == Lamps(7, False, "green", ("a", "b"), "s3cret-token")
    shown = (await client.get("/admin/settings")).text
    assert "a, b" in shown
    assert "s3cret-token" not in shown + (await client.get("/admin/settings/lamps.token")).text
    done = await client.submit("/admin/settings/lamps.many/clear", page="/admin/settings/lamps.many")
    assert done.status_code == 303
    assert (await get_settings(Lamps)).many == 3
    entries = await AuditEntry.filter(action="settings.changed")
    assert "s3cret-token" not in str([entry.detail for entry in entries])
    assert len(entries) == len(typed)


@pytest.mark.usefixtures("lamps")
async def test_what_does_not_fit_is_said_at_the_field(site: TestSite) -> None:
    client = await site.client_of(SYSTEM, staff=True)
    page = "/admin/settings/lamps.many"
    wrong = await client.submit(page, {"value": "viele"}, page=page)
    assert wrong.status_code == 422
    assert 'id="f-value-error"' in wrong.text
    assert "viele" in wrong.text


@pytest.mark.usefixtures("lamps")
async def test_a_place_may_differ_where_the_setting_allows_it(site: TestSite) -> None:
    client = await site.client_of(SYSTEM, staff=True)
    listed = (await client.get(f"/admin/settings?area={COMMUNITY}")).text
    assert "lamps.lit" in listed
    assert "lamps.many" not in listed
    page = f"/admin/settings/lamps.lit?area={COMMUNITY}"
    assert (await client.submit(page, {"value": "no"}, page=page)).status_code == 303
    area = await find_area(COMMUNITY)
    assert area is not None
    assert (await get_settings(Lamps, area.id)).lit is False
    assert (await get_settings(Lamps)).lit is True
