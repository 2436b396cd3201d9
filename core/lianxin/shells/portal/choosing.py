"""Remembered choices: language, large letters, dark, and which community's telephone stands in the header."""

from __future__ import annotations

from lianxin.api import See, Visit, _, find_area, list_children, safe_path
from lianxin.shells.portal.forms import CommunityForm
from lianxin.shells.portal.pages import CommunityPage


async def choose(visit: Visit) -> See:
    """Goes back to where the person was: the choice itself is taken from the address on any page."""
    return See(safe_path(visit.query("back", "/", longest=1000)))


async def show_communities(visit: Visit) -> CommunityPage:
    """Townships first, then the places below the chosen one."""
    above = await find_area(visit.query("above", longest=20))
    top = (await list_children(None))[:1]
    parent = above.id if above else top[0].id if top else None
    places = await list_children(parent)
    choices = [(place.code, place.name, "") for place in places]
    action = visit.url("portal:set_community", next=safe_path(visit.query("next", "/", longest=500)))
    form = visit.form(CommunityForm, action, choices={"area": choices})
    return CommunityPage(_("Choose where you live"), above.name if above else "", form)


async def set_community(visit: Visit, form: CommunityForm) -> See:
    """A township leads to its places; a place is kept on this browser."""
    chosen = await find_area(form.area)
    if chosen is None:
        return See(visit.url("portal:community"))
    back = safe_path(visit.query("next", "/", longest=500))
    if chosen.kind in ("town", "township"):
        return See(visit.url("portal:community", above=chosen.code, next=back))
    visit.remember("area", chosen.code)
    return See(back, _("Your community is now %(name)s.", name=chosen.name))
