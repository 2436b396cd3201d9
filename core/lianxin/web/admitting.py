"""Whether somebody is let in at a route, and what its address names there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.routing import Match
from tortoise.exceptions import ValidationError

from lianxin.declarations import Access, Refused, Route
from lianxin.i18n import N_
from lianxin.web.errors import NotSignedIn
from lianxin.web.visit import Visit

LONGEST_PLACE = 200


def admit(visit: Visit, route: Route) -> None:
    """Raises NotSignedIn, or Refused (403) to whom lacks the permission."""
    access = route.access
    if access is Access.PUBLIC:
        return
    if not visit.signed_in:
        raise NotSignedIn
    if access is Access.SIGNED_IN and visit.actor.token_id is not None:
        raise Refused("web.for_people", N_("A token can't do this: it is for a person who is signed in."), status=403)
    if isinstance(access, str) and not visit.actor.may(access):
        raise Refused("web.forbidden", N_("You may not do this. If you should, ask your administrator."), status=403)


async def load_places(visit: Visit, route: Route, places: Mapping[str, Any]) -> dict[str, Any]:
    """What the places of an address name, as far as this visitor may see it; else 404."""
    given = {name: str(places[name]) for name in route.loads}
    if not all(text.isprintable() and len(text) <= LONGEST_PLACE for text in given.values()):
        raise HTTPException(404)  # nothing was ever named so, and no database needs to be asked
    try:
        return {name: await loader.load(visit, given[name]) for name, loader in route.loads.items()}
    except ValidationError as wrong:
        raise HTTPException(404) from wrong  # longer than the column in which it was looked for


async def may_open(visit: Visit, location: str) -> bool:
    """Whether this address of ours is a page that the visitor may see now."""
    scope = {"type": "http", "method": "GET", "path": urlsplit(location).path, "root_path": "", "headers": []}
    for mounted in visit.request.app.routes:
        match, found = mounted.matches(scope)
        if match is Match.FULL:
            break
    else:
        return False
    owned = visit.site.routes.get(getattr(found.get("route"), "name", ""))
    if owned is None or owned.item.kind != "page":
        return False
    try:
        admit(visit, owned.item)
        await load_places(visit, owned.item, found["path_params"])
    except (NotSignedIn, Refused, HTTPException):
        return False
    return True
