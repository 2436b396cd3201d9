"""The desk enters an application for a caller or a walk-in."""

from __future__ import annotations

from dataclasses import replace

from lianxin.api import DeskEntry, FormView, PersonCard, See, Shown, Visit, _, find_or_create_person
from lianxin_eservices import forms
from lianxin_eservices.actions import drafting
from lianxin_eservices.actions.beginning import check_wish
from lianxin_eservices.pages import Begun, DeskNewPage
from lianxin_eservices.queries.drafts import list_desk_drafts
from lianxin_eservices.queries.items import DEPARTMENTS, find_published, get_published, list_published
from lianxin_eservices.queries.life import Offer, Wish, find_offer, list_offers, only
from lianxin_eservices.rules.bundle import LIFE
from lianxin_eservices.rules.consent import consent_lines

NEW = "new"


async def show_new(visit: Visit) -> DeskNewPage:
    """First which service, or life event; then for whom, and that she agreed to the text of it."""
    slug = visit.query("item", longest=80)
    offer = await find_offer(slug)
    if offer is not None:
        return _page(visit, slug, offer, offer.wish(offer.ticked, desk=True), ())
    item = await find_published(slug)
    if item is not None:
        return _page(visit, slug, None, only(item), ())
    events = [(LIFE + each.event.code, each.event.title) for each in await list_offers()]
    items = [(each.slug, each.guide.plain_name) for each in await list_published()]
    lists = [tuple((code, text.in_language(visit.language)) for code, text in each) for each in (events, items)]
    begun = await _begun(visit)
    return DeskNewPage(_("New application"), _form(visit, "", None, ()), (), False, "", lists[1], lists[0], begun)


async def _begun(visit: Visit) -> tuple[Begun, ...]:
    assert visit.actor.person_id is not None  # the route asks for a permission
    return tuple(
        Begun(
            " · ".join(each for each in (name.in_language(visit.language), whom) if each),
            visit.url("eservices:question", draft=draft.id, step=draft.step or "next"),
            draft.updated_at,
        )
        for draft, name, whom in await list_desk_drafts(visit.actor.person_id)
    )


def _page(visit: Visit, slug: str, offer: Offer | None, wish: Wish, doubles: tuple[PersonCard, ...]) -> DeskNewPage:
    """Of a life event the whole text is read out, with every part that may be ticked."""
    name = (offer.event.title if offer else wish.items[0].guide.plain_name).in_language(visit.language)
    said = [(item.guide, DEPARTMENTS[item.department].full_name) for item in wish.offered]
    lines = consent_lines(said, visit.language)
    return DeskNewPage(_("New application"), _form(visit, slug, offer, doubles), lines, bool(doubles), name, ())


def _form(visit: Visit, slug: str, offer: Offer | None, doubles: tuple[PersonCard, ...]) -> FormView:
    choices = [(str(card.id), card.name, f"{card.home_area} {card.id_number} {card.phone}") for card in doubles]
    choices.append((NEW, _("None of them: a new entry"), ""))
    parts = [
        (part.item, item.guide.plain_name.in_language(visit.language), part.who.in_language(visit.language))
        for part, item in (offer.parts if offer else ())
    ]
    values = visit.typed_values(forms.DeskStartForm) or {"item": slug, "parts": list(offer.ticked) if offer else []}
    action = visit.url("eservices:desk_begin", item=slug)
    form = visit.form(forms.DeskStartForm, action, values, choices={"use": choices, "parts": parts})
    return replace(form, fields={**form.fields, "parts": replace(form.field("parts"), required=True)})


async def begin(visit: Visit, form: forms.DeskStartForm) -> See | Shown:
    """Finds or makes the person, keeps the consents, and goes to the first question."""
    offer = await find_offer(form.item)
    wish = offer.wish(form.parts, desk=True) if offer else only(await get_published(form.item))
    check_wish(wish, desk=True)
    entry = DeskEntry(form.name, form.id_number, form.phone, None, form.card_seen)
    answer = await find_or_create_person(entry, create_anyway=form.use == NEW, now=visit.now)
    chosen = next((card for card in answer.doubles if str(card.id) == form.use), None)
    if answer.person is None and chosen is not None:
        answer = await find_or_create_person(entry, use=chosen.id, now=visit.now)
    if answer.person is None:
        return Shown(_page(visit, form.item, offer, wish, answer.doubles), 422)
    draft_id = await drafting.begin(
        wish, answer.person.id, by=visit.actor, channel=form.consent, language=visit.language, now=visit.now
    )
    return See(visit.url("eservices:question", draft=draft_id, step="next"))
