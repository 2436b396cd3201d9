"""The first page, and where a code leads."""

from __future__ import annotations

from lianxin.api import N_, InvalidValue, Refused, See, Visit, _, find_visible, list_mine, parse_code
from lianxin.shells.portal.pages import HomePage


async def show_home(visit: Visit) -> HomePage:
    """Search first, one tap to call, what is under way, what plugins offer."""
    mine = await list_mine(visit.actor.person_ids, size=2, now=visit.now) if visit.signed_in else None
    search = visit.url("eservices:catalogue") if visit.site.urls.knows("eservices:catalogue") else ""
    rows = tuple(mine.rows) if mine else ()
    return HomePage(_("Home"), search, rows, len(rows))


async def follow_code(visit: Visit, code: str) -> See:
    """What QR codes and messages carry: to the page that this person may see, else to sign-in."""
    try:
        clean = parse_code(code)
    except InvalidValue as wrong:
        text = N_("That is no code of ours. It has 8 characters; look at the slip again.")
        raise Refused("portal.bad_code", text, status=404) from wrong
    if not visit.signed_in:
        return See(visit.url("account:sign_in", next=f"/m/{clean}"))
    if visit.staff and await find_visible(clean, visit.actor):
        return See(visit.url("desk:matter", code=clean))
    return See(visit.url("account:matter", code=clean))
