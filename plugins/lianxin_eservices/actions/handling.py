"""What the transitions of a case do, inside the unit of work that `advance` opened. None of them checks rights."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lianxin.api import (
    BAD_GRADE,
    N_,
    Actor,
    Asked,
    Change,
    Limit,
    MatterInfo,
    MessageKind,
    Refused,
    advance,
    ancestors,
    attach_files,
    find_organisation,
    finish_task,
    get_area,
    keep,
    list_organisations,
    list_tasks,
    rate,
    rating_of,
    tell,
)
from lianxin_eservices import forms, messages
from lianxin_eservices.actions.steps import drop_open_steps
from lianxin_eservices.models import Case
from lianxin_eservices.queries.authorisations import proxy_told
from lianxin_eservices.queries.items import guide_of_version
from lianxin_eservices.queries.siblings import withdrawable_with
from lianxin_eservices.rules.days import last_day
from lianxin_eservices.rules.item import DecisionLevel, OptionalState, ServiceItem
from lianxin_eservices.rules.item import Limit as GuideLimit

RESULT = "result"
HOW = {
    "online": N_("it stands as a document on the page of your matter"),
    "desk": N_("fetch it at the desk, or we have handed it to you"),
    "home": N_("we bring it to your home"),
    "post": N_("it comes by post"),
}
DECISIONS = {"approved": N_("approved"), "rejected": N_("not approved, the reason stands on the page of your matter")}


async def case_of(matter_id: UUID) -> Case:
    """The plugin's own row of a matter."""
    return await Case.get(matter_id=matter_id)


async def guide_of(matter_id: UUID) -> ServiceItem:
    """The guide under which the case began."""
    return await guide_of_version((await case_of(matter_id)).version_id)


async def tell_contact(change: Change, kind: MessageKind, **more: Any) -> None:
    """Tells whoever is to be told about this case, each in her own language; who acts for the applicant as well."""
    case = await case_of(change.matter.id)
    named = {"zh_Hans": change.matter.title_zh, "en": change.matter.title_en or change.matter.title_zh}
    proxy = await proxy_told(case.authorisation_id, change.matter.made_by_id, change.now)
    for reader in (case.contact_id, proxy) if proxy else (case.contact_id,):
        await change.tell_person(reader, kind, item=named, code=_spaced(change.matter.code), **more)


async def tell_together(made: Sequence[Change]) -> None:
    """One word for several applications that were sent at once, with all codes.

    It hangs on none of them: whoever handles one is not told what else was applied for.
    """
    first, case = made[0], await case_of(made[0].matter.id)
    proxy = await proxy_told(case.authorisation_id, first.matter.made_by_id, first.now)
    ends = [change.matter.due_at for change in made if change.matter.due_at is not None]
    parameters: dict[str, Any] = {"count": len(made), "parts": _listed(made), "due": last_day(max(ends))}
    for reader in (case.contact_id, proxy) if proxy else (case.contact_id,):
        path = f"/m/{first.matter.code}"
        await tell(reader, messages.RECEIVED_TOGETHER, parameters=parameters, path=path, now=first.now)


def _listed(made: Sequence[Change]) -> dict[str, str]:
    matters = [(change.matter, _spaced(change.matter.code)) for change in made]
    return {
        "zh_Hans": "；".join(f"{matter.title_zh}，编号{code}" for matter, code in matters),
        "en": "; ".join(f"{matter.title_en or matter.title_zh}, code {code}" for matter, code in matters),
    }


def _spaced(code: str) -> str:
    return f"{code[:4]} {code[4:]}"


def limit_of(limit: GuideLimit | None) -> Limit | None:
    """As a clock takes it; None where no number is set."""
    if limit is None or limit.value is None or limit.unit is None:
        return None
    return Limit(limit.value, "working_day" if limit.unit.value == "working_day" else "calendar_day")


# Needs


def passes_through(state: OptionalState) -> Callable[[Any], Awaitable[None]]:
    """A need: the item is one of those that pass through this optional state."""

    async def need(change: Change) -> None:
        if state not in (await guide_of(change.matter.id)).optional_states:
            raise Refused("eservices.not_this_item", N_("This service has no such step. Decide, or send it back."))

    return need


