"""Two colleagues look into a case: named, signing each for herself, and concluded only then."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lianxin.api import (
    N_,
    Actor,
    Asked,
    Change,
    MatterInfo,
    Refused,
    areas_of,
    cards_of,
    list_grants,
    show_code,
)
from lianxin_eservices import messages_states as told
from lianxin_eservices.access import INVESTIGATORS
from lianxin_eservices.actions.handling import case_of, tell_contact
from lianxin_eservices.forms_states import FindingsForm, InvestigateForm
from lianxin_eservices.models import Investigation


async def colleagues_for(matter: MatterInfo, now: datetime) -> dict[UUID, str]:
    """Who may look into this case, by name: a grant that covers place and office, and not the applicant's own."""
    found: set[UUID] = set()
    for role in INVESTIGATORS:
        grants = [grant for grant in await list_grants(now, role=role) if grant.counts]
        places = await areas_of(grant.area_id for grant in grants if grant.area_id)
        found |= {
            grant.person_id
            for grant in grants
            if (grant.area_id is None or places[grant.area_id].covers(matter.area_path))
            and grant.organisation_id in (None, matter.organisation_id)
        }
    found -= {matter.applicant_id, (await case_of(matter.id)).contact_id}
    cards = await cards_of(found, masked=False)
    return dict(sorted(((key, card.name) for key, card in cards.items()), key=lambda pair: pair[1]))


async def ask_for_two(matter: MatterInfo, actor: Actor, now: datetime) -> Asked:
    """Two lists of colleagues."""
    choices: list[tuple[str, object, object]] = [("", N_("Choose a colleague"), "")]
    choices += [(str(key), name, "") for key, name in (await colleagues_for(matter, now)).items()]
    return Asked(InvestigateForm, choices={"first": choices, "second": choices})


async def name_two(change: Change) -> None:
    """Opens a round; of an earlier one that nobody concluded nothing counts any more."""
    form: InvestigateForm = change.data
    if form.first == form.second:
        raise Refused(
            "eservices.two_needed", N_("Two different colleagues have to go there."), status=422, field="second"
        )
    names = await colleagues_for(change.matter, change.now)
    for field in ("first", "second"):
        if getattr(form, field) not in names:
            text = N_("This colleague can't look into this case. Choose another.")
            raise Refused("eservices.no_investigator", text, status=422, field=field)
    await Investigation.filter(matter_id=change.matter.id, concluded_at=None, dropped_at=None).update(
        dropped_at=change.now
    )
    await Investigation.create(
        matter_id=change.matter.id,
        applicant_id=change.matter.applicant_id,
        named_by_id=change.by.person_id,
        begun_at=change.now,
        first_id=form.first,
        second_id=form.second,
    )
    await change.stop_clocks("investigation")
    first, second = names[form.first], names[form.second]
    await tell_contact(change, told.LOOKED_INTO, who={"zh_Hans": f"{first}、{second}", "en": f"{first} and {second}"})
    for person_id, other in ((form.first, second), (form.second, first)):
        if person_id != change.by.person_id:
            await _tell_colleague(change, person_id, other)


async def _tell_colleague(change: Change, person_id: UUID, other: str) -> None:
    named = {"zh_Hans": change.matter.title_zh, "en": change.matter.title_en or change.matter.title_zh}
    code = show_code(change.matter.code)
    await change.tell_person(person_id, told.LOOK_INTO_DESK, item=named, code=code, other=other)


async def find_investigation(matter_id: UUID) -> Investigation | None:
    """The round that is under way."""
    return await Investigation.get_or_none(matter_id=matter_id, concluded_at=None, dropped_at=None)


async def sign_findings(change: Change) -> None:
    """One of the two writes what she found; what is signed is never changed."""
    form: FindingsForm = change.data
    if not form.signed:
        raise Refused("eservices.unsigned", N_("Tick that you sign for it."), status=422, field="signed")
    row = await find_investigation(change.matter.id)
    place = _place_of(row, change.by.person_id)
    if row is None or not place:
        raise Refused("eservices.not_named", N_("You are not one of the two who look into this case."), status=403)
    written = {f"{place}_findings": form.findings, f"{place}_signed_at": change.now}
    if not await Investigation.filter(id=row.id, **{f"{place}_signed_at": None}).update(**written):
        raise Refused("eservices.signed_already", N_("You have signed already."))


def _place_of(row: Investigation | None, person_id: UUID | None) -> str:
    if row is None or person_id is None:
        return ""
    return {row.first_id: "first", row.second_id: "second"}.get(person_id, "")


async def conclude(change: Change) -> None:
    """Both have signed: the case goes on."""
    concluded = await Investigation.filter(
        matter_id=change.matter.id,
        concluded_at=None,
        dropped_at=None,
        first_signed_at__not_isnull=True,
        second_signed_at__not_isnull=True,
    ).update(concluded_at=change.now)
    if not concluded:
        text = N_("Both colleagues have to write what they found and sign it. Only then can the case go on.")
        raise Refused("eservices.not_both_signed", text)
