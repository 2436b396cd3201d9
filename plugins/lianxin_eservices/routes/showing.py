"""In-hand help: her banner and its buttons; the desk's number, her page without answers, and pointing."""

from __future__ import annotations

from dataclasses import replace

from lianxin.api import SIGNED_IN, EventSeen, Loader, Route, See, Topics, Visit, _, action, card_of, page, stream
from lianxin_eservices import forms
from lianxin_eservices.access import HANDLE
from lianxin_eservices.actions import showing
from lianxin_eservices.forms_showing import NumberToldForm, PointForm
from lianxin_eservices.models import Draft, Showing
from lianxin_eservices.pages_showing import BannerPage, ShownField, ShownPage, ToldPage
from lianxin_eservices.queries.drafts import DraftView, view_draft
from lianxin_eservices.queries.showing import load_shown, shown_now
from lianxin_eservices.routes.apply import DRAFT, STEP
from lianxin_eservices.routes.asking import ask
from lianxin_eservices.routes.beside import banner
from lianxin_eservices.routes.reviewing import review_rows
from lianxin_eservices.rules.application import HOUSEHOLD, REVIEW, Answers, known_step, steps_of

SHOWN = Loader(load_shown, scoped=False, because="shown to this colleague by the person herself: no grant opens it")
_STEP = {"draft": DRAFT, "step": STEP}


async def begin(visit: Visit, draft: DraftView, step: str) -> See:
    """A number to tell."""
    await showing.show(draft, known_step(step, draft.asked, draft.open_step), by=visit.actor, now=visit.now)
    return _back(visit, draft, step)


async def here(visit: Visit, draft: DraftView, step: str) -> See:
    """She went back, or elsewhere: this page is the one to look at."""
    await showing.move(draft.id, known_step(step, draft.asked, draft.open_step), now=visit.now)
    return _back(visit, draft, step)


async def stop(visit: Visit, draft: DraftView, step: str) -> See:
    """Nobody sees it any more."""
    await showing.stop(draft.id, now=visit.now)
    return _back(visit, draft, step)


def _back(visit: Visit, draft: DraftView, step: str) -> See:
    return See(visit.url("eservices:question", draft=draft.id, step=step))


async def show_banner(visit: Visit, draft: DraftView, step: str) -> BannerPage:
    """For htmx, when something moved; without a script the page itself has it."""
    back = visit.url("eservices:question", draft=draft.id, step=step)
    form = (await ask(visit, draft, step)).form if step in [one.step for one in draft.asked] else None
    return BannerPage(_("Shown to the desk"), await banner(visit, draft, step, form), back)


async def listen(visit: Visit, draft: DraftView) -> Topics:
    """That something moved in what she shows."""
    now = await shown_now(draft.id, visit.now)
    return _topics(str(now.id) if now else "")


def _topics(showing_id: str) -> Topics:
    async def may_hear(event: EventSeen) -> bool:
        return event.ids.get("showing") == showing_id

    return Topics((showing.CHANGED,), may_hear)


async def show_told(visit: Visit) -> ToldPage:
    """Six digits."""
    return ToldPage(_("Look at a caller’s page"), visit.form(NumberToldForm, visit.url("eservices:join")))


async def join(visit: Visit, form: NumberToldForm) -> See:
    """Right: her page."""
    made = await showing.join(form.number, by=visit.actor, address=visit.address, now=visit.now)
    return See(visit.url("eservices:shown", shown=made))


async def show_shown(visit: Visit, shown: Showing) -> ShownPage:
    """The page on which she stands, with no answer of hers in it."""
    draft = await view_draft(await Draft.get(id=shown.draft_id), visit.now)
    card = await card_of(shown.person_id)
    bare = replace(draft, person=await card_of(draft.person_id), answers=Answers(whom=draft.answers.whom), materials={})
    steps = steps_of(draft.asked)
    step = known_step(shown.step, draft.asked, draft.open_step)
    visit.live_url = visit.url("eservices:shown_live", shown=shown.id)
    asked = await ask(visit, bare, step, "-") if step not in (REVIEW, HOUSEHOLD) else None
    rows = await review_rows(visit, draft) if step == REVIEW else []
    return ShownPage(
        title=draft.name.in_language(visit.language),
        whom=card.name,
        name=step,
        number=steps.index(step) + 1,
        total=len(steps),
        fields=tuple(_field(visit, shown, asked.form.field(name)) for name in asked.fields) if asked else (),
        how=asked.how if asked else (),
        lines=tuple((row.label, bool(row.text)) for row in rows),
        here=visit.url("eservices:shown", shown=shown.id),
        stop=visit.form(forms.EmptyForm, visit.url("eservices:stop_looking", shown=shown.id)),
    )


def _field(visit: Visit, shown: Showing, it: object) -> ShownField:
    name = str(getattr(it, "name", ""))
    pointed = shown.pointed == name
    form = visit.form(PointForm, visit.url("eservices:point", shown=shown.id), {"name": "" if pointed else name})
    return ShownField(it, form, pointed)


async def point(visit: Visit, form: PointForm, shown: Showing) -> See:
    """It stands out on her page."""
    await showing.point(shown, form.name, now=visit.now)
    return See(visit.url("eservices:shown", shown=shown.id))


async def stop_looking(visit: Visit, shown: Showing) -> See:
    """The colleague hangs up."""
    await showing.stop(shown.draft_id, now=visit.now)
    return See(visit.url("eservices:told"), _("You don’t see the page any more."))


async def listen_shown(_visit: Visit, shown: Showing) -> Topics:
    """That she has gone on, or stopped."""
    return _topics(str(shown.id))


_SHOWN = {"shown": SHOWN}
SHOWING_ROUTES: tuple[Route, ...] = (
    action("/show/{draft}/{step}", name="show", access=SIGNED_IN, handler=begin, loads=_STEP),
    action("/show/{draft}/{step}/here", name="show_here", access=SIGNED_IN, handler=here, loads=_STEP),
    action("/show/{draft}/{step}/stop", name="stop_showing", access=SIGNED_IN, handler=stop, loads=_STEP),
    page("/show/{draft}/{step}/banner", name="banner", access=SIGNED_IN, handler=show_banner, loads=_STEP),
    stream("/show/{draft}/live", name="showing_live", access=SIGNED_IN, handler=listen, loads={"draft": DRAFT}),
    page("/desk/shown", name="told", access=HANDLE, handler=show_told),
    action("/desk/shown", name="join", access=HANDLE, handler=join, form=NumberToldForm, again="told"),
    page("/desk/shown/{shown}", name="shown", access=HANDLE, handler=show_shown, loads=_SHOWN),
    action(
        "/desk/shown/{shown}/point",
        name="point",
        access=HANDLE,
        handler=point,
        loads=_SHOWN,
        form=PointForm,
        again="told",
    ),
    action(
        "/desk/shown/{shown}/stop", name="stop_looking", access=HANDLE, handler=stop_looking, loads=_SHOWN, again="told"
    ),
    stream("/desk/shown/{shown}/live", name="shown_live", access=HANDLE, handler=listen_shown, loads=_SHOWN),
)