async def first_correction(change: Change) -> None:
    """The complete list is asked for once (Administrative Licence Law, article 32)."""
    if (await case_of(change.matter.id)).corrections:
        text = N_("Corrections were asked for once already. A supervisor may ask a second time: hand it over.")
        raise Refused("eservices.corrected_once", text)


async def further_correction(change: Change) -> None:
    """A supervisor's permission is for a second list, not for the first."""
    if not (await case_of(change.matter.id)).corrections:
        raise Refused("eservices.first_list", N_("The first list is the station's to send."))


async def badly_rated(change: Change) -> None:
    """There is something to put right."""
    rating = await rating_of(change.matter.id)
    if rating is None or rating.grade > BAD_GRADE:
        raise Refused("eservices.well_rated", N_("The rating was good. There is nothing to put right."))


# Checking


async def accept(change: Change) -> None:
    """The papers are complete: to the queue of whoever decides; the promise, and the law's time if any, begin."""
    due = await accept_quietly(change)
    await tell_contact(change, messages.ACCEPTED, due=last_day(due) if due else N_("the day the law gives"))


async def accept_quietly(change: Change) -> datetime | None:
    """The same without telling her. Answers when the promise is over."""
    await _hand_to_officer(change)
    await Case.filter(matter_id=change.matter.id).update(accepted_at=change.now)
    return await _start_clocks(change, change.now)


async def _start_clocks(change: Change, start: datetime) -> datetime | None:
    """Both clocks of a decision; answers when the promise is over (else the law's time)."""
    guide = await guide_of(change.matter.id)
    ends = []
    for kind, limit in (("committed", limit_of(guide.committed_limit)), ("statutory", limit_of(guide.statutory_limit))):
        if limit is not None:
            ends.append(await change.start_clock(kind, limit, start=start))
    investigate = limit_of(guide.investigate_within)
    if investigate is not None:
        await change.start_clock("investigation", investigate, start=start)
    return ends[0] if ends else None


async def _hand_to_officer(change: Change) -> None:
    guide = await guide_of(change.matter.id)
    if guide.decision_level is DecisionLevel.COUNTY:
        organisation = await find_organisation(guide.department)
        await change.give_to(role="department_officer", organisation_id=organisation.id if organisation else None)
    else:
        await change.give_to(role="township_officer", organisation_id=await township_of(change.matter.area_id))


async def township_of(area_id: UUID) -> UUID | None:
    """The government of the township above a place; None where the directory has none."""
    area = await get_area(area_id)
    ladder = [area.id, *(above.id for above in reversed(await ancestors(area)))]
    governments = {one.area_id: one.id for one in await list_organisations("township_government")}
    return next((governments[place] for place in ladder if place in governments), None)


async def request_correction(change: Change) -> None:
    """One complete list. What is on it may be sent, or brought to the desk."""
    form: forms.CorrectionForm = change.data
    case = await case_of(change.matter.id)
    await Case.filter(matter_id=case.matter_id).update(corrections=case.corrections + 1, correction=form.wanted)
    change.step_data["wanted"] = form.wanted
    if isinstance(form, forms.CorrectAgainForm):
        change.step_data["reason"] = form.reason
    await tell_contact(change, messages.CORRECT_THESE)


async def complete_correction(change: Change) -> None:
    """She has sent what was missing; the list stays in the history."""
    await Case.filter(matter_id=change.matter.id).update(correction="")


async def deem_accepted(change: Change) -> None:
    """Nobody checked in time: accepted as from the day it was sent, and both sides are told."""
    await _hand_to_officer(change)
    sent = change.matter.created_at
    await Case.filter(matter_id=change.matter.id).update(accepted_at=sent, deemed=True)
    await _start_clocks(change, sent)
    await change.open_task("eservices.look_into")
    await tell_contact(change, messages.DEEMED_ACCEPTED)
    if change.matter.owner_id is not None:
        named = {"zh_Hans": change.matter.title_zh, "en": change.matter.title_en or change.matter.title_zh}
        kind_of = messages.DEEMED_ACCEPTED_DESK
        await change.tell_person(change.matter.owner_id, kind_of, item=named, code=_spaced(change.matter.code))


