"""The guide as residents would see it, and a trial run of its questions. No application comes of either."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid5

from lianxin.api import See, Visit, _
from lianxin_eservices.actions.editing import end_trial, keep_trial
from lianxin_eservices.editing.forms import PressForm
from lianxin_eservices.forms import AreaForm
from lianxin_eservices.pages import ReviewRow
from lianxin_eservices.pages_catalogue import PreviewPage, TrialPage
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.queries.editing import ItemFile, as_published, trial_view
from lianxin_eservices.queries.guide import guide_view
from lianxin_eservices.routes.asking import ask, read_answer
from lianxin_eservices.routes.reviewing import review_rows
from lianxin_eservices.routes.services import draft_of, title_of
from lianxin_eservices.rules.application import PHOTOS, REVIEW, may_stand_at, step_before


def _text_id(service: ItemFile) -> UUID:
    """Stands for this text of the draft: what was put together for another one is not shown."""
    draft = draft_of(service)
    return uuid5(draft.id, str(draft.revision))


async def show_preview(visit: Visit, service: ItemFile) -> PreviewPage:
    """The guide of the draft."""
    item = as_published(service, draft_of(service).guide, _text_id(service))
    guide = guide_view(item, visit.language)
    back = visit.url("eservices:service", service=service.code)
    trial = visit.url("eservices:trial", service=service.code, step="next") if item.online else ""
    return PreviewPage(guide.plain_name, guide, back, trial)


async def show_trial(visit: Visit, service: ItemFile, step: str) -> TrialPage | See:
    """One question; an unknown one, or one whose turn has not come, leads to the first open question."""
    draft = await trial_view(service, _text_id(service), visit.actor, visit.now)
    if not may_stand_at(step, draft.asked, draft.open_step):
        return See(_url(visit, service, draft.open_step))
    before = step_before(step, draft.asked)
    asked = None if step == REVIEW else await ask(visit, draft, step, _url(visit, service, step, "try_answer"))
    steps = [one.step for one in draft.asked]
    return TrialPage(
        title=_("Trial run"),
        name=title_of(service, visit),
        back=_url(visit, service, before) if before else visit.url("eservices:service", service=service.code),
        end=visit.form(PressForm, visit.url("eservices:end_trial", service=service.code)),
        editor=visit.url("eservices:service", service=service.code),
        number=steps.index(step) + 1 if step in steps else len(steps) + 1,
        total=len(steps) + 1,
        form=asked.form if asked else None,
        fields=() if asked is None or step.startswith(PHOTOS) else asked.fields,
        how=asked.form.field("photos").label if asked is not None and step.startswith(PHOTOS) else "",
        rows=() if asked else await _rows(visit, service, draft),
    )


async def _rows(visit: Visit, service: ItemFile, draft: DraftView) -> tuple[ReviewRow, ...]:
    """As in an application; nothing is known of whoever tries, so there is a line for each question and no other."""
    rows = zip(await review_rows(visit, draft), draft.asked, strict=True)
    return tuple(replace(row, href=_url(visit, service, question.step)) for row, question in rows)


async def try_answer(visit: Visit, service: ItemFile, step: str) -> See:
    """Keeps an answer of the trial; of a paper nothing is asked but to go on."""
    draft = await trial_view(service, _text_id(service), visit.actor, visit.now)
    if not may_stand_at(step, draft.asked, draft.open_step) or step == REVIEW:
        return See(_url(visit, service, draft.open_step))
    answers, papers = draft.answers, set(draft.materials)
    if step.startswith(PHOTOS):
        visit.read(PressForm)
        papers.add(step.removeprefix(PHOTOS))
    else:
        said = await read_answer(visit, draft, step)
        if said is None:
            town = visit.typed_values(AreaForm)["area"]
            return See(visit.url("eservices:trial", service=service.code, step=step, above=town))
        answers = said
    await keep_trial(draft.id, answers, papers, by=visit.actor, now=visit.now)
    return See(_url(visit, service, await _open_step(visit, service)))


async def _open_step(visit: Visit, service: ItemFile) -> str:
    draft: DraftView = await trial_view(service, _text_id(service), visit.actor, visit.now)
    return draft.open_step


async def finish(visit: Visit, service: ItemFile) -> See:
    """Forgets the trial run and goes back to the service."""
    await end_trial(draft_of(service).id, by=visit.actor)
    return See(visit.url("eservices:service", service=service.code), _("The trial run is over. Nothing of it is kept."))


def _url(visit: Visit, service: ItemFile, step: str, name: str = "trial") -> str:
    return visit.url(f"eservices:{name}", service=service.code, step=step)
