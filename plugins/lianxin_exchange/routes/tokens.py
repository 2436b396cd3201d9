"""Tokens: one's own, and everybody's for who oversees them."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import Loader, Refused, See, Shown, Visit, _, action, all_flows, page
from lianxin_exchange import forms
from lianxin_exchange.access import MAKE, OVERSEE
from lianxin_exchange.actions.tokens import end_token, make_token
from lianxin_exchange.pages import EverybodysPage, MadePage, TokenLine, TokensPage
from lianxin_exchange.queries.tokens import TokenShown, held_permissions, list_everybodys, list_mine


async def show_tokens(visit: Visit) -> TokensPage:
    """Those that count first."""
    assert visit.actor.person_id is not None  # the permission is asked first
    useful = _useful(visit)
    choices = [(name, title, "") for name, title in held_permissions(visit.actor).items() if name in useful]
    return TokensPage(
        title=_("Tokens for programs"),
        lines=tuple(_line(visit, one, "end_token") for one in await list_mine(visit.actor.person_id, visit.now)),
        form=visit.form(forms.TokenForm, visit.url("exchange:make_token"), choices={"permissions": choices}),
        document=visit.full_url("api:document"),
    )


def _useful(visit: Visit) -> set[str]:
    """What programs are asked for on this site at all: by an address, or by a move of a matter."""
    routes = {str(owned.item.access) for owned in visit.site.routes.values() if owned.item.kind == "api"}
    return routes | {str(move.access) for flow in all_flows() for move in flow.transitions}


def _line(visit: Visit, shown: TokenShown, route: str) -> TokenLine:
    address = visit.url(f"exchange:{route}", token=shown.id)
    return TokenLine(shown, visit.form(forms.PressForm, address) if shown.counts else None)


async def make(visit: Visit, form: forms.TokenForm) -> Shown:
    """Made, and shown once: going back or sending it again shows the list."""
    made = await make_token(form.name, form.permissions, form.days, by=visit.actor, now=visit.now)
    shown = MadePage(
        title=_("The token is made"),
        name=form.name,
        text=made.text,
        expires_at=made.expires_at,
        sample=visit.full_url("api:document"),
        back=visit.url("exchange:tokens"),
    )
    return Shown(shown)


async def end(visit: Visit, token: UUID) -> See:
    """One of hers."""
    await end_token(token, by=visit.actor, now=visit.now)
    return See(visit.url("exchange:tokens"), _("The token has ended: no program can use it any more."))


async def show_everybodys(visit: Visit) -> EverybodysPage:
    """Who lets which program do what."""
    found = await list_everybodys(visit.now, after=visit.query("after"))
    next_href = visit.url("exchange:everybodys", after=found.next_key) if found.next_key else ""
    lines = tuple(_line(visit, one, "end_anybodys") for one in found.rows)
    return EverybodysPage(_("Tokens of all colleagues"), lines, next_href)


async def end_anybodys(visit: Visit, token: UUID) -> See:
    """Whosever it is."""
    await end_token(token, by=visit.actor, now=visit.now)
    return See(visit.url("exchange:everybodys"), _("The token has ended: no program can use it any more."))


async def _load(_visit: Visit, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Refused("exchange.none", _("This token is not there, or has ended."), status=404) from wrong


_TOKEN = {"token": Loader(_load, scoped=False, because="whose it is, the ending itself asks")}

TOKEN_ROUTES = (
    page("/tokens", name="tokens", access=MAKE, handler=show_tokens),
    action("/tokens", name="make_token", access=MAKE, handler=make, form=forms.TokenForm, again="tokens"),
    action("/tokens/{token}/end", name="end_token", access=MAKE, handler=end, loads=_TOKEN),
    page("/tokens/all", name="everybodys", access=OVERSEE, handler=show_everybodys),
    action("/tokens/all/{token}/end", name="end_anybodys", access=OVERSEE, handler=end_anybodys, loads=_TOKEN),
)