async def refuse(change: Change) -> None:
    """Not accepted, with the reason."""
    await _keep_reason(change)
    await tell_contact(change, messages.REFUSED)


# Deciding


async def _keep_reason(change: Change, **more: Any) -> None:
    reason: str = change.data.reason
    change.step_data["reason"] = reason
    await Case.filter(matter_id=change.matter.id).update(reason=reason, **more)


async def approve(change: Change) -> None:
    """In favour."""
    await _decide(change, "approved")


async def reject(change: Change) -> None:
    """Against, with the reason; where the law says by when it is to be handed over in writing, that clock begins."""
    await _decide(change, "rejected")
    await change.stop_clocks()
    limit = limit_of((await guide_of(change.matter.id)).refusal_notice)
    if limit is not None:
        await change.start_clock("refusal", limit)


async def _decide(change: Change, decision: str) -> None:
    await drop_open_steps(change)
    await _keep_reason(change, decision=decision, decided_at=change.now)
    await tell_contact(change, messages.DECIDED, decision=DECISIONS[decision])


async def send_back(change: Change) -> None:
    """To the station once more. The promise runs on: the applicant did nothing to lengthen it."""
    change.step_data["reason"] = change.data.reason


async def hand_in_again(change: Change) -> None:
    """The station has done what the officer asked."""
    await _hand_to_officer(change)


# The end


async def deliver(change: Change) -> None:
    """The result is handed over; documents were staged before, and are kept with the case from now on."""
    form: forms.DeliverForm = change.data
    documents = [each.id for each in form.document]
    if form.how == "online" and not documents:
        text = N_("Add the document, or choose another way to hand the result over.")
        raise Refused("eservices.no_document", text, status=422, field="document")
    await keep(documents, change.by.person_id, change.now)
    await attach_files(change.matter.id, documents, RESULT, by_id=change.by.person_id, now=change.now)
    await Case.filter(matter_id=change.matter.id).update(delivered_by=form.how, delivery_note=form.note)
    await tell_contact(change, messages.DELIVERED, how=HOW[form.how])
    await tell_contact(change, messages.PLEASE_RATE)


async def ask_withdraw(matter: MatterInfo, actor: Actor, now: datetime) -> Asked:
    """Why; and of several that were applied for at once, which others too."""
    others = await withdrawable_with(matter, actor)
    if not others:
        return Asked(forms.WithdrawForm)
    choices = [(each.code, each.title, _spaced(each.code)) for each in others]
    return Asked(forms.WithdrawPartForm, choices={"also": choices})


async def withdraw(change: Change) -> None:
    """She does not want it any more; of several the others go on, but those that she ticked."""
    reason = change.data.reason if change.data is not None else ""
    if reason:
        change.step_data["reason"] = reason
    await drop_open_steps(change)
    await tell_contact(change, messages.WITHDRAWN)
    also = getattr(change.data, "also", ())
    others = [each for each in await withdrawable_with(change.matter, change.by) if each.code in also] if also else []
    if len(others) < len(set(also)):
        text = N_("One of the others has moved on meanwhile. Look at it, then choose again.")
        raise Refused("eservices.moved_on", text, status=422, field="also")
    for other in others:
        await advance(other, "withdraw", by=change.by, now=change.now, data=forms.WithdrawForm(reason=reason))


async def rate_case(change: Change) -> None:
    """One rating a case; the two lowest grades open a rectification with a call-back."""
    form: forms.RateForm = change.data
    await rate(change.matter, form.grade, form.remark, by=change.by, now=change.now)
    if form.grade <= BAD_GRADE:
        await change.open_task("eservices.rectify", note=form.remark)


async def follow_up(change: Change) -> None:
    """Put right and called back: the open tasks of the rating are done with it."""
    change.step_data["outcome"] = change.data.outcome
    for task in await list_tasks(change.by):
        if task.matter_code == change.matter.code and task.kind == "eservices.rectify":
            await finish_task(task.id, change.data.outcome, by=change.by, now=change.now)


async def note_external(change: Change) -> None:
    """The deciding office keeps the case in a system of its own: its number there."""
    form: forms.ExternalForm = change.data
    await Case.filter(matter_id=change.matter.id).update(external_system=form.system, external_case_no=form.number)
    change.step_data |= {"system": form.system, "number": form.number}
