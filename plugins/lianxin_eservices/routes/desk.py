"""The desk enters an application for a caller or a walk-in."""

from __future__ import annotations

from lianxin.api import DeskEntry, FormView, PersonCard, See, Shown, Visit, _, find_or_create_person
from lianxin_eservices import forms
from lianxin_eservices.actions import drafting
from lianxin_eservices.pages import DeskNewPage
from lianxin_eservices.queries.items import DEPARTMENTS, PublishedItem, find_published, get_published, list_published
from lianxin_eservices.rules.consent import consent_lines

NEW = "new"


async def show_new(visit: Visit) -> DeskNewPage:
    """First which service; then for whom, and that she agreed to the text of that service."""
    item = await find_published(visit.query("item", longest=80))
    if item is None:
        items = await list_published()
        services = tuple((each.slug, each.guide.plain_name.in_language(visit.language)) for each in items)
        return DeskNewPage(_("New application"), _form(visit, "", ()), (), False, "", services)
    return _page(visit, item, ())


def _page(visit: Visit, item: PublishedItem, doubles: tuple[PersonCard, ...]) -> DeskNewPage:
    lines = consent_lines(item.guide, DEPARTMENTS[item.department].full_name, visit.language)
    name = item.guide.plain_name.in_language(visit.language)
    return DeskNewPage(_("New application"), _form(visit, item.slug, doubles), lines, bool(doubles), name, ())


def _form(visit: Visit, slug: str, doubles: tuple[PersonCard, ...]) -> FormView:
    choices = [(str(card.id), card.name, f"{card.home_area} {card.id_number} {card.phone}") for card in doubles]
    choices.append((NEW, _("None of them: a new entry"), ""))
    values = visit.typed_values(forms.DeskStartForm) or {"item": slug}
    action = visit.url("eservices:desk_begin", item=slug)
    return visit.form(forms.DeskStartForm, action, values, choices={"use": choices})


async def begin(visit: Visit, form: forms.DeskStartForm) -> See | Shown:
    """Finds or makes the person, keeps the consent, and goes to the first question."""
    item = await get_published(form.item)
    entry = DeskEntry(form.name, form.id_number, form.phone, None, form.card_seen)
    answer = await find_or_create_person(entry, create_anyway=form.use == NEW, now=visit.now)
    chosen = next((card for card in answer.doubles if str(card.id) == form.use), None)
    if answer.person is None and chosen is not None:
        answer = await find_or_create_person(entry, use=chosen.id, now=visit.now)
    if answer.person is None:
        return Shown(_page(visit, item, answer.doubles), 422)
    draft_id = await drafting.begin(
        item, answer.person.id, by=visit.actor, channel=form.consent, language=visit.language, now=visit.now
    )
    return See(visit.url("eservices:question", draft=draft_id, step="next"))
