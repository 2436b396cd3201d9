"""The word of each adult: in her own account, by a code to her phone, or signed at the desk; and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from lianxin.api import (
    N_,
    Actor,
    Refused,
    _,
    check_code,
    get_vault,
    keep,
    people_of_phone,
    record,
    request_code,
    search_people,
    send_code,
    tell,
    unit_of_work,
    use_language,
)
from lianxin_eservices import messages_household as told
from lianxin_eservices.actions.household import count, take
from lianxin_eservices.actions.household_deciding import say_again, tell_office
from lianxin_eservices.actions.household_words import Said, subject_of, write_words
from lianxin_eservices.models import Case, Draft, Household, HouseholdConsent, HouseholdMember
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.queries.household import (
    AGREED,
    REFUSED,
    TABLE,
    agreed_pairs,
    day_of,
    number_of,
    rows_of,
    seats_of,
)
from lianxin_eservices.rules.household import asked_of, waiting
from lianxin_eservices.rules.plain import Text


def gone() -> Refused:
    """Taken out, thrown away, never there: all look alike."""
    return Refused("eservices.no_member", N_("There is nothing here for you to agree to."), status=404)


async def say(giver_id: UUID, said: Said, *, by: Actor, now: datetime) -> None:
    """Keeps her word for herself and the children whom she looks after; the writer is told what follows of it."""
    row = await HouseholdMember.get_or_none(id=giver_id)
    if row is None:
        raise gone()
    if await Household.exists(draft_id=row.draft_id, sent_at__isnull=False):
        await say_again(row, said, by=by, now=now)
        return
    async with unit_of_work():
        await take(row.draft_id)
        if not await HouseholdMember.exists(id=giver_id, ended_at=None):
            raise gone()
        if said.file_id is not None:
            await keep([said.file_id], by.person_id, now)
        if not await write_words(row.draft_id, giver_id, said, now=now):
            raise Refused("eservices.not_asked", N_("This person need not agree: the guardian does it."))
        missing = await count(row.draft_id, now)
        if said.witness_id is not None:
            await record("eservices.household_witness", by=by, object_kind="household", object_id=giver_id, now=now)
        if said.answer == REFUSED:
            await _tell_writer(row.draft_id, told.NOT_AGREED, now, name=row.name)
        elif missing == 0 and (await Household.get(draft_id=row.draft_id)).told_at is not None:
            await _tell_writer(row.draft_id, told.ALL_AGREED, now)


async def _tell_writer(household_id: UUID, kind: Any, now: datetime, **parameters: str) -> None:
    draft = await Draft.get(id=household_id)
    items, _offices = await subject_of(household_id)
    path = f"/eservices/draft/{household_id}/review"
    writer = draft.made_by_id or draft.person_id
    await tell(writer, kind, parameters={"items": _both(items), **parameters}, path=path, now=now)


def _both(items: list[Text]) -> dict[str, str]:
    return {"zh_Hans": "、".join(each.zh for each in items), "en": ", ".join(each.en for each in items)}


def _bound(member_id: UUID) -> str:
    return f"household:{member_id}"


async def send_word(draft: DraftView, row: HouseholdMember, phone: str, *, language: str, now: datetime) -> None:
    """Sends a code to her phone with the words what it is for. Raises Refused (422) for the writer's own number."""
    writer = draft.made_by_id or draft.person_id
    if writer in [card.id for card in await people_of_phone(phone)]:
        said = N_("That is your own number. It has to be the other person's; or sign together at the desk.")
        raise Refused("eservices.own_number", said, status=422, field="phone")
    items, offices = await subject_of(draft.id)
    sealed = get_vault().seal(phone, table=TABLE, column="phone", row_id=row.id)
    async with unit_of_work():
        await take(draft.id)
        if not await HouseholdMember.filter(id=row.id, ended_at=None).update(phone=sealed):
            raise gone()
        made = await request_code(phone, now=now, bound_to=_bound(row.id))
        with use_language("zh_Hans" if language != "en" else "en"):
            text = _(
                "%(writer)s names %(name)s as living there, for %(items)s. %(office)s checks income, savings, property "
                "and the like. If %(name)s agrees, tell this code: %(code)s. If not, tell it to nobody.",
                writer=await _applicant_name(draft.id),
                name=row.name,
                items=_(", ").join(each.in_language(language) for each in items),
                office=_(", ").join(each.in_language(language) for each in offices),
                code=made.code,
            )
        await send_code(phone, text, now=now)


