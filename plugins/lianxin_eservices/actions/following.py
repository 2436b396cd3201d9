"""Papers that follow (容缺受理): accepted on a promise, sent later, confirmed, or the case goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lianxin.api import (
    N_,
    Actor,
    Asked,
    Change,
    MatterInfo,
    Refused,
    attach_files,
    attach_message,
    keep,
    language_now,
    load_matter,
    show_code,
    tell,
    unit_of_work,
)
from lianxin.api import Limit as ClockLimit
from lianxin_eservices import messages_states as told
from lianxin_eservices.actions.drafting import PHOTOS_AT_MOST
from lianxin_eservices.actions.handling import accept_quietly, case_of, guide_of, tell_contact
from lianxin_eservices.actions.steps import drop_open_steps
from lianxin_eservices.actions.timing import CLOCKS_OF_DECISION
from lianxin_eservices.forms_states import ConditionalForm, ConfirmPapersForm
from lianxin_eservices.models import Case, GivenMaterial, PromisedPaper
from lianxin_eservices.rules.application import AT_DESK, GIVEN, NEEDED
from lianxin_eservices.rules.days import last_day
from lianxin_eservices.rules.item import Material

CLOCK = "papers"
REMIND_BEFORE = timedelta(hours=39)
"""From nine o'clock on the day before the last one."""


async def may_follow(matter_id: UUID) -> list[Material]:
    """Papers that are not here yet and that the item lets follow."""
    guide = await guide_of(matter_id)
    missing = {each.code for each in await GivenMaterial.filter(matter_id=matter_id, state__in=[NEEDED, AT_DESK])}
    return [each for each in guide.materials if each.may_follow and each.code in missing]


async def ask_which_follow(matter: MatterInfo, actor: Actor, now: datetime) -> Asked:
    """What may be ticked, and the longest time."""
    within = (await guide_of(matter.id)).papers_follow_within
    choices = [(each.code, _name(each), "") for each in await may_follow(matter.id)]
    return Asked(ConditionalForm, {"papers": [], "days": within.value if within else ""}, {"papers": choices})


def _name(material: Material) -> str:
    return material.name.in_language(language_now.get())


async def accept_conditionally(change: Change) -> None:
    """Accepted now; the papers that were ticked follow within the days given, by a clock of their own."""
    form: ConditionalForm = change.data
    allowed = {each.code: each for each in await may_follow(change.matter.id)}
    within = (await guide_of(change.matter.id)).papers_follow_within
    if not form.papers or not set(form.papers) <= set(allowed):
        text = N_("Only papers that may follow by the rule of this service can be ticked.")
        raise Refused("eservices.may_not_follow", text, status=422, field="papers")
    if within is None or within.value is None or form.days > within.value:
        most = within.value if within and within.value else 0
        text = N_("By the rule of this service %(most)s days at most.")
        raise Refused("eservices.too_long", text, status=422, field="days", most=most)
    await accept_quietly(change)
    due = await change.start_clock(CLOCK, ClockLimit(form.days))
    codes = [code for code in allowed if code in form.papers]
    await PromisedPaper.bulk_create(
        [PromisedPaper(matter_id=change.matter.id, code=code, promised_at=change.now, due_at=due) for code in codes]
    )
    change.step_data |= {"papers": codes, "days": form.days}
    await tell_contact(change, told.ACCEPTED_IF, due=last_day(due), papers=_listed([allowed[code] for code in codes]))


def _listed(materials: Sequence[Material]) -> dict[str, str]:
    return {
        "zh_Hans": "、".join(each.name.zh for each in materials),
        "en": ", ".join(each.name.en for each in materials),
    }


async def _materials(matter_id: UUID, rows: Sequence[PromisedPaper]) -> list[Material]:
    codes = {row.code for row in rows}
    return [each for each in (await guide_of(matter_id)).materials if each.code in codes]


@dataclass(frozen=True, slots=True)
class SentPaper:
    """Photos of one promised paper, staged before."""

    code: str
    files: tuple[UUID, ...]


async def send_paper(change: Change) -> None:
    """The applicant sends photos of a promised paper; with the last of them its clock stops."""
    sent, matter = change.data, change.matter
    if not isinstance(sent, SentPaper):
        raise Refused("eservices.no_paper", N_("Choose a paper."), status=422, field="paper")
    if not sent.files:
        raise Refused("eservices.no_photo", N_("Take a photo of it."), status=422, field="photos")
    row = await PromisedPaper.get_or_none(matter_id=matter.id, code=sent.code, confirmed_at=None)
    paper = await GivenMaterial.get_or_none(matter_id=matter.id, code=sent.code)
    if row is None or paper is None:
        raise Refused("eservices.no_paper", N_("Choose a paper."), status=422, field="paper")
    files = [*paper.files, *(str(each) for each in sent.files)]
    if len(files) > PHOTOS_AT_MOST:
        text = N_("That is more than %(most)s photos of one paper. Bring it to the desk instead.")
        raise Refused("eservices.many_photos", text, status=422, field="photos", most=PHOTOS_AT_MOST)
    await keep(sent.files, change.by.person_id, change.now)
    await attach_files(matter.id, sent.files, f"material:{sent.code}", by_id=change.by.person_id, now=change.now)
    await GivenMaterial.filter(id=paper.id).update(state=GIVEN, files=files, updated_at=change.now)
    first = await PromisedPaper.filter(id=row.id, given_at=None).update(given_at=change.now)
    await _stop_when_all_came(change)
    if first and matter.owner_id is not None:
        named = {"zh_Hans": matter.title_zh, "en": matter.title_en or matter.title_zh}
        await change.tell_person(matter.owner_id, told.PAPERS_CAME_DESK, item=named, code=show_code(matter.code))


