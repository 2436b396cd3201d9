"""Time that does not count (an assessment, a hearing), and more time by a leader's consent, once."""

from __future__ import annotations

from typing import Any

from lianxin.api import N_, Change, Refused, finish_task, show_code, tasks_of
from lianxin_eservices import messages_states as told
from lianxin_eservices.actions.handling import guide_of, tell_contact
from lianxin_eservices.forms_states import AskExtensionForm, SpecialForm, SpecialResultForm
from lianxin_eservices.models import Case, Extension, SpecialProcedure
from lianxin_eservices.rules.days import last_day
from lianxin_eservices.rules.special import SPECIAL_TITLES

CLOCKS_OF_DECISION = ("committed", "statutory")
"""The promise, and the time that the law gives."""
EXTENSION_TASK = "eservices.extension"


async def begin_special(change: Change) -> None:
    """Pauses the time of the decision; she is told why, in writing."""
    form: SpecialForm = change.data
    await SpecialProcedure.create(matter_id=change.matter.id, kind=form.kind, reason=form.reason, begun_at=change.now)
    change.step_data |= {"kind": form.kind, "reason": form.reason}
    await tell_contact(change, told.SPECIAL_BEGUN, what=SPECIAL_TITLES[form.kind])


async def end_special(change: Change) -> None:
    """The result is recorded, the time counts again."""
    form: SpecialResultForm = change.data
    ended = await SpecialProcedure.filter(matter_id=change.matter.id, ended_at=None, dropped_at=None).update(
        result=form.result, ended_at=change.now
    )
    if not ended:
        raise Refused("eservices.no_procedure", N_("No assessment or hearing is under way."))
    change.step_data["result"] = form.result
    for kind in CLOCKS_OF_DECISION:
        await change.resume_clock(kind)
    await tell_contact(change, told.SPECIAL_OVER, due=await _due(change))


async def _due(change: Change) -> Any:
    """The last day of the promise (else of the law's time), as it is after what this change did."""
    due = await change.due_of("committed") or await change.due_of("statutory")
    return last_day(due) if due else N_("the day the law gives")


async def ask_extension(change: Change) -> None:
    """Whoever decides asks for more time; a leader finds it among her tasks."""
    form: AskExtensionForm = change.data
    limit = (await guide_of(change.matter.id)).extension_limit
    most = limit.value if limit and limit.value else 0
    if form.days > most:
        text = N_("This service may be extended by %(most)s days at most.")
        raise Refused("eservices.too_long", text, status=422, field="days", most=most)
    if await Extension.exists(matter_id=change.matter.id, outcome="granted"):
        raise Refused("eservices.extended_once", N_("It was extended already. That is possible only once."))
    if await Extension.exists(matter_id=change.matter.id, outcome=""):
        raise Refused("eservices.extension_asked", N_("More time was asked for already. A leader decides."))
    assert change.by.person_id is not None  # the transition is a colleague's
    await Extension.create(
        matter_id=change.matter.id,
        days=form.days,
        reason=form.reason,
        asked_by_id=change.by.person_id,
        asked_at=change.now,
    )
    change.step_data |= {"days": form.days, "reason": form.reason}
    await change.open_task(EXTENSION_TASK, note=form.reason)


async def grant_extension(change: Change) -> None:
    """A leader agrees: both clocks of the decision get longer, and she is told the new day and the reason."""
    row = await _decided(change, "granted")
    for kind in CLOCKS_OF_DECISION:
        await change.extend_clock(kind, row.days)
    await Case.filter(matter_id=change.matter.id).update(reason=row.reason)
    change.step_data |= {"days": row.days, "reason": row.reason}
    await _finish_task(change, "granted")
    await tell_contact(change, told.EXTENDED, due=await _due(change))


async def decline_extension(change: Change) -> None:
    """A leader says no: it is decided by the day that was promised."""
    row = await _decided(change, "declined")
    await _finish_task(change, "declined")
    named = {"zh_Hans": change.matter.title_zh, "en": change.matter.title_en or change.matter.title_zh}
    code, remark = show_code(change.matter.code), row.remark
    await change.tell_person(row.asked_by_id, told.EXTENSION_DECLINED_DESK, item=named, code=code, remark=remark)


async def _decided(change: Change, outcome: str) -> Extension:
    row = await Extension.get_or_none(matter_id=change.matter.id, outcome="")
    if row is None:
        raise Refused("eservices.no_extension", N_("Nobody asks for more time here."))
    if row.asked_by_id == change.by.person_id:
        raise Refused("eservices.own_extension", N_("You asked for it yourself. A leader has to decide."), status=403)
    row.remark = change.data.remark if change.data is not None else ""
    await Extension.filter(id=row.id).update(
        outcome=outcome, decided_by_id=change.by.person_id, decided_at=change.now, remark=row.remark
    )
    return row


async def _finish_task(change: Change, outcome: str) -> None:
    for task in await tasks_of(change.matter.id):
        if task.kind == EXTENSION_TASK and task.done_at is None:
            await finish_task(task.id, outcome, by=change.by, now=change.now)
