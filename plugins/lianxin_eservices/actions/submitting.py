"""Sending an application: one unit of work for matters, cases, papers, the message and the end of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lianxin.api import (
    N_,
    Actor,
    Change,
    Limit,
    MatterInfo,
    Refused,
    Start,
    ask_same_person,
    attach_files,
    bind_phone,
    claim_identity,
    claim_person,
    find_area,
    get_person,
    get_settings,
    get_vault,
    holds_consent,
    list_consents,
    load_matter,
    open_matter,
    same_person_ids,
    set_home_area,
    set_maker,
    unit_of_work,
)
from lianxin_eservices import messages
from lianxin_eservices.actions.freeing import free
from lianxin_eservices.actions.handling import tell_contact, tell_together
from lianxin_eservices.actions.household import close as close_household
from lianxin_eservices.actions.keeping_papers import check_own, keep_papers, write_uses
from lianxin_eservices.actions.showing import stop as stop_showing
from lianxin_eservices.models import Authorisation, Case, Draft, GivenMaterial
from lianxin_eservices.queries.authorisations import may_go_on, no_leave
from lianxin_eservices.queries.drafts import DraftView, PartView
from lianxin_eservices.rules.application import DESK, FAMILY, GIVEN, PROXY, REVIEW, SELF, Answers, final_states
from lianxin_eservices.rules.application import kept as only_asked
from lianxin_eservices.rules.consent import VERSION, consent_purpose
from lianxin_eservices.rules.days import last_day
from lianxin_eservices.rules.item import IdentityLevel
from lianxin_eservices.settings import EservicesSettings

CASE_TABLE = "eservices_case"
FLOW = "eservices.case"


async def submit(
    draft: DraftView, *, by: Actor, now: datetime, keep_for_later: bool = False, language: str = "zh_Hans"
) -> MatterInfo:
    """Makes a matter of each service; its code and its clock begin here. All of them or none. Answers the first.

    `keep_for_later`: she ticked, in this language, that her papers are kept for her next application.

    Raises Refused: when something is still open, when a consent was taken back, when the draft was sent already.
    """
    if draft.open_step != REVIEW:
        raise Refused("eservices.open", N_("One question is still open. Answer it first."), status=422)
    await check_own(draft)
    async with unit_of_work():
        await _end_draft(draft, now)
        await _check_leave(draft, by, now)
        await _check_consents(draft)
        if draft.household is not None:
            await close_household(draft, now)
        applicant_id = await _applicant(draft, now)
        await GivenMaterial.filter(draft_id=draft.id).delete()
        made = [await _open(draft, part, applicant_id, by, now) for part in draft.chosen]
        for change in made:
            signed = draft.household.signed if draft.household else ()
            await attach_files(change.matter.id, signed, "household", by_id=by.person_id, now=now)
        replaced = await _see_to_box(draft, made, applicant_id, keep_for_later, by, language, now)
        if len(made) == 1:
            change = made[0]
            assert change.matter.due_at is not None  # the clock that began with it
            await tell_contact(change, messages.RECEIVED, due=last_day(change.matter.due_at))
        else:
            await tell_together(made)
    await _forget_unused(draft, replaced)
    await stop_showing(draft.id, now=now)
    return made[0].matter


async def _see_to_box(
    draft: DraftView,
    made: Sequence[Change],
    applicant_id: UUID,
    keep_for_later: bool,
    by: Actor,
    language: str,
    now: datetime,
) -> list[UUID]:
    """Which kept papers were used, and what is kept from now on. Answers files of papers that are replaced."""
    ids, witness = await same_person_ids(applicant_id), by.person_id if draft.desk else None
    cases: dict[str, UUID] = {}
    for part, change in zip(draft.chosen, made, strict=True):
        given = {code: files for code, files in _given(draft, part).items() if files}
        used = [each for files in given.values() for each in files]
        await write_uses(ids, change.matter.id, used, witness_id=witness, now=now)
        for code in given:
            cases.setdefault(part.rule.papers[code], change.matter.id)
    return await keep_papers(draft, cases, by=by, language=language, now=now) if keep_for_later else []


async def _forget_unused(draft: DraftView, replaced: Sequence[UUID]) -> None:
    """Photos of papers that no chosen service needs after all: nobody is to keep them."""
    used = {photo for part in draft.chosen for photos in _given(draft, part).values() for photo in photos}
    unused = [photo for photos in draft.files.values() for photo in photos if photo not in used]
    await free([*unused, *replaced])


async def _check_consents(draft: DraftView) -> None:
    for part in draft.chosen:
        if not await _agrees(draft.person_id, consent_purpose(part.item.guide)):
            text = N_("You took back your consent, so we can't go on. Start again, or come to the desk.")
            raise Refused("eservices.no_consent", text)


async def _agrees(person_id: UUID, purpose: str) -> bool:
    """Hers counts; else what was said last under an entry that was joined with hers."""
    if await holds_consent(person_id, purpose, VERSION):
        return True
    of_all = [one for each in await same_person_ids(person_id) for one in await list_consents(each)]
    said = [one for one in of_all if (one.purpose, one.version) == (purpose, VERSION)]
    return bool(said) and max(said, key=lambda one: one.at).withdrawn_at is None


async def _check_leave(draft: DraftView, by: Actor, now: datetime) -> None:
    """A proxy may act until the moment of sending; who takes it back meanwhile waits for this row, or was first."""
    if draft.authorisation_id is None:
        return
    await Authorisation.filter(id=draft.authorisation_id).select_for_update().first()
    if not await may_go_on(draft.authorisation_id, by.person_id, [part.item for part in draft.chosen], now):
        raise no_leave()


async def _end_draft(draft: DraftView, now: datetime) -> None:
    """First, because it takes the row: of two who send at once, one stops here."""
    if not await Draft.filter(id=draft.id, ended_at=None).update(ended_at=now, answers=None):
        raise Refused("eservices.sent", N_("This application was sent already. Look under “My matters”."))


async def _applicant(draft: DraftView, now: datetime) -> UUID:
    """Whom it is for: the writer herself, whom the desk has found, or somebody of the family, by her word."""
    answers = draft.answers
    area = await find_area(answers.area) if answers.area else None
    if answers.whom == FAMILY:
        made = await claim_person(
            name=answers.name, id_number=answers.id_number, home_area_id=area.id if area else None, now=now
        )
        await _ask_whether_same(made.same_person_suspected, made.person_id, area.id if area else None, now)
        return made.person_id
    if answers.name or answers.id_number:
        said = await claim_identity(draft.person_id, name=answers.name, id_number=answers.id_number, now=now)
        home = area.id if area else draft.person.home_area_id
        await _ask_whether_same(said.same_person_suspected, said.person_id, home, now)
    if area is not None and (await get_person(draft.person_id)).home_area_id is None:
        await set_home_area(draft.person_id, area.id)
    if draft.desk and answers.phone:
        await bind_phone(draft.person_id, answers.phone, bound_by="desk", now=now)
    return draft.person_id


async def _ask_whether_same(other: UUID | None, person_id: UUID, area_id: UUID | None, now: datetime) -> None:
    """The number is there already: the desk looks, the applicant is told nothing."""
    if other is not None and area_id is not None:
        await ask_same_person(person_id, area_id=area_id, note="", now=now)


async def _open(draft: DraftView, part: PartView, applicant_id: UUID, by: Actor, now: datetime) -> Change:
    guide = part.item.guide
    await _check_identity(part, applicant_id)
    days = (await get_settings(EservicesSettings)).acceptance_days
    matter, change = await open_matter(
        FLOW,
        title=guide.name.zh[:120],
        title_en=guide.name.en[:160],
        area_id=await _area_id(draft, applicant_id),
        applicant_id=applicant_id,
        by=by.acting_for(applicant_id),
        now=now,
        clocks=(Start("acceptance", Limit(days)),),
    )
    await _make_case(draft, part, matter.id, applicant_id)
    if draft.acting:
        await set_maker([matter.id], by.person_id)
        change.matter = await load_matter(matter.id)
    await _hang_papers(draft, part, matter.id, by, now)
    return change


async def _check_identity(part: PartView, applicant_id: UUID) -> None:
    """What brings out personal data itself is not for a borrowed telephone."""
    if part.item.guide.identity_level is not IdentityLevel.SEEN_BY_DESK:
        return
    if (await get_person(applicant_id)).identity != IdentityLevel.SEEN_BY_DESK.value:
        text = N_("For this the desk has to have seen the ID card once. Bring it to the desk; then it takes a minute.")
        raise Refused("eservices.card_needed", text)


async def _area_id(draft: DraftView, applicant_id: UUID) -> UUID:
    """Where the matter belongs: the place that was named, else the home of the applicant."""
    named = await find_area(draft.answers.area) if draft.answers.area else None
    area_id = named.id if named else (await get_person(applicant_id)).home_area_id
    if area_id is None:
        raise Refused("eservices.no_area", N_("Say where the home is."), status=422, field="area")
    return area_id


async def _make_case(draft: DraftView, part: PartView, matter_id: UUID, applicant_id: UUID) -> Case:
    family = draft.answers.whom == FAMILY
    said = only_asked(part.item.guide, part.rule.answers(draft.answers))
    kept = Answers(
        whom=draft.answers.whom,
        phone=draft.answers.phone or "",
        area=draft.answers.area,
        conditions=said.conditions,
        extras=said.extras,
    )
    return await Case.create(
        matter_id=matter_id,
        version_id=part.item.version_id,
        part_id=part.id,
        contact_id=draft.person_id if family else applicant_id,
        authorisation_id=draft.authorisation_id,
        whom=PROXY if draft.acting else DESK if draft.desk else FAMILY if family else SELF,
        identity=(await get_person(applicant_id)).identity,
        answers=get_vault().seal(kept.to_text(), table=CASE_TABLE, column="answers", row_id=matter_id),
    )


def _states(draft: DraftView, part: PartView) -> dict[str, str]:
    return final_states(part.item.guide, part.rule.answers(draft.answers), part.rule.states(draft.materials))


def _given(draft: DraftView, part: PartView) -> dict[str, tuple[UUID, ...]]:
    """The photos that this service gets, by paper."""
    files = part.rule.states(draft.files)
    return {code: files.get(code, ()) if state == GIVEN else () for code, state in _states(draft, part).items()}


async def _hang_papers(draft: DraftView, part: PartView, matter_id: UUID, by: Actor, now: datetime) -> None:
    """Every paper of the guide, with its state; the photos now belong to the matter, and to others that need them."""
    states, given = _states(draft, part), _given(draft, part)
    await GivenMaterial.bulk_create(
        [
            GivenMaterial(
                matter_id=matter_id, code=code, state=state, files=[str(each) for each in given[code]], updated_at=now
            )
            for code, state in states.items()
        ]
    )
    for code, photos in given.items():
        await attach_files(matter_id, photos, f"material:{code}", by_id=by.person_id, now=now)