async def _stop_when_all_came(change: Change) -> None:
    if not await PromisedPaper.exists(matter_id=change.matter.id, given_at=None):
        await change.stop_clocks(CLOCK)


async def ask_which_are_there(matter: MatterInfo, actor: Actor, now: datetime) -> Asked:
    """The promised papers that nobody confirmed yet; those that came are ticked."""
    rows = await PromisedPaper.filter(matter_id=matter.id, confirmed_at=None).order_by("code")
    came = {row.code for row in rows if row.given_at is not None}
    choices = [
        (each.code, _name(each), N_("Photos are here") if each.code in came else N_("Still missing"))
        for each in await _materials(matter.id, rows)
    ]
    return Asked(ConfirmPapersForm, {"papers": sorted(came)}, {"papers": choices})


async def confirm_papers(change: Change) -> None:
    """Seen and in order, sent as photos or brought to the desk. With the last one the promise is kept."""
    form: ConfirmPapersForm = change.data
    waiting = PromisedPaper.filter(matter_id=change.matter.id, confirmed_at=None)
    codes = {each.code for each in await waiting}
    if not form.papers or not set(form.papers) <= codes:
        raise Refused("eservices.no_paper", N_("Choose a paper."), status=422, field="papers")
    chosen = PromisedPaper.filter(matter_id=change.matter.id, code__in=form.papers)
    await chosen.filter(given_at=None).update(given_at=change.now)
    await chosen.update(confirmed_at=change.now, confirmed_by_id=change.by.person_id)
    await GivenMaterial.filter(matter_id=change.matter.id, code__in=form.papers, state=NEEDED).update(
        state=AT_DESK, updated_at=change.now
    )
    change.step_data["papers"] = sorted(form.papers)
    await _stop_when_all_came(change)
    if codes <= set(form.papers):
        await tell_contact(change, told.PAPERS_CONFIRMED)


async def papers_are_there(change: Change) -> None:
    """A need: no promised paper is missing or unseen."""
    if await PromisedPaper.exists(matter_id=change.matter.id, confirmed_at=None):
        text = N_("A paper that was to follow is not confirmed yet. Confirm it first.")
        raise Refused("eservices.paper_missing", text)


async def none_lapsed(change: Change) -> None:
    """A need: what did not come in time is there by now, and confirmed."""
    if await PromisedPaper.exists(matter_id=change.matter.id, confirmed_at=None, lapsed_at__not_isnull=True):
        text = N_("A paper that was to follow is not confirmed yet. Confirm it first.")
        raise Refused("eservices.paper_missing", text)


async def something_lapsed(change: Change) -> None:
    """A need: a promised paper did not come in time."""
    if not await PromisedPaper.exists(matter_id=change.matter.id, confirmed_at=None, lapsed_at__not_isnull=True):
        raise Refused("eservices.nothing_lapsed", N_("No promised paper is overdue here."))


async def papers_ran_out(change: Change) -> None:
    """The day is over: back to the station, and the time of the decision stands still until the paper is there."""
    late = await PromisedPaper.filter(matter_id=change.matter.id, given_at=None)
    await PromisedPaper.filter(id__in=[row.id for row in late]).update(lapsed_at=change.now)
    await drop_open_steps(change)
    await change.stop_clocks(CLOCK)
    for kind in CLOCKS_OF_DECISION:
        await change.pause_clock(kind)
    papers = _listed(await _materials(change.matter.id, late))
    await tell_contact(change, told.PAPERS_LATE, papers=papers)


async def end_unfinished(change: Change) -> None:
    """She never brought it: ended without a decision, with the reason."""
    change.step_data["reason"] = change.data.reason
    await Case.filter(matter_id=change.matter.id).update(reason=change.data.reason)


async def remind_of_papers(now: datetime) -> int:
    """Reminds once of papers whose time is nearly over. Answers how many applicants were told."""
    rows = await PromisedPaper.filter(
        given_at=None, lapsed_at=None, due_at__gt=now, due_at__lte=now + REMIND_BEFORE, matter__closed_at=None
    ).order_by("due_at", "id")
    by_matter: dict[UUID, list[PromisedPaper]] = {}
    for row in rows:
        by_matter.setdefault(row.matter_id, []).append(row)
    return sum([await _remind(matter_id, waiting, now) for matter_id, waiting in by_matter.items()])


async def _remind(matter_id: UUID, rows: Sequence[PromisedPaper], now: datetime) -> int:
    matter, due = await load_matter(matter_id), rows[0].due_at
    parameters: dict[str, Any] = {
        "item": {"zh_Hans": matter.title_zh, "en": matter.title_en or matter.title_zh},
        "code": show_code(matter.code),
        "due": last_day(due),
        "papers": _listed(await _materials(matter_id, rows)),
    }
    async with unit_of_work():
        contact_id = (await case_of(matter_id)).contact_id
        message_id = await tell(
            contact_id,
            told.PAPERS_SOON,
            parameters=parameters,
            path=f"/m/{matter.code}",
            dedupe_key=f"eservices.papers_soon:{matter_id}:{due.isoformat()}",
            now=now,
        )
        await attach_message(matter_id, message_id)
    return 1
