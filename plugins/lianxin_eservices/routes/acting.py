"""Acting for somebody: asking for leave, the client list, beginning an application for a person."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import Loader, Refused, See, Visit, _, mask_phone
from lianxin_eservices import forms, forms_acting
from lianxin_eservices.actions import authorising, drafting
from lianxin_eservices.models import AuthorisationAsked
from lianxin_eservices.pages_acting import ActConsentPage, ActForPage, ActingPage, ClientPage, LeaveCodePage
from lianxin_eservices.queries.authorisations import Acting, covers, list_acting, load_acting, no_leave
from lianxin_eservices.queries.guide import guide_view
from lianxin_eservices.queries.items import DEPARTMENTS, PublishedItem, list_published
from lianxin_eservices.queries.life import find_offer, list_offers
from lianxin_eservices.rules.bundle import LIFE
from lianxin_eservices.rules.consent import consent_lines

ACTING = Loader(load_acting, scoped=False, because="an authorisation is between two people: no grant opens it")


async def _load_asked(visit: Visit, text: str) -> AuthorisationAsked:
    try:
        row = await AuthorisationAsked.get_or_none(id=UUID(text), proxy_id=visit.actor.person_id, done_at=None)
    except ValueError:
        row = None
    if row is None or row.expires_at <= visit.now:
        raise no_leave()
    return row


ASKED = Loader(_load_asked, scoped=False, because="what somebody asked for is the asker's alone")


async def show_acting(visit: Visit) -> ActingPage:
    """Whom I may act for."""
    return ActingPage(_("I help others"), tuple(await list_acting(visit)))


async def show_ask(visit: Visit) -> ActForPage:
    """For whom, what for, how long."""
    choices = {"items": await item_choices(visit)}
    form = visit.form(forms_acting.ActForForm, visit.url("eservices:act_for"), {"days": "30"}, choices=choices)
    return ActForPage(_("Help somebody"), form)


async def item_choices(visit: Visit) -> list[tuple[str, str, str]]:
    """The services for which somebody else may act."""
    return [
        (item.guide.code, item.guide.plain_name.in_language(visit.language), "")
        for item in await list_published()
        if item.online and item.guide.proxy_allowed
    ]


async def ask(visit: Visit, form: forms_acting.ActForForm) -> See:
    """Sends the code to the person."""
    wanted = authorising.Wanted(form.relationship, tuple(form.items), form.days)
    asked = await authorising.ask(form.name, form.phone, wanted, by=visit.actor, language=visit.language, now=visit.now)
    return See(visit.url("eservices:leave_code", asked=asked))


async def show_code(visit: Visit, asked: AuthorisationAsked) -> LeaveCodePage:
    """Which code was the person sent?"""
    name, phone = authorising.whom_asked(asked)
    form = visit.form(forms_acting.LeaveCodeForm, visit.url("eservices:give_leave_code", asked=asked.id))
    return LeaveCodePage(_("The code"), name, mask_phone(phone), form)


async def give_code(visit: Visit, form: forms_acting.LeaveCodeForm, asked: AuthorisationAsked) -> See:
    """The code is right: from now on one may act."""
    made = await authorising.give_by_code(asked, form.code, by=visit.actor, language=visit.language, now=visit.now)
    return See(visit.url("eservices:client", leave=made), _("You may now act for this person."))


async def show_client(visit: Visit, leave: Acting) -> ClientPage:
    """What was entered for this person by me, and what can be begun."""
    services = (*await _events(visit, leave), *await _services(visit, leave))
    drafts = tuple(
        (deed, visit.url("eservices:question", draft=deed.id, step="next")) for deed in leave.deeds if not deed.code
    )
    cases = tuple(deed for deed in leave.deeds if deed.code)
    begin = visit.url("eservices:act_choose", leave=leave.leave.id)
    return ClientPage(leave.name, leave, drafts, cases, services, begin)


async def _services(visit: Visit, leave: Acting) -> list[tuple[str, str]]:
    return [
        (item.slug, item.guide.plain_name.in_language(visit.language))
        for item in await list_published()
        if item.online and covers(leave.leave, visit.actor.person_id, item, visit.now)
    ]


async def _events(visit: Visit, leave: Acting) -> list[tuple[str, str]]:
    """Life events of which the authorisation covers a part."""
    return [
        (LIFE + offer.event.code, _("%(event)s (several at once)", event=offer.event.title.in_language(visit.language)))
        for offer in await list_offers()
        if any(covers(leave.leave, visit.actor.person_id, item, visit.now) for item in offer.items)
    ]


async def choose(visit: Visit, leave: Acting) -> See:
    """The service, or the life event, was chosen from the list."""
    slug = visit.query("item", longest=80)
    offer = await find_offer(slug)
    if offer is not None:
        return See(visit.url("eservices:life_act_start", event=offer.event.code, leave=leave.leave.id))
    known = {item.slug for item in await list_published()}
    if slug not in known:
        return See(visit.url("eservices:client", leave=leave.leave.id))
    return See(visit.url("eservices:act_start", item=slug, leave=leave.leave.id))


async def show_start(visit: Visit, item: PublishedItem, leave: Acting) -> ActConsentPage:
    """The text to read to the person."""
    guide = guide_view(item, visit.language)
    lines = consent_lines([(item.guide, DEPARTMENTS[item.department].full_name)], visit.language)
    action = visit.url("eservices:act_begin", item=item.slug, leave=leave.leave.id)
    form = visit.form(forms_acting.ActAgreeForm, action)
    back = visit.url("eservices:client", leave=leave.leave.id)
    return ActConsentPage(guide.plain_name, guide.plain_name, lines, leave.name, back, form)


async def begin(visit: Visit, form: forms_acting.ActAgreeForm, item: PublishedItem, leave: Acting) -> See:
    """The person agreed: the draft begins, or goes on."""
    if not form.agree:
        raise Refused("eservices.not_agreed", forms.AGREE_FIRST, status=422, field="agree")
    draft = await drafting.begin_for(leave.leave, item, by=visit.actor, language=visit.language, now=visit.now)
    return See(visit.url("eservices:question", draft=draft, step="next"))
