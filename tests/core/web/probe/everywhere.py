"""All routes of a site, and who may be sent through them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tortoise import Tortoise

from lianxin.access.models import Grant
from lianxin.access.rights import get_rights
from lianxin.declarations import Route
from lianxin.directory.models import Person
from lianxin.testing.site import SiteClient, TestSite

_PLACE = re.compile(r"\{\w+(?::\w+)?\}")


@dataclass(frozen=True)
class Stop:
    """A route with its address, its places filled."""

    name: str
    path: str
    route: Route


def all_routes(site: TestSite, filling: str = "there") -> Iterator[Stop]:
    """Every declared route."""
    opened = site.app.state.site
    for name, owned in opened.routes.items():
        path, places = opened.urls._paths[name]
        yield Stop(name, path.format(**dict.fromkeys(places, filling)), owned.item)


async def rows_by_table() -> dict[str, int]:
    """How many rows each table has."""
    assert Tortoise.apps
    models = [model for app in Tortoise.apps.values() for model in app.values()]
    return {model._meta.db_table: await model.all().count() for model in models}


async def everybody(site: TestSite) -> dict[str, SiteClient]:
    """A browser of each kind of visitor: nobody, a resident, a member of staff with every role."""
    now = site.clock()
    resident = await Person.create(name="周秀华", created_at=now)
    staff = await Person.create(name="李志强", created_at=now)
    for role in get_rights().roles.values():
        if role.staff:
            await Grant.create(person_id=staff.id, role=role.name, valid_from=now, created_at=now)
    return {
        "nobody": site.client(),
        "resident": await site.client_of(resident.id),
        "staff": await site.client_of(staff.id, staff=True),
    }
