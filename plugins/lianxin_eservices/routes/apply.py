"""Applying: the consent, one question a page, the review."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import (
    FormView,
    Loader,
    Refused,
    See,
    Visit,
    _,
    holds_consent,
    list_files,
    people_of,
)
from lianxin_eservices import forms
from lianxin_eservices.actions import drafting
from lianxin_eservices.actions.showing import move
from lianxin_eservices.actions.submitting import submit
from lianxin_eservices.forms_papers import KeepForm
from lianxin_eservices.pages import ComePage, ConsentPage, QuestionPage, ReviewPage
from lianxin_eservices.pages_household import HouseholdPage
from lianxin_eservices.queries.authorisations import leaves_of_proxy
from lianxin_eservices.queries.drafts import DraftView, answered, find_draft, find_sent, load_draft
from lianxin_eservices.queries.guide import guide_view
from lianxin_eservices.queries.items import DEPARTMENTS, PublishedItem
from lianxin_eservices.queries.papers import keepable
from lianxin_eservices.routes.asking import ask, read_answer
from lianxin_eservices.routes.beside import beside
from lianxin_eservices.routes.household import household_page, keep_all
from lianxin_eservices.routes.papers_offered import keep_form, offer_for
from lianxin_eservices.routes.reviewing import asked_by, review_rows, waits_for
from lianxin_eservices.routes.staging import stage
from lianxin_eservices.rules.application import HOUSEHOLD, PHOTOS, REVIEW, may_stand_at, step_before
from lianxin_eservices.rules.consent import VERSION, consent_lines, consent_purpose


async def _as_typed(_visit: object, text: str) -> str:
    return text[:60]


DRAFT = Loader(load_draft, scoped=False, because="a draft is its writer's alone: no grant opens it")
STEP = Loader(_as_typed, scoped=False, because="a word of the address, compared with the questions of the draft")


async def show_start(visit: Visit, item: PublishedItem) -> ConsentPage | ComePage | See:
    """Before the first question: who asks, what for, how long, who sees it."""
    guide = guide_view(item, visit.language)
    if not item.online:
        return ComePage(guide.plain_name, guide, visit.community.address)
    person_id = visit.actor.person_id
    assert person_id is not None  # the route asks for somebody signed in
    draft = await find_draft(visit.actor.person_ids, item.guide.code)
    if draft and await holds_consent(person_id, consent_purpose(item.guide), VERSION):
        return See(visit.url("eservices:question", draft=draft.id, step=draft.step or "next"))
    lines = consent_lines([(item.guide, DEPARTMENTS[item.department].full_name)], visit.language)
    form = visit.form(forms.ConsentForm, visit.url("eservices:begin", item=item.slug))
    home = visit.url("eservices:guide", item=item.slug)
    return ConsentPage(guide.plain_name, guide.plain_name, home, lines, await _others(visit, item), form)


async def _others(visit: Visit, item: PublishedItem) -> tuple[tuple[str, str], ...]:
    """Whom this visitor may act for in this matter."""
    leaves = await leaves_of_proxy(visit.actor.person_ids, visit.now) if item.guide.proxy_allowed else []
    fitting = {each.person_id: each for each in leaves if not each.items or item.guide.code in each.items}
    people = await people_of(fitting) if fitting else {}
    return tuple(
        (people[person_id].name, visit.url("eservices:act_start", item=item.slug, leave=leave.id))
        for person_id, leave in fitting.items()
    )


async def begin(visit: Visit, form: forms.ConsentForm, item: PublishedItem) -> See:
    """She agreed: the draft begins."""
    person_id = visit.actor.person_id
    assert person_id is not None  # the route asks for somebody signed in
    if not form.agree:
        raise Refused("eservices.not_agreed", forms.AGREE_FIRST, status=422, field="agree")
    draft_id = await drafting.begin(
        item, person_id, by=visit.actor, channel="web", language=visit.language, now=visit.now
    )
    return See(visit.url("eservices:question", draft=draft_id, step="next"))


async def show_question(visit: Visit, draft: DraftView, step: str) -> QuestionPage | ReviewPage | HouseholdPage | See:
    """The page of a step; an unknown one, or one whose turn has not come, leads to the first open question."""
    if not may_stand_at(step, draft.asked, draft.open_step):
        return See(_url(visit, draft, draft.open_step))
    if step == REVIEW:
        return await _review(visit, draft)
    if step == HOUSEHOLD:
        return await household_page(visit, draft, home_of(visit, draft))
    return await _question(visit, draft, step)


async def _question(visit: Visit, draft: DraftView, step: str) -> QuestionPage:
    asked = await ask(visit, draft, step)
    placed = await beside(visit, draft, step, asked.form)
    steps = [one.step for one in draft.asked]
    return QuestionPage(
        title=draft.name.in_language(visit.language),
        home=home_of(visit, draft),
        of=asked_by(visit, draft, draft.asked[steps.index(step)]),
        draft_id=str(draft.id),
        step=step,
        number=steps.index(step) + 1,
        total=len(steps) + 1,
        back=_back(visit, draft, step),
        whom=draft.whom if draft.desk else "",
        acting_for=draft.whom if draft.acting else "",
        beside=placed,
        form=asked.form,
        fields=asked.fields,
        upload=asked.upload,
        how=asked.how,
        given=await _given(visit, draft, step),
        offer=await offer_for(visit, draft, step),
    )


async def answer(visit: Visit, draft: DraftView, step: str) -> See:
    """Keeps an answer and leads to the next open question, or back to the review that she came from."""
    if not may_stand_at(step, draft.asked, draft.open_step) or step == REVIEW:
        return See(_url(visit, draft, draft.open_step))
    if step.startswith(PHOTOS):
        await _keep_photos(visit, draft, step)
    elif step == HOUSEHOLD:
        await keep_all(visit, draft)
    else:
        answers = await read_answer(visit, draft, step)
        if answers is None:
            town = visit.typed_values(forms.AreaForm)["area"]
            return See(visit.url("eservices:question", draft=draft.id, step=step, above=town))
        await drafting.save_answers(draft, answers, step, now=visit.now)
        return await _next(visit, answered(draft, answers))
    return await _next(visit, await load_draft(visit, str(draft.id)))


async def _next(visit: Visit, draft: DraftView) -> See:
    """The next open question, on which whoever looks at her page follows her."""
    await move(draft.id, draft.open_step, now=visit.now)
    return See(_url(visit, draft, "next"))


async def _keep_photos(visit: Visit, draft: DraftView, step: str) -> None:
    form = visit.read(forms.PhotosForm)
    added = [await stage(visit, each, "photos") for each in form.photos if getattr(each, "filename", "")]
    code = step.removeprefix(PHOTOS)
    await drafting.save_photos(
        draft, code, [info.id for info in added], later=form.later, step=step, by=visit.actor, now=visit.now
    )


async def remove_photo(visit: Visit, draft: DraftView, step: str, file: str) -> See:
    """Takes a photo back."""
    try:
        file_id = UUID(file)
    except ValueError:
        return See(_url(visit, draft, step))
    await drafting.remove_photo(draft, step.removeprefix(PHOTOS), file_id, now=visit.now)
    return See(_url(visit, draft, step))


async def send(visit: Visit, draft: str) -> See:
    """Off it goes; a second click, or Back and again, is led to the same receipt."""
    code = await find_sent(draft, visit.actor)
    if not code:
        form = visit.read(KeepForm)
        view = await load_draft(visit, draft)
        sent = await submit(view, by=visit.actor, now=visit.now, keep_for_later=form.keep, language=visit.language)
        code = sent.code
    return See(visit.url("eservices:receipt", matter=code))


async def drop(visit: Visit, draft: DraftView) -> See:
    """She throws it away."""
    await drafting.drop(draft, now=visit.now)
    if draft.acting:
        client = visit.url("eservices:client", leave=draft.authorisation_id)
        return See(client, _("Thrown away. Nothing of it is kept."))
    return See(home_of(visit, draft), _("Thrown away. Nothing of it is kept."))


async def _review(visit: Visit, draft: DraftView) -> ReviewPage:
    guides = [guide_view(part.item, visit.language) for part in draft.chosen]
    return ReviewPage(
        title=draft.name.in_language(visit.language),
        ours=tuple(dict.fromkeys(paper for guide in guides for paper in guide.ours)),
        whom=draft.whom if draft.desk else "",
        acting_for=draft.whom if draft.acting else "",
        beside=await beside(visit, draft, REVIEW),
        back=_back(visit, draft, REVIEW),
        rows=await review_rows(visit, draft),
        waits_for=waits_for(visit, draft),
        form=await keep_form(visit, draft, visit.url("eservices:send", draft=draft.id)),
        may_keep=bool(await keepable(draft)),
        drop=visit.form(forms.EmptyForm, visit.url("eservices:drop", draft=draft.id)),
    )


def _url(visit: Visit, draft: DraftView, step: str) -> str:
    return visit.url("eservices:question", draft=draft.id, step=draft.open_step if step == "next" else step)


def _back(visit: Visit, draft: DraftView, step: str) -> str:
    before = step_before(step, draft.asked)
    if before:
        return _url(visit, draft, before)
    if draft.acting:
        return visit.url("eservices:client", leave=draft.authorisation_id)
    return visit.url("eservices:desk_new") if draft.desk else home_of(visit, draft)


def home_of(visit: Visit, draft: DraftView) -> str:
    """The page that says what it is: of the service, or of the life event."""
    if draft.event:
        return visit.url("eservices:life", event=draft.event.code)
    return visit.url("eservices:guide", item=draft.item.slug)


async def _given(visit: Visit, draft: DraftView, step: str) -> tuple[tuple[str, str, FormView], ...]:
    files = await list_files(draft.files.get(step.removeprefix(PHOTOS), ()) if step.startswith(PHOTOS) else ())
    return tuple(
        (
            str(info.id) if info.is_picture and info.owner_id in visit.actor.person_ids else "",
            info.name,
            visit.form(forms.EmptyForm, visit.url("eservices:remove_photo", draft=draft.id, step=step, file=info.id)),
        )
        for info in files
    )
