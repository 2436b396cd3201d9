"""The clerk's page: where she sits, whom she serves, who waits."""

from __future__ import annotations

from lianxin.api import N_, FormView, Refused, See, Visit, _, get_area, qr_markup
from lianxin_counter.actions import calling, seating, taking
from lianxin_counter.forms import AddForm, GiveForm, MoveForm, PressForm, SitForm
from lianxin_counter.models import Counter, Slip
from lianxin_counter.pages import CounterPage, GivenPage, GivePage, Lines, SeatPage, SlipPage
from lianxin_counter.place import today
from lianxin_counter.queries import slips
from lianxin_counter.queries.stations import CounterShown, counters_of, seat_of, stations_of
from lianxin_counter.states import REASONS, SAID

NO_REASON = N_("no: in the order of arrival")


async def show_desk(visit: Visit) -> CounterPage | See:
    """Whoever sits nowhere is asked where first."""
    seat = await seat_of(visit.actor.person_id)
    if seat is None:
        return See(visit.url("counter:seat"))
    area = await get_area(seat.area_id)
    visit.live_url = visit.url("counter:live", area=area.code)
    held = await slips.held_by(visit.actor.person_id)
    last = None if held else await _last(visit)
    shown = slips.shown(held, by=visit.actor.person_id) if held else last
    return CounterPage(
        title=_("Counter %(number)s", number=seat.number),
        area=area,
        counter=seat.number,
        here=visit.url("counter:desk"),
        slip=shown if held else None,
        made=await slips.made_during(shown.id, visit.actor) if shown else [],
        last=last,
        next=visit.form(PressForm, visit.url("counter:next")),
        move=await _move_form(visit, held) if held else visit.form(PressForm, ""),
        lines=await _lines(visit, seat),
    )


async def _last(visit: Visit) -> slips.SlipShown | None:
    """Whom she has just finished with, when the address says so."""
    asked = visit.query("done", longest=40)
    row = await Slip.get_or_none(id=asked, clerk_id=visit.actor.person_id) if len(asked) == 36 else None
    return slips.shown(row) if row else None


async def _lines(visit: Visit, seat: Counter) -> Lines:
    day = today(visit)
    return Lines(
        waiting=await slips.line_of(seat.area_id, day),
        kept=await slips.kept_back(seat.area_id, day),
        figures=await slips.figures_of(seat.area_id, day),
        recall=visit.form(MoveForm, ""),
    )


async def _move_form(visit: Visit, slip: Slip) -> FormView:
    """All buttons of a slip send this form; the other counters of the station are offered for handing on."""
    others = await Counter.filter(area_id=slip.area_id).order_by("number")
    choices = [(str(row.id), _("Counter %(number)s", number=row.number), "") for row in others]
    offered = [choice for choice, row in zip(choices, others, strict=True) if row.id != slip.counter_id]
    return visit.form(MoveForm, visit.url("counter:move", slip=slip.id), choices={"counter": offered})


async def call_next(visit: Visit) -> See:
    """One key."""
    seat = await _seat(visit)
    called = await calling.call_next(seat, by=visit.actor, day=today(visit), now=visit.now)
    if called is None:
        return See(visit.url("counter:desk"), _("Nobody is waiting."))
    return See(visit.url("counter:desk"))


async def _seat(visit: Visit) -> Counter:
    seat = await seat_of(visit.actor.person_id)
    if seat is None:
        raise Refused("counter.no_seat", N_("Say first at which counter you sit."), status=409)
    return seat


async def show_slip(visit: Visit, slip: Slip) -> SlipPage:
    """As a scanned code opens it."""
    shown = slips.shown(slip, by=visit.actor.person_id)
    made = await slips.made_during(slip.id, visit.actor)
    return SlipPage(_("Number %(number)s", number=shown.number), shown, made, await _move_form(visit, slip))


SIMPLE = {"again": calling.call_again, "begin": calling.begin, "miss": calling.miss, "done": calling.finish}


