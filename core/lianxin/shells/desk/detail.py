"""One matter beside its list: head, clocks, the plugin's middle, what may be done, history."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import (
    FormView,
    MatterInfo,
    Transition,
    Visit,
    _,
    areas_of,
    cards_of,
    files_of,
    find_person,
    get_detail,
    get_organisation,
    list_files,
    list_grants,
    messages_of,
)
from lianxin.shells.desk.access import PEOPLE
from lianxin.shells.desk.forms import HandOverForm, NoteForm, PressForm
from lianxin.shells.desk.pages import Labelled, MatterPage, Press
from lianxin.shells.desk.place import matter_address, place_of
from lianxin.shells.desk.queue import load_queue

HAND_OVER = "matters.hand_over"


async def show_matter(visit: Visit, code: MatterInfo) -> MatterPage:
    """The page; for htmx the detail alone, without the list's queries."""
    it = await get_detail(code, visit.actor, now=visit.now)
    queue = None if visit.wants_fragment else await load_queue(visit, code.code)
    middle = code.flow.desk
    organisation = (await get_organisation(code.organisation_id)).name if code.organisation_id else ""
    return MatterPage(
        title=code.title,
        queue=queue,
        now=visit.now,
        back=visit.url("desk:home", **place_of(visit)),
        it=it,
        detail=await middle.query(visit, code) if middle else None,
        detail_template=middle.template if middle else "",
        organisation=organisation,
        person_href=_person_href(visit, code),
        presses=[_press(visit, code, transition) for transition in it.buttons],
        claim=_claim(visit, code),
        release=_form(visit, code) if code.owner_id is not None and code.owner_id == visit.actor.person_id else None,
        hand_over=await _hand_over(visit, code),
        note=visit.form(NoteForm, matter_address(visit, code.code)),
        files=await _files(code.id),
        messages=await messages_of(code.id),
    )


def _person_href(visit: Visit, matter: MatterInfo) -> str:
    if matter.applicant_id is None or not visit.actor.may(PEOPLE, area_path=matter.area_path):
        return ""
    return visit.url("desk:person", person=matter.applicant_id)


def _form(visit: Visit, matter: MatterInfo) -> FormView:
    return visit.form(PressForm, matter_address(visit, matter.code))


def _press(visit: Visit, matter: MatterInfo, transition: Transition) -> Press:
    href = visit.url("desk:transition", code=matter.code, transition=transition.name, **place_of(visit))
    return Press(transition, href, visit.form(PressForm, href) if transition.form is None else None)


def _claim(visit: Visit, matter: MatterInfo) -> FormView | None:
    """Only what she could really take: the rule itself is asked again when she does."""
    free = matter.owner_id is None and matter.closed_at is None and matter.applicant_id not in visit.actor.person_ids
    may = visit.actor.may(matter.flow.claim, area_path=matter.area_path, organisation_id=matter.organisation_id)
    return _form(visit, matter) if free and may else None


async def _hand_over(visit: Visit, matter: MatterInfo) -> FormView | None:
    mine = matter.owner_id is not None and matter.owner_id == visit.actor.person_id
    if matter.closed_at is not None or not (mine or visit.actor.may(HAND_OVER, area_path=matter.area_path)):
        return None
    choices = [(str(key), name, "") for key, name in await colleagues(visit, matter)]
    if not choices:
        return None
    return visit.form(
        HandOverForm,
        matter_address(visit, matter.code),
        choices={"colleague": [("", _("Choose a colleague"), ""), *choices]},
    )


async def colleagues(visit: Visit, matter: MatterInfo) -> list[tuple[UUID, str]]:
    """Who else may handle this matter: the role that owns it, its place, its organisation. By name."""
    grants = [grant for grant in await list_grants(visit.now, role=matter.owner_role) if grant.counts]
    places = await areas_of(grant.area_id for grant in grants if grant.area_id)
    ids = {
        grant.person_id
        for grant in grants
        if (grant.area_id is None or places[grant.area_id].covers(matter.area_path))
        and grant.organisation_id in (None, matter.organisation_id)
    }
    applicant = await find_person(matter.applicant_id) if matter.applicant_id else None
    ids -= {matter.owner_id, applicant.id if applicant else None}
    cards = await cards_of(ids, masked=False)
    return sorted(((key, card.name) for key, card in cards.items()), key=lambda pair: pair[1])


async def _files(matter_id: UUID) -> list[Labelled]:
    return [Labelled(label, await list_files(ids)) for label, ids in (await files_of(matter_id)).items()]
