"""All routes of a site, and who may be sent through them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from tortoise import Tortoise

from lianxin.access.models import Grant
from lianxin.access.rights import get_rights
from lianxin.declarations import Route
from lianxin.directory.models import Area, Person
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices.models import Item

BREAKING = frozenset({"probe:broken", "probe:undrawn", "probe:nothing", "probe:api_untrue"})
"""Routes of the probe that are there to break: they answer 500 by intention."""


@dataclass(frozen=True)
class Stop:
    """A route with its address, its places filled."""

    name: str
    path: str
    route: Route


def all_routes(site: TestSite, filling: str = "there", real: dict[str, str] | None = None) -> Iterator[Stop]:
    """Every declared route; places are filled with what `real` says of them, else with `filling`."""
    opened = site.app.state.site
    for name, owned in opened.routes.items():
        path, places = opened.urls._paths[name]
        yield Stop(name, path.format(**(dict.fromkeys(places, filling) | (real or {}))), owned.item)


async def real_places() -> dict[str, str]:
    """What the places of addresses may be filled with so that something is there."""
    item = await Item.all().order_by("slug").first()
    person = await Person.filter(identity="seen_by_desk").order_by("id").first()
    area = await Area.filter(kind="village").order_by("code").first()
    assert item
    assert person
    assert area
    return {"item": item.slug, "person": str(person.id), "area": str(area.id)}


async def rows_by_table() -> dict[str, int]:
    """How many rows each table has."""
    assert Tortoise.apps
    models = [model for app in Tortoise.apps.values() for model in app.values()]
    return {model._meta.db_table: await model.all().count() for model in models}


async def everybody(site: TestSite) -> dict[str, Callable[[], Awaitable[SiteClient]]]:
    """Nobody, a resident, a member of staff with every role: each call gives a new browser, with limits of its own."""
    now = site.clock()
    resident = await Person.create(name="周秀华", created_at=now)
    staff = await Person.create(name="李志强", created_at=now)
    for role in get_rights().roles.values():
        if role.staff:
            await Grant.create(person_id=staff.id, role=role.name, valid_from=now, created_at=now)

    async def nobody() -> SiteClient:
        return site.client()

    return {
        "nobody": nobody,
        "resident": lambda: site.client_of(resident.id),
        "staff": lambda: site.client_of(staff.id, staff=True),
    }
