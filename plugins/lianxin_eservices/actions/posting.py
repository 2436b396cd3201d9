"""A case is posted for objections: what is shown, who objects, what is answered, when it is over."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.expressions import F

from lianxin.api import (
    N_,
    Actor,
    Asked,
    Change,
    DeskEntry,
    MatterInfo,
    Refused,
    find_or_create_person,
    find_person,
    get_person,
    load_matter,
    show_code,
    tell,
    unit_of_work,
)
from lianxin_eservices import messages_states as told
from lianxin_eservices.actions.handling import case_of, guide_of, limit_of, tell_contact
from lianxin_eservices.actions.timing import CLOCKS_OF_DECISION
from lianxin_eservices.forms_states import AnswerObjectionForm, CallerObjectionForm, posting_form
from lianxin_eservices.models import Objection, Posting
from lianxin_eservices.queries.household import size_of_case
from lianxin_eservices.rules.days import last_day
from lianxin_eservices.rules.item import Limit, PostedField, Provenance, PublicNotice

CLOCK = "posting"


async def _rule(matter_id: UUID) -> PublicNotice:
    notice = (await guide_of(matter_id)).public_notice
    if notice is None:
        raise Refused("eservices.not_this_item", N_("This service has no such step. Decide, or send it back."))
    return notice


async def ask_what_is_posted(matter: MatterInfo, actor: Actor, now: datetime) -> Asked:
    """A form for the fields that the item's rule allows, and for no other. A household's size is counted, not typed."""
    notice = (await guide_of(matter.id)).public_notice
    counted = await size_of_case(matter.id) is not None
    shows = [each for each in (notice.shows if notice else ()) if not (counted and each is PostedField.HOUSEHOLD_SIZE)]
    return Asked(posting_form(tuple(shows)))


async def post(change: Change) -> None:
    """Posts it from now on, for as long as the rule says."""
    notice = await _rule(change.matter.id)
    limit = limit_of(Limit(Provenance.GENERAL, notice.days, notice.day_unit))
    assert limit is not None  # a rule has its days
    ends_at = await change.start_clock(CLOCK, limit)
    await Posting.create(
        matter_id=change.matter.id,
        area_id=change.matter.area_id,
        version_id=(await case_of(change.matter.id)).version_id,
        shown=await _shown(change, notice),
        posted_at=change.now,
        ends_at=ends_at,
    )
    if notice.pauses_clock:
        for kind in CLOCKS_OF_DECISION:
            await change.pause_clock(kind)
    fields = {"zh_Hans": notice.fields.zh, "en": notice.fields.en}
    await tell_contact(change, told.POSTED, due=last_day(ends_at), fields=fields)


async def _shown(change: Change, notice: PublicNotice) -> dict[str, str]:
    """What is shown: the fields of the rule, each from its own place, and nothing else."""
    shown: dict[str, str] = {}
    size = await size_of_case(change.matter.id)
    for field in notice.shows:
        if field is PostedField.NAME:
            assert change.matter.applicant_id is not None  # every application has one
            shown[field.value] = (await get_person(change.matter.applicant_id)).name
        elif field is PostedField.HOUSEHOLD_SIZE and size is not None:
            shown[field.value] = str(size)
        else:
            shown[field.value] = str(getattr(change.data, field.value))
    return shown


async def object_to(posting_id: UUID, person_id: UUID, text: str, *, by: Actor, now: datetime) -> None:
    """Somebody objects while it is posted. The colleague in whose hands it is learns of it. Raises Refused."""
    async with unit_of_work():
        counted = await Posting.filter(id=posting_id, outcome="", ends_at__gt=now).update(
            objections=F("objections") + 1, open_objections=F("open_objections") + 1
        )
        if not counted:
            raise Refused("eservices.not_posted", N_("This is not posted any more. Call us if something is wrong."))
        if await Objection.exists(posting_id=posting_id, person_id=person_id):
            raise Refused("eservices.objected", N_("You have objected already. We answer you before it is decided."))
        entered_by = by.person_id if by.person_id != person_id else None
        await Objection.create(
            posting_id=posting_id, person_id=person_id, entered_by_id=entered_by, text=text, raised_at=now
        )
        await _tell_of_objection(await Posting.get(id=posting_id), person_id, now)


async def _tell_of_objection(posting: Posting, person_id: UUID, now: datetime) -> None:
    matter = await load_matter(posting.matter_id)
    named = _named(matter)
    due = last_day(posting.ends_at)
    await tell(person_id, told.OBJECTION_TAKEN, parameters={"item": named, "due": due}, now=now)
    if matter.owner_id is not None:
        parameters: dict[str, Any] = {"item": named, "code": show_code(matter.code)}
        await tell(matter.owner_id, told.OBJECTION_DESK, parameters=parameters, path=f"/m/{matter.code}", now=now)


def _named(matter: MatterInfo) -> dict[str, str]:
    return {"zh_Hans": matter.title_zh, "en": matter.title_en or matter.title_zh}


async def record_objection(change: Change) -> None:
    """The desk writes it down for somebody who called or came."""
    form: CallerObjectionForm = change.data
    posting = await find_posting(change.matter.id)
    if posting is None:
        raise Refused("eservices.not_posted", N_("This is not posted any more. Call us if something is wrong."))
    entry = DeskEntry(form.name, "", form.phone, None, card_seen=False)
    answer = await find_or_create_person(entry, create_anyway=True, now=change.now)
    assert answer.person is not None  # made, where nobody was found
    await object_to(posting.id, answer.person.id, form.text, by=change.by, now=change.now)


async def find_posting(matter_id: UUID) -> Posting | None:
    """The posting that counts."""
    return await Posting.get_or_none(matter_id=matter_id, outcome="")


async def ask_which_objection(matter: MatterInfo, actor: Actor, now: datetime) -> Asked:
    """The objections that nobody answered yet."""
    rows = await Objection.filter(posting__matter_id=matter.id, posting__outcome="", answered_at=None).order_by(
        "raised_at"
    )
    choices = [(str(row.id), row.text[:200], "") for row in rows]
    values = {"objection": choices[0][0]} if len(choices) == 1 else {}
    return Asked(AnswerObjectionForm, values, {"objection": choices})


async def answer_objection(change: Change) -> None:
    """Answered, before anything is decided; whoever objected is told."""
    form: AnswerObjectionForm = change.data
    row = await Objection.get_or_none(id=form.objection, posting__matter_id=change.matter.id)
    if row is None:
        raise Refused("eservices.no_objection", N_("Choose one."), status=422, field="objection")
    values: dict[str, Any] = {"answer": form.answer, "answered_at": change.now, "answered_by_id": change.by.person_id}
    if not await Objection.filter(id=row.id, answered_at=None).update(**values):
        raise Refused("eservices.answered", N_("A colleague has answered it already."))
    await Posting.filter(id=row.posting_id).update(open_objections=F("open_objections") - 1)
    if await find_person(row.person_id) is not None:
        parameters: dict[str, Any] = {"item": _named(change.matter), "answer": form.answer}
        await tell(row.person_id, told.OBJECTION_ANSWERED, parameters=parameters, now=change.now)


async def settle(change: Change) -> None:
    """The posting is over and every objection answered; the time counts again. Raises Refused."""
    settled = await Posting.filter(
        matter_id=change.matter.id, outcome="", open_objections=0, ends_at__lte=change.now
    ).update(outcome="settled", ended_at=change.now)
    if not settled:
        text = N_("It is posted still, or an objection is not answered. Only after that can the case go on.")
        raise Refused("eservices.still_posted", text)
    await change.stop_clocks(CLOCK)
    for kind in CLOCKS_OF_DECISION:
        await change.resume_clock(kind)
