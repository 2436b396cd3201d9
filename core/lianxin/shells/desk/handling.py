"""What is done to a matter from its page: taken, given back, handed over, noted, moved on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from lianxin.api import (
    N_,
    FormView,
    MatterInfo,
    Refused,
    See,
    Shown,
    Transition,
    Visit,
    _,
    add_note,
    advance,
    claim,
    find_visible,
    hand_over,
    offered,
    release,
    stage_upload,
)
from lianxin.shells.desk.detail import show_matter
from lianxin.shells.desk.forms import HandOverForm, NoteForm, PressForm
from lianxin.shells.desk.pages import TransitionPage
from lianxin.shells.desk.place import matter_address, place_of

TOLD = (409, 422, 429)
"""Refusals that are said on the page itself; the others have a page of their own."""


async def act(visit: Visit, code: MatterInfo) -> Any:
    """One of the small things: which one stands in the field `do`."""
    name = str(dict(visit.typed).get("do", ""))
    deed = DEEDS.get(name)
    if deed is None:
        raise Refused("desk.no_deed", N_("Go back to the page and use its button."), status=422)
    try:
        return await deed(visit, code)
    except Refused as refused:
        if visit.read_as is not None or refused.status not in TOLD:
            raise
        return await show_refused(visit, code, refused)


async def show_refused(visit: Visit, matter: MatterInfo, refused: Refused) -> Any:
    """The matter as it is now, and above it why the button did nothing; the queue when it is out of her sight."""
    visit.tell("late", refused.sentence())
    fresh = await find_visible(matter.code, visit.actor)
    if fresh is None:
        return See(visit.url("desk:home", **place_of(visit)))
    return Shown(await show_matter(visit, fresh), refused.status)


async def _take(visit: Visit, matter: MatterInfo) -> See:
    await claim(matter, by=visit.actor, now=visit.now)
    return See(matter_address(visit, matter.code), _("You have this in hand now."))


async def _give_back(visit: Visit, matter: MatterInfo) -> See:
    await release(matter, by=visit.actor, now=visit.now)
    return See(matter_address(visit, matter.code), _("Given back: a colleague can take it."))


async def _hand_over(visit: Visit, matter: MatterInfo) -> See:
    form = visit.read(HandOverForm)
    await hand_over(matter, form.colleague, by=visit.actor, now=visit.now, remark=form.remark)
    return See(await _onward(visit, matter), _("Handed over."))


async def _note(visit: Visit, matter: MatterInfo) -> See:
    form = visit.read(NoteForm)
    await add_note(matter, form.text, by=visit.actor, now=visit.now, public=form.public)
    return See(matter_address(visit, matter.code), _("Noted."))


DEEDS: dict[str, Callable[[Visit, MatterInfo], Awaitable[Any]]] = {
    "claim": _take,
    "release": _give_back,
    "hand_over": _hand_over,
    "note": _note,
}


async def _onward(visit: Visit, matter: MatterInfo) -> str:
    """The matter's page, or the queue when it has left this person's sight."""
    seen = await find_visible(matter.code, visit.actor)
    return matter_address(visit, matter.code) if seen else visit.url("desk:home", **place_of(visit))


def _transition(matter: MatterInfo, name: str) -> Transition:
    found = next((each for each in matter.flow.transitions if each.name == name), None)
    if found is None:
        text = N_(
            "Nothing under this address that you may see. If it is right, ask the community or your administrator."
        )
        raise Refused("desk.no_transition", text, status=404)
    return found


async def show_transition(visit: Visit, code: MatterInfo, transition: str) -> Any:
    """Its questions. When it can't be made any more the matter is shown, and why."""
    declared = _transition(code, transition)
    if declared not in await offered(code, visit.actor, visit.now):
        text = N_("This can't be done now: it is “%(state)s”, or a colleague has it in hand.")
        refused = Refused("desk.not_now", text, state=str(code.state.title))
        return await show_refused(visit, code, refused)
    action = visit.url("desk:transition", code=code.code, transition=transition, **place_of(visit))
    try:
        form = await asked_form(visit, code, declared, action)
    except Refused as refused:
        if refused.status not in TOLD:
            raise
        return await show_refused(visit, code, refused)
    return TransitionPage(
        title=str(declared.title),
        matter_title=code.title,
        code=code.code,
        back=matter_address(visit, code.code),
        upload=bool(form.enctype),
        form=form,
    )


async def asked_form(visit: Visit, matter: MatterInfo, declared: Transition, action: str) -> FormView:
    """The form of a transition, with what this matter has to choose from."""
    if declared.asks is None:
        return visit.form(declared.form or PressForm, action)
    asked = await declared.asks(matter, visit.actor, visit.now)
    return visit.form(asked.form, action, asked.values, choices=asked.choices)


async def make_transition(visit: Visit, code: MatterInfo, transition: str) -> Any:
    """Makes it. What a form asks for is read first; its files are there, staged, when the effect runs."""
    declared = _transition(code, transition)
    asks = declared.asks
    model = (await asks(code, visit.actor, visit.now)).form if asks is not None else declared.form
    data = await _with_files(visit, visit.read(model)) if model is not None else None
    remark = getattr(data, "remark", "")
    try:
        await advance(
            code, transition, by=visit.actor, now=visit.now, data=data, remark=remark if isinstance(remark, str) else ""
        )
    except Refused as refused:
        if data is not None or refused.status not in TOLD:
            raise
        return await show_refused(visit, code, refused)
    return See(await _onward(visit, code), str(declared.done or declared.title))


async def _with_files(visit: Visit, form: Any) -> Any:
    """The form with its uploads staged: a field of files then holds a list of `FileInfo`."""
    staged: dict[str, Any] = {}
    for name, field in visit.form(type(form), "").fields.items():
        if field.kind != "file":
            continue
        given = getattr(form, name) or []
        uploads = given if isinstance(given, list | tuple) else [given]
        staged[name] = [await _stage(visit, name, upload) for upload in uploads if getattr(upload, "size", 0)]
    return form.model_copy(update=staged) if staged else form


async def _stage(visit: Visit, name: str, upload: Any) -> Any:
    async def pieces() -> Any:
        while piece := await upload.read(65_536):
            yield piece

    return await stage_upload(pieces(), upload.filename or "", visit.actor.person_id, visit.now, field=name)
