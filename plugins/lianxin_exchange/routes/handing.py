"""Did every case arrive? For who runs the site."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import Loader, See, Visit, _, action, page
from lianxin_exchange.access import HOOKS
from lianxin_exchange.actions.handing import hand_over_again
from lianxin_exchange.forms import PressForm
from lianxin_exchange.pages_handing import ArrivedPage, HandingLine, StateChip
from lianxin_exchange.queries.handing import STATES, HandingShown, count_by_state, get_handing, list_handings


async def show_arrived(visit: Visit) -> ArrivedPage:
    """What is missing first; where nothing is, what has arrived."""
    counts = await count_by_state()
    asked = visit.query("state", longest=12)
    state = asked if asked in STATES else "missing" if counts["missing"] else "acknowledged"
    found = await list_handings(state, after=visit.query("after"))
    return ArrivedPage(
        title=_("Did every case arrive?"),
        chips=tuple(
            StateChip(str(title), visit.url("exchange:arrived", state=name), counts[name], name == state)
            for name, title in STATES.items()
        ),
        state=state,
        missing=counts["missing"],
        lines=tuple(_line(visit, each) for each in found.rows),
        next_href=visit.url("exchange:arrived", state=state, after=found.next_key) if found.next_key else "",
    )


def _line(visit: Visit, shown: HandingShown) -> HandingLine:
    again = visit.form(PressForm, visit.url("exchange:hand_over_again", handing=shown.id))
    return HandingLine(shown, again if shown.state == "missing" else None)


async def send_again(visit: Visit, handing: UUID) -> See:
    """One more round of tries."""
    again = await hand_over_again(handing, by=visit.actor, now=visit.now)
    words = _("It is handed over again now.") if again else _("It is not missing any more.")
    return See(visit.url("exchange:arrived"), words)


async def _load(_visit: Visit, text: str) -> UUID:
    return await get_handing(text)


_HANDING = {"handing": Loader(_load, scoped=False, because="codes and numbers only, for who runs the site")}

HANDING_ROUTES = (
    page("/arrived", name="arrived", access=HOOKS, handler=show_arrived),
    action("/arrived/{handing}", name="hand_over_again", access=HOOKS, handler=send_again, loads=_HANDING),
)
