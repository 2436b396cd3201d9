"""A case that the desk entered for the wrong person goes to the right one, whole.

One colleague says so, another confirms; each inside the unit of work that `advance` opened.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from lianxin.api import (
    N_,
    Actor,
    Advancing,
    Asked,
    Change,
    DeskEntry,
    MatterInfo,
    Refused,
    ask_same_person,
    bindings_of_phone,
    card_of,
    find_or_create_person,
    finish_task,
    get_person,
    get_vault,
    give_consent,
    language_now,
    list_tasks,
    messages_of,
    phones_of,
    record,
    same_person_ids,
    set_applicant,
    take_back_messages,
    tell,
    unbind_phone,
    withdraw_consent,
)
from lianxin_eservices import messages_wrong_person as told
from lianxin_eservices.actions.handling import case_of, tell_contact
from lianxin_eservices.actions.noticing import issue
from lianxin_eservices.forms_wrong_person import MoveForm, RightPersonForm
from lianxin_eservices.models import Case, Draft, DraftPart, Notice, ToPrint, WrongPerson
from lianxin_eservices.queries.items import DEPARTMENTS, item_of_version
from lianxin_eservices.queries.wrong_person import standing_of
from lianxin_eservices.rules.application import Answers
from lianxin_eservices.rules.consent import VERSION, consent_purpose, consent_text
from lianxin_eservices.rules.days import last_day
from lianxin_eservices.rules.wrong_person import INSTEAD, REASONS, TAKEN_BACK, why_not

TASK: Final = "eservices.wrong_person"
ASK, MOVE, LEAVE = "ask_right_person", "move_to_right_person", "leave_with_person"
CASE_TABLE: Final = "eservices_case"


async def check_movable(matter: MatterInfo, right_id: UUID | None = None) -> None:
    """Raises Refused (409) with the reason and what to do instead, where a case can't be moved."""
    reason = why_not(await standing_of(matter, right_id))
    if reason:
        instead = TAKEN_BACK if reason == "decided" else INSTEAD
        raise Refused(
            "eservices.not_movable", N_("%(why)s %(instead)s"), why=str(REASONS[reason]), instead=str(instead)
        )


async def ask_for_whom(matter: MatterInfo, actor: Actor, now: datetime) -> Asked:
    """Nothing is typed in vain: what can't be moved is refused before."""
    await check_movable(matter)
    return Asked(RightPersonForm)


async def ask_whether_hers(matter: MatterInfo, actor: Actor, now: datetime) -> Asked:
    """The name in full and the end of the number, once more at the tick."""
    row = await WrongPerson.get_or_none(matter_id=matter.id, outcome=None)
    card = await card_of(row.right_id, masked=False) if row else None
    choices = [(str(card.id), card.name, card.id_number)] if card else []
    return Asked(MoveForm, {"looked": []}, {"looked": choices})


async def ask_right_person(change: Change) -> None:
    """A colleague says whom it is for, from the card before her; another one finds it among the tasks."""
    form: RightPersonForm = change.data
    matter, by = change.matter, change.by
    await check_movable(matter)
    if await WrongPerson.exists(matter_id=matter.id, outcome=None):
        raise Refused("eservices.wrong_asked", N_("A colleague has said so already. Another one has to confirm it."))
    right_id = await _right_person(form, matter, change.now)
    assert matter.applicant_id is not None  # every case has one
    assert by.person_id is not None  # the transition is a colleague's
    if right_id in await same_person_ids(matter.applicant_id):
        text = N_("This is the person it stands under already. Look at the card again.")
        raise Refused("eservices.same_person", text, status=422, field="id_number")
    _check_own(right_id, by.person_ids)
    await check_movable(matter, right_id)
    row = await WrongPerson.create(
        matter_id=matter.id,
        wrong_id=matter.applicant_id,
        right_id=right_id,
        reason=form.reason.strip(),
        asked_by_id=by.person_id,
        asked_at=change.now,
    )
    item = await item_of_version((await case_of(matter.id)).version_id)
    read_out = consent_text([(item.guide, DEPARTMENTS[item.department].full_name)], language_now.get())
    await give_consent(
        right_id,
        consent_purpose(item.guide),
        VERSION,
        read_out,
        channel=form.consent,
        witness_id=by.person_id,
        now=change.now,
    )
    await change.open_task(TASK)
    await _record("asked", row, change)


async def _right_person(form: RightPersonForm, matter: MatterInfo, now: datetime) -> UUID:
    """Found by the number on the card, or made; the desk looks later whether she is there twice."""
    entry = DeskEntry(form.name, form.id_number, form.phone, None, card_seen=True)
    answer = await find_or_create_person(entry, create_anyway=True, now=now)
    assert answer.person is not None  # made if nobody was found
    if answer.created and answer.doubles:
        await ask_same_person(answer.person.id, area_id=matter.area_id, note="", now=now)
    return answer.person.id


def _check_own(right_id: UUID, person_ids: Collection[UUID]) -> None:
    if right_id in person_ids:
        raise Refused(
            "eservices.own_moved", N_("It would be your own application. A colleague has to do it."), status=403
        )


async def move_to_right_person(change: Change) -> None:
    """Another colleague has looked: from now on it is the right person's, as if it had been entered for her."""
    form: MoveForm = change.data
    row = await _open(change)
    if str(row.right_id) not in form.looked:
        text = N_("Look at the papers and answers first, then tick this.")
        raise Refused("eservices.not_looked", text, status=422, field="looked")
    await check_movable(change.matter, row.right_id)
    await _decide(row, "moved", change)
    hers = await same_person_ids(row.wrong_id)
    await _unbind_phones(row, hers, change)
    await _move(row, change)
    await take_back_messages([each.id for each in await messages_of(change.matter.id)], hers)
    await tell(row.wrong_id, told.NOT_YOURS, parameters={"day": last_day(change.matter.created_at)}, now=change.now)
    change.matter = replace(change.matter, applicant_id=row.right_id)
    await _issue_again(change)
    await tell_contact(change, told.YOURS)
    await _record("moved", row, change)