async def move(visit: Visit, form: MoveForm, slip: Slip) -> See:
    """One of the slip's buttons."""
    by, now = visit.actor, visit.now
    if form.do == "recall":
        await calling.recall(slip, await _seat(visit), by=by, now=now)
    elif form.do == "hand_on":
        await calling.hand_on(slip, await _other(form), by=by, now=now)
        return See(visit.url("counter:desk"), _("Handed on. It is called there before all others."))
    else:
        await SIMPLE[form.do](slip, by=by, now=now)
    return See(visit.url("counter:desk", done=slip.id if form.do == "done" else ""))


async def _other(form: MoveForm) -> Counter:
    other = await Counter.get_or_none(id=form.counter) if form.counter else None
    if other is None:
        raise Refused("counter.which", N_("Choose another counter."), status=422, field="counter")
    return other


async def show_give(visit: Visit) -> GivePage:
    """A number for somebody who stands before one, or telephones."""
    reasons = [("", NO_REASON, ""), *((name, title, "") for name, title in REASONS.items() if name != SAID)]
    form = visit.form(GiveForm, visit.url("counter:give_slip"), choices={"priority": reasons})
    return GivePage(_("A number for somebody"), form)


async def give(visit: Visit, form: GiveForm) -> See:
    """Then its slip, for the printer."""
    seat = await _seat(visit)
    wanted = taking.Wanted(form.priority, form.name.strip(), form.about.strip())
    slip = await taking.take(seat.area_id, wanted, day=today(visit), now=visit.now)
    return See(visit.url("counter:given", slip=slip.id))


async def show_given(visit: Visit, slip: Slip) -> GivenPage:
    """The slip on paper."""
    address = visit.full_url("counter:follow", slip=slip.code)
    back = visit.url("counter:desk")
    return GivenPage(_("Your number"), await slips.follow(slip), qr_markup(address), address, back)


async def show_seat(visit: Visit) -> SeatPage:
    """Which counters there are, who sits where."""
    areas = await stations_of(visit)
    counters = await counters_of(areas, visit.actor.person_id)
    names = {each.area for each in counters}
    choices = [(str(each.id), _told(each, len(names) > 1), each.who) for each in counters]
    places = [(area.code, area.name, "") for area in areas]
    mine = next((each for each in counters if each.mine), None)
    return SeatPage(
        title=_("Where you sit"),
        counters=counters,
        form=visit.form(SitForm, visit.url("counter:sit"), {"counter": mine and mine.id}, choices={"counter": choices}),
        add=visit.form(AddForm, visit.url("counter:add"), choices={"area": places}) if places else None,
        get_up=visit.form(PressForm, visit.url("counter:get_up")) if mine else None,
    )


def _told(counter: CounterShown, several: bool) -> str:
    title = _("Counter %(number)s", number=counter.number)
    return f"{counter.area} · {title}" if several else title


async def sit(visit: Visit, form: SitForm) -> See:
    """From now on she calls to this counter."""
    allowed = await counters_of(await stations_of(visit), visit.actor.person_id)
    if form.counter not in {each.id for each in allowed}:
        raise Refused("counter.which", N_("Choose a counter."), status=422, field="counter")
    await seating.sit_down(form.counter, by=visit.actor, now=visit.now)
    return See(visit.url("counter:desk"))


async def add(visit: Visit, form: AddForm) -> See:
    """One more counter."""
    area = next((each for each in await stations_of(visit) if each.code == form.area), None)
    if area is None:
        raise Refused("counter.no_station", N_("There is no such station."), status=422, field="area")
    made = await seating.add_counter(area.id, by=visit.actor, now=visit.now)
    return See(visit.url("counter:seat"), _("Counter %(number)s is there.", number=made.number))


async def get_up(visit: Visit) -> See:
    """The counter is free for a colleague."""
    await seating.get_up(by=visit.actor)
    return See(visit.url("counter:seat"), _("Your counter is free."))


async def count_badge(visit: Visit) -> int:
    """How many wait at her station."""
    seat = await seat_of(visit.actor.person_id)
    return await slips.count_waiting(seat.area_id, today(visit)) if seat else 0
