"""A life event: its page, the consent for the parts that were ticked, and the one form begins."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from lianxin.api import N_, Loader, Refused, See, Visit, _, get_person, people_of
from lianxin_eservices import forms, forms_acting
from lianxin_eservices.actions import drafting
from lianxin_eservices.pages import ConsentPage
from lianxin_eservices.pages_acting import ActConsentPage
from lianxin_eservices.pages_life import LifePage
from lianxin_eservices.queries.authorisations import Acting, covers, leaves_of_proxy
from lianxin_eservices.queries.drafts import find_draft
from lianxin_eservices.queries.items import DEPARTMENTS, PublishedItem
from lianxin_eservices.queries.life import Offer, Wish, find_offer, life_view
from lianxin_eservices.rules.bundle import LIFE
from lianxin_eservices.rules.consent import consent_lines
from lianxin_eservices.rules.item import IdentityLevel, ServiceItem
from lianxin_eservices.rules.plain import Text

MOST = 20
"""Ticks that are read from an address."""
Left = tuple[tuple[str, str], ...]


async def _load(_visit: object, code: str) -> Offer:
    offer = await find_offer(LIFE + code)
    if offer is None:
        text = N_("There is no such page, or nothing of it is offered now. Look in the list, or call us.")
        raise Refused("eservices.no_event", text, status=404)
    return offer


EVENT = Loader(_load, scoped=False, because="life events are for everybody")


def ticked(visit: Visit) -> list[str]:
    """The codes that stand in the address."""
    return [code[:20] for code in visit.request.query_params.getlist("part")[:MOST]]


def with_parts(address: str, codes: Iterable[str]) -> str:
    """The address with these ticks."""
    return f"{address}?{urlencode([('part', code) for code in codes])}"


async def show_life(visit: Visit, event: Offer) -> LifePage:
    """What it is, the parts, each paper once; where an application that was begun goes on."""
    code = event.event.code
    draft = await find_draft(visit.actor.person_ids, LIFE + code)
    resume = visit.url("eservices:question", draft=draft.id, step=draft.step or "next") if draft else ""
    view = life_view(event, ticked(visit) or event.ticked, visit.language)
    begin = visit.url("eservices:life_apply", event=code)
    here = visit.url("eservices:life", event=code)
    return LifePage(view.title, view, here, begin, resume, station_address=visit.community.address)


async def show_consent(visit: Visit, event: Offer) -> ConsentPage | See:
    """Who sees what of each part, before the first question; without ticks back to them."""
    wish, left = await _hers(visit, event)
    home = visit.url("eservices:life", event=event.event.code)
    if not wish.chosen and not left:
        return See(home, _("Choose at least one of the services."), "warn")
    title = event.event.title.in_language(visit.language)
    action = with_parts(visit.url("eservices:life_begin", event=event.event.code), wish.chosen)
    form = visit.form(forms.ConsentForm, action)
    others = await _others(visit, event, wish)
    lines = consent_lines(asked(wish), visit.language) if wish.items else ()
    return ConsentPage(title, title, with_parts(home, wish.chosen), lines, others, form, left)


def asked(wish: Wish) -> list[tuple[ServiceItem, Text]]:
    """The services with their offices, for the text."""
    return [(item.guide, DEPARTMENTS[item.department].full_name) for item in wish.items]


async def _hers(visit: Visit, event: Offer) -> tuple[Wish, Left]:
    """What she may apply for of what she ticked, and what not."""
    assert visit.actor.person_id is not None  # the route asks for somebody signed in
    seen = (await get_person(visit.actor.person_id)).identity == IdentityLevel.SEEN_BY_DESK.value
    wish = event.wish(ticked(visit))
    barred = [item for item in wish.items if item.guide.identity_level is IdentityLevel.SEEN_BY_DESK and not seen]
    why = _("For this the desk has to have seen your ID card once.")
    return _without(event, wish, barred), tuple((_name(visit, item), why) for item in barred)


def _without(event: Offer, wish: Wish, barred: list[PublishedItem]) -> Wish:
    return event.wish(set(wish.chosen) - {item.guide.code for item in barred})


def _name(visit: Visit, item: PublishedItem) -> str:
    return item.guide.plain_name.in_language(visit.language)


async def _others(visit: Visit, event: Offer, wish: Wish) -> tuple[tuple[str, str], ...]:
    """Whom this visitor may act for in any of it."""
    leaves = await leaves_of_proxy(visit.actor.person_ids, visit.now)
    fitting = {
        leave.person_id: leave
        for leave in leaves
        if any(covers(leave, visit.actor.person_id, item, visit.now) for item in event.items)
    }
    people = await people_of(fitting) if fitting else {}
    return tuple(
        (
            people[person_id].name,
            with_parts(visit.url("eservices:life_act_start", event=event.event.code, leave=leave.id), wish.chosen),
        )
        for person_id, leave in fitting.items()
    )


async def begin(visit: Visit, form: forms.ConsentForm, event: Offer) -> See:
    """She agreed: the one form begins, or goes on with what is ticked now."""
    person_id = visit.actor.person_id
    assert person_id is not None  # the route asks for somebody signed in
    if not form.agree:
        raise Refused("eservices.not_agreed", forms.AGREE_FIRST, status=422, field="agree")
    wish, _left = await _hers(visit, event)
    draft = await drafting.begin(wish, person_id, by=visit.actor, channel="web", language=visit.language, now=visit.now)
    return See(visit.url("eservices:question", draft=draft, step="next"))


async def show_act(visit: Visit, event: Offer, leave: Acting) -> ActConsentPage | LifePage:
    """For somebody else: first the ticks, then the text to read to that person."""
    title = event.event.title.in_language(visit.language)
    wish, left = _covered(visit, event, leave, ticked(visit))
    here = visit.url("eservices:life_act_start", event=event.event.code, leave=leave.leave.id)
    if not wish.chosen:
        offered, never = _covered(visit, event, leave, [item.guide.code for item in event.items])
        kept = {item.id for item in offered.items}
        open_ones = Offer(event.event, tuple(each for each in event.parts if each[1].id in kept))
        view = life_view(open_ones, open_ones.ticked, visit.language)
        return LifePage(title, view, "", here, acting_for=leave.name, left=never)
    form = visit.form(
        forms_acting.ActAgreeForm,
        with_parts(visit.url("eservices:life_act_begin", event=event.event.code, leave=leave.leave.id), wish.chosen),
    )
    return ActConsentPage(title, title, consent_lines(asked(wish), visit.language), leave.name, here, form, left)


def _covered(visit: Visit, event: Offer, leave: Acting, codes: Iterable[str]) -> tuple[Wish, Left]:
    """As far as the authorisation reaches; of the rest, why not."""
    wish = event.wish(set(codes))
    barred = [item for item in wish.items if not covers(leave.leave, visit.actor.person_id, item, visit.now)]
    ends = _("%(name)s has not allowed you this one.", name=leave.name)
    herself = _("For this service somebody has to come in person.")
    left = tuple((_name(visit, item), ends if item.guide.proxy_allowed else herself) for item in barred)
    return _without(event, wish, barred), left


async def begin_act(visit: Visit, form: forms_acting.ActAgreeForm, event: Offer, leave: Acting) -> See:
    """The person agreed: the one form begins, for what the authorisation covers."""
    if not form.agree:
        raise Refused("eservices.not_agreed", forms.AGREE_FIRST, status=422, field="agree")
    wish, _left = _covered(visit, event, leave, ticked(visit))
    draft = await drafting.begin_for(leave.leave, wish, by=visit.actor, language=visit.language, now=visit.now)
    return See(visit.url("eservices:question", draft=draft, step="next"))