async def leave_with_person(change: Change) -> None:
    """Another colleague has looked: it stays where it is, and whoever asked is told."""
    row = await _open(change)
    await _decide(row, "declined", change)
    await _forget_consent(row.right_id, change)
    named = {"zh_Hans": change.matter.title_zh, "en": change.matter.title_en or change.matter.title_zh}
    code = f"{change.matter.code[:4]} {change.matter.code[4:]}"
    await change.tell_person(row.asked_by_id, told.STAYS_DESK, item=named, code=code)
    await _record("declined", row, change)


async def _open(change: Change) -> WrongPerson:
    """What is to be answered, by somebody else than who said it."""
    row = await WrongPerson.get_or_none(matter_id=change.matter.id, outcome=None)
    if row is None:
        raise Refused("eservices.nobody_asked", N_("Nobody says that this was entered for the wrong person."))
    if row.asked_by_id in change.by.person_ids:
        text = N_("You said it yourself. Another colleague has to look at it.")
        raise Refused("eservices.own_word", text, status=403)
    _check_own(row.right_id, change.by.person_ids)
    return row


async def _decide(row: WrongPerson, outcome: str, change: Change) -> None:
    await WrongPerson.filter(id=row.id, outcome=None).update(
        outcome=outcome, decided_by_id=change.by.person_id, decided_at=change.now
    )
    for task in await list_tasks(change.by):
        if task.matter_code == change.matter.code and task.kind == TASK:
            await finish_task(task.id, outcome, by=change.by, now=change.now)


async def _move(row: WrongPerson, change: Change) -> None:
    """The matter, its draft, its row: whom it is for, who is told. The number that was given for this matter goes."""
    matter, vault = change.matter, get_vault()
    case = await case_of(matter.id)
    answers = _answers(case)
    sealed = vault.seal(replace(answers, phone="").to_text(), table=CASE_TABLE, column="answers", row_id=matter.id)
    await set_applicant(matter.id, row.right_id)
    part = await DraftPart.get(id=case.part_id)
    await Draft.filter(id=part.draft_id).update(person_id=row.right_id)
    identity = (await get_person(row.right_id)).identity
    await Case.filter(matter_id=matter.id).update(contact_id=row.right_id, identity=identity, answers=sealed)
    await ToPrint.filter(matter_id=matter.id, printed_at=None).delete()
    await _forget_consent(row.wrong_id, change)


def _answers(case: Case) -> Answers:
    """For the move only: nobody reads them."""
    if case.answers is None:
        return Answers()
    text = get_vault().open_for_delivery(case.answers, table=CASE_TABLE, column="answers", row_id=case.matter_id)
    return Answers.from_text(text)


async def _unbind_phones(row: WrongPerson, hers: Collection[UUID], change: Change) -> None:
    """A telephone that the desk wrote down with this very entry is the right person's, not the other one's."""
    case = await Case.get(matter_id=change.matter.id).select_related("part__draft")
    entered = (case.part.draft.created_at, change.matter.created_at)
    vault = get_vault()
    numbers = {_answers(case).phone or ""} - {""}
    for held in await phones_of(row.right_id):
        numbers.add(vault.open_for_delivery(held.number, table="phone", column="number", row_id=held.id))
    for number in numbers:
        for bound in await bindings_of_phone(number):
            if bound.person_id in hers and bound.bound_by == "desk" and bound.since in entered:
                await unbind_phone(bound.person_id, bound.phone_id, now=change.now)


async def _forget_consent(person_id: UUID, change: Change) -> None:
    """An agreement that was for this case alone: taken back with it."""
    item = await item_of_version((await case_of(change.matter.id)).version_id)
    hers = list(await same_person_ids(person_id))
    others = Case.filter(version__item_id=item.id, matter__applicant_id__in=hers)
    drafts = Draft.filter(person_id__in=hers, ended_at=None, parts__item_id=item.id)
    if not await others.exclude(matter_id=change.matter.id).exists() and not await drafts.exists():
        await withdraw_consent(person_id, consent_purpose(item.guide), now=change.now)


async def _issue_again(change: Change) -> None:
    """The notices once more, in the right name; those in the wrong name are kept and shown to nobody."""
    names = dict.fromkeys([row.name for row in await Notice.filter(matter_id=change.matter.id).order_by("issued_at")])
    for name in names:
        await issue(change, name)


async def _record(what: str, row: WrongPerson, change: Change) -> None:
    """With both ids: who reads the trail is to see who saw what until then."""
    detail = {"wrong": str(row.wrong_id), "right": str(row.right_id)}
    await record(
        f"eservices.wrong_person_{what}",
        by=change.by,
        object_kind="matter",
        object_id=change.matter.id,
        area_id=change.matter.area_id,
        detail=detail,
        now=change.now,
    )


async def wait_for_the_answer(asked: Advancing) -> None:
    """While one colleague says that it is somebody else's, the office does nothing else with it; its end drops it."""
    change = asked.change
    if change.matter.flow_name != "eservices.case" or change.transition.name in (MOVE, LEAVE):
        return
    waiting = WrongPerson.filter(matter_id=change.matter.id, outcome=None)
    if isinstance(change.transition.access, str) and change.transition.name != ASK and await waiting.exists():
        text = N_("A colleague says that this was entered for the wrong person. That has to be answered first.")
        raise Refused("eservices.wrong_person_open", text)
    if change.transition.name == "withdraw":
        await waiting.update(outcome="dropped", decided_at=change.now)