async def _applicant_name(household_id: UUID) -> str:
    return next((row.name for row in await rows_of(household_id) if row.relation == "applicant"), "")


def phone_asked(row: HouseholdMember) -> str:
    """The number to which the code went, as the writer typed it; empty when none did."""
    if row.phone is None:
        return ""
    return get_vault().open_for_delivery(row.phone, table=TABLE, column="phone", row_id=row.id)


async def say_by_code(row: HouseholdMember, code: str, *, by: Actor, language: str, now: datetime) -> None:
    """The code was read out: she agrees. Raises Refused (422) for a wrong one."""
    await check_code(phone_asked(row), code, now=now, bound_to=_bound(row.id))
    await say(row.id, Said(AGREED, "code", language), by=by, now=now)


async def take_back(row: HouseholdMember, *, by: Actor, now: datetime, at_desk: bool = False) -> None:
    """Until it is decided. Before it is sent it waits again; after that the office reads it on the case.

    `at_desk`: said before the colleague `by`, which is written down.
    """
    async with unit_of_work():
        await Household.filter(draft_id=row.draft_id).select_for_update().first()
        household = await Household.get(draft_id=row.draft_id)
        cases = await Case.filter(part__draft_id=row.draft_id)
        if cases and all(case.decision for case in cases):
            raise Refused("eservices.decided", N_("This is decided already; call us if something is wrong."))
        given = HouseholdConsent.filter(giver_id=row.id, answer=AGREED, ended_at=None)
        if not await given.update(ended_at=now):
            return
        if at_desk:
            await record("eservices.household_taken_back", by=by, object_kind="household", object_id=row.id, now=now)
        if household.sent_at is None:
            await count(row.draft_id, now)
            await _tell_writer(row.draft_id, told.NOT_AGREED, now, name=row.name)
        else:
            with use_language("zh_Hans"):
                text = _("%(name)s took back the consent to the check of the household's finances.", name=row.name)
            await tell_office(cases, text, told.TAKEN_BACK, by=by, now=now)


async def link_household(household_id: UUID, now: datetime) -> None:
    """Finds whoever was seen at the desk with this number and name, and asks each whose word is missing.

    A job does it: what the writer sees, and how long she waits for it, is the same whoever she typed.
    """
    for row in await rows_of(household_id):
        if row.person_id is None and row.id_number is not None:
            await _link(row, now)
    async with unit_of_work():
        if not await Household.exists(draft_id=household_id, sent_at=None, told_at__isnull=False):
            return
        rows = await rows_of(household_id)
        seats = seats_of(rows, day_of(now))
        open_pairs = waiting(seats, await agreed_pairs([row.id for row in rows]))
        items, _offices = await subject_of(household_id)
        name = await _applicant_name(household_id)
        for row in rows:
            members = [each for each in asked_of(row.id, seats) if (each, row.id) in open_pairs]
            if row.person_id is not None and members:
                await tell(
                    row.person_id,
                    told.ASKED,
                    parameters={"name": name, "items": _both(items)},
                    path=f"/eservices/households/{row.id}",
                    dedupe_key=f"household:{row.id}:{max(members)}",
                    now=now,
                )


async def _link(row: HouseholdMember, now: datetime) -> None:
    found = await search_people(number_of(row), now=now)
    known = next((card for card in found if card.seen_by_desk and card.name == row.name), None)
    if known is not None:
        await HouseholdMember.filter(id=row.id, ended_at=None, person_id=None).update(person_id=known.id)
