"""The hall: the tablet, the slip, the display; and one's own phone."""

from __future__ import annotations

from lianxin.api import AreaInfo, Community, EventSeen, See, Topics, Visit, _, get_area, get_settings, qr_markup
from lianxin_counter.actions import taking
from lianxin_counter.actions.telling import CHANGED
from lianxin_counter.forms import PressForm, TakeForm
from lianxin_counter.models import Slip
from lianxin_counter.pages import FollowPage, HallPage, TakenPage, WallPage
from lianxin_counter.place import may_serve, today
from lianxin_counter.queries import slips
from lianxin_counter.queries.stations import count_open
from lianxin_counter.rules.order import ORDINARY, PRIORITY
from lianxin_counter.settings import CounterSettings
from lianxin_counter.states import MISSED, SAID, WAITING

COMING = 4
"""How many of those who come next stand on the wall, so that they don't go far."""


async def show_hall(visit: Visit, area: AreaInfo) -> HallPage:
    """Two buttons, and how many wait."""
    counters, _seated = await count_open(area.id)
    figures = await slips.figures_of(area.id, today(visit))
    visit.live_url = visit.url("counter:live", area=area.code)
    action = visit.url("counter:take", area=area.code)
    return HallPage(
        title=_("Take a number"),
        area=area,
        here=visit.url("counter:hall", area=area.code),
        counters=counters,
        waiting=figures.waiting,
        median=figures.median,
        ordinary=visit.form(TakeForm, action, {"kind": ORDINARY}),
        priority=visit.form(TakeForm, action, {"kind": PRIORITY}),
    )


async def take(visit: Visit, form: TakeForm, area: AreaInfo) -> See:
    """A number, and the slip for it."""
    counters, _seated = await count_open(area.id)
    if not counters:
        return See(visit.url("counter:hall", area=area.code))
    if visit.address not in visit.site.config.trusted_desks:
        await taking.check_flood(visit.address, now=visit.now)
    wanted = taking.Wanted(priority=SAID if form.kind == PRIORITY else "")
    slip = await taking.take(area.id, wanted, day=today(visit), now=visit.now)
    return See(visit.url("counter:taken", area=area.code, slip=slip.code))


async def show_taken(visit: Visit, area: AreaInfo, slip: Slip) -> TakenPage:
    """The slip, on the tablet."""
    address = visit.full_url("counter:follow", slip=slip.code)
    return TakenPage(
        title=_("Your number"),
        area=area,
        slip=await slips.follow(slip),
        qr=qr_markup(address),
        address=address,
        back=visit.url("counter:hall", area=area.code),
        prints=(await get_settings(CounterSettings)).prints,
    )


async def show_follow(visit: Visit, slip: Slip) -> FollowPage | See:
    """How many before me. A colleague of the station who scans it comes to the slip at her desk."""
    if visit.staff and await may_serve(visit, slip.area_id):
        return See(visit.url("counter:slip", slip=slip.id))
    area = await get_area(slip.area_id)
    visit.live_url = visit.url("counter:live", area=area.code)
    leave = visit.form(PressForm, visit.url("counter:leave", slip=slip.code))
    return FollowPage(
        title=_("Your number"),
        area=area,
        slip=await slips.follow(slip),
        here=visit.url("counter:follow", slip=slip.code),
        call=Community(area.name, area.phone, area.phone.replace("-", "").replace(" ", ""), area.hours),
        leave=leave if slip.state in (WAITING, MISSED) else None,
    )


async def leave(visit: Visit, slip: Slip) -> See:
    """Given back, so that nobody calls in vain."""
    await taking.leave(slip.id, now=visit.now)
    return See(visit.url("counter:follow", slip=slip.code), _("Given back. Thank you: so nobody is called in vain."))


async def show_wall(visit: Visit, area: AreaInfo) -> WallPage:
    """For a screen that the whole hall sees: numbers and counters, no names."""
    visit.live_url = visit.url("counter:live", area=area.code)
    line = await slips.line_of(area.id, today(visit))
    return WallPage(
        title=_("Now at the counters"),
        area=area,
        here=visit.url("counter:wall", area=area.code),
        called=await slips.on_the_wall(area.id, today(visit)),
        coming=[slip.number for slip in line[:COMING]],
        waiting=len(line),
    )


async def listen(visit: Visit, area: AreaInfo) -> Topics:
    """That something has changed at this station; what, each page asks again."""

    async def may_hear(event: EventSeen) -> bool:
        return event.area_id == area.id

    return Topics((CHANGED,), may_hear)
