"""The desk, or a grid worker on a visit, writes down an authorisation that was signed before her."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import (
    N_,
    DeskAnswer,
    DeskEntry,
    FormView,
    PersonCard,
    Refused,
    See,
    Shown,
    Visit,
    _,
    find_or_create_person,
)
from lianxin_eservices.actions import authorising
from lianxin_eservices.forms_acting import DeskLeaveForm
from lianxin_eservices.pages_acting import DeskLeavePage
from lianxin_eservices.routes.acting import item_choices
from lianxin_eservices.routes.staging import stage

NEW = "new"


async def show_new(visit: Visit) -> DeskLeavePage:
    """The sheet to fill in."""
    return DeskLeavePage(_("Let somebody act"), await _form(visit, ()), ())


async def _form(visit: Visit, doubles: tuple[PersonCard, ...]) -> FormView:
    use = [(str(card.id), card.name, f"{card.home_area} {card.id_number} {card.phone}") for card in doubles]
    use.append((NEW, _("None of them: a new entry"), ""))
    values = visit.typed_values(DeskLeaveForm) or {"days": "90", "method": "signature"}
    choices = {"items": await item_choices(visit), "use": use}
    return visit.form(DeskLeaveForm, visit.url("eservices:desk_leave_give"), values, choices=choices)


async def give(visit: Visit, form: DeskLeaveForm) -> See | Shown:
    """Finds or makes the two, keeps what was signed, and writes it down."""
    if not any(getattr(each, "filename", "") for each in form.paper):
        text = N_("Let the person sign on the screen, or take a photo of the signed paper.")
        raise Refused("eservices.no_signature", text, status=422, field="paper")
    answer = await _person(visit, form)
    if answer.person is None:
        return Shown(DeskLeavePage(_("Let somebody act"), await _form(visit, answer.doubles), answer.doubles), 422)
    proxy, signed = await _proxy(visit, form), await stage(visit, form.paper[0], "paper")
    await authorising.give(
        answer.person.id,
        proxy,
        authorising.Wanted(form.relationship, tuple(form.items), form.days),
        method=form.method,
        by=visit.actor,
        language=visit.language,
        now=visit.now,
        file_id=signed.id,
    )
    if form.myself:
        return See(visit.url("eservices:acting"), _("Written down. You may now act for this person."))
    return See(visit.url("eservices:desk_leave"), _("Written down. Both are told."))


async def _person(visit: Visit, form: DeskLeaveForm) -> DeskAnswer:
    """Who lets somebody act: found, made, or those who may be her."""
    entry = DeskEntry(form.name, form.id_number, form.phone, None, form.card_seen)
    answer = await find_or_create_person(entry, create_anyway=form.use == NEW, now=visit.now)
    chosen = next((card for card in answer.doubles if str(card.id) == form.use), None)
    if answer.person is None and chosen is not None:
        return await find_or_create_person(entry, use=chosen.id, now=visit.now)
    return answer


async def _proxy(visit: Visit, form: DeskLeaveForm) -> UUID:
    if form.myself:
        assert visit.actor.person_id is not None  # the route asks for a permission
        return visit.actor.person_id
    if not form.proxy_name.strip() or not form.proxy_phone.strip():
        text = N_("Type name and phone of whoever acts, or tick that it is you.")
        raise Refused("eservices.no_proxy", text, status=422, field="proxy_name")
    entry = DeskEntry(form.proxy_name, "", form.proxy_phone)
    found = await find_or_create_person(entry, create_anyway=True, now=visit.now)
    assert found.person is not None  # made if nobody was found
    return found.person.id
