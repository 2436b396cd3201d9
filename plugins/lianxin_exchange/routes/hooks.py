"""Systems that are told of matters, for who runs the site."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import Loader, Refused, See, Shown, Visit, _, action, list_children, page
from lianxin_exchange.access import HOOKS
from lianxin_exchange.actions.hooks import add_hook, pause_hook, repeat, resume_hook
from lianxin_exchange.forms import PressForm
from lianxin_exchange.forms_hooks import HookForm
from lianxin_exchange.pages_hooks import HookMadePage, HookPage, HooksPage, LogLine, NewHookPage
from lianxin_exchange.queries.hooks import DeliveryShown, HookShown, get_hook, known_events, list_hooks, log_of


async def show_hooks(visit: Visit) -> HooksPage:
    """All of them."""
    return HooksPage(_("Systems that are told"), await list_hooks())


async def show_new(visit: Visit) -> NewHookPage:
    """The questions."""
    choices = {
        "events": [(event, words, "") for event, words in known_events().items()],
        "area": [("", _("The whole county"), ""), *await _places()],
    }
    form = visit.form(HookForm, visit.url("exchange:add_hook"), choices=choices)
    return NewHookPage(_("Tell one more system"), form)


async def _places() -> list[tuple[str, str, str]]:
    return [(area.code, area.name, "") for top in await list_children(None) for area in await list_children(top.id)]


async def add(visit: Visit, form: HookForm) -> Shown:
    """Registered, and its secret shown once."""
    made = await add_hook(form.name, form.url, form.events, form.area, by=visit.actor, now=visit.now)
    back = visit.url("exchange:hook", hook=made.id)
    return Shown(HookMadePage(_("It is told from now on"), form.name, made.secret, back))


async def show_hook(visit: Visit, hook: HookShown) -> HookPage:
    """Its log, the newest first."""
    found = await log_of(hook.id, after=visit.query("after"))
    return HookPage(
        title=hook.name,
        hook=hook,
        turn=visit.form(PressForm, visit.url("exchange:turn_hook", hook=hook.id)),
        lines=tuple(_line(visit, hook, each) for each in found.rows),
        next_href=visit.url("exchange:hook", hook=hook.id, after=found.next_key) if found.next_key else "",
    )


def _line(visit: Visit, hook: HookShown, shown: DeliveryShown) -> LogLine:
    if shown.state == "waiting":
        return LogLine(shown, None)
    return LogLine(shown, visit.form(PressForm, visit.url("exchange:repeat", hook=hook.id, delivery=shown.id)))


async def turn(visit: Visit, hook: HookShown) -> See:
    """Pauses it, or goes on."""
    back = visit.url("exchange:hook", hook=hook.id)
    if hook.paused_at is None:
        await pause_hook(hook.id, by=visit.actor, now=visit.now)
        return See(back, _("It is told nothing until you go on."))
    await resume_hook(hook.id, by=visit.actor, now=visit.now)
    return See(back, _("It is told again, first what still waited."))


async def send_again(visit: Visit, hook: HookShown, delivery: UUID) -> See:
    """One line of the log once more."""
    again = await repeat(delivery, hook.id, by=visit.actor, now=visit.now)
    words = _("It is sent again now.") if again else _("It is waiting to be sent already.")
    return See(visit.url("exchange:hook", hook=hook.id), words)


async def _load_hook(_visit: Visit, text: str) -> HookShown:
    return await get_hook(text)


async def _load_id(_visit: Visit, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Refused("exchange.no_delivery", _("There is no such delivery."), status=404) from wrong


_HOOK = {"hook": Loader(_load_hook, scoped=False, because="addresses of systems, for who runs the site")}
_LINE = {**_HOOK, "delivery": Loader(_load_id, scoped=False, because="asked for together with its system")}

HOOK_ROUTES = (
    page("/hooks", name="hooks", access=HOOKS, handler=show_hooks),
    page("/hooks/new", name="new_hook", access=HOOKS, handler=show_new),
    action("/hooks/new", name="add_hook", access=HOOKS, handler=add, form=HookForm, again="new_hook"),
    page("/hooks/{hook}", name="hook", access=HOOKS, handler=show_hook, loads=_HOOK),
    action("/hooks/{hook}/turn", name="turn_hook", access=HOOKS, handler=turn, loads=_HOOK),
    action("/hooks/{hook}/{delivery}/repeat", name="repeat", access=HOOKS, handler=send_again, loads=_LINE),
)
