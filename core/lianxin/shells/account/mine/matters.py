"""My matters: the list, one of them, what I may do about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from lianxin.api import (
    APPLICANT,
    N_,
    Actor,
    Asked,
    MatterInfo,
    Refused,
    See,
    Transition,
    Visit,
    _,
    advance,
    get_detail,
    list_mine,
    offered,
    remind,
)
from lianxin.shells.account.mine.forms import PlainForm
from lianxin.shells.account.mine.pages import ButtonView, HomePage, MatterPage, TransitionPage


def whose(visit: Visit) -> UUID:
    """The person behind the visit; the route admits nobody without one."""
    assert visit.actor.person_id is not None
    return visit.actor.person_id


async def show_home(visit: Visit) -> HomePage:
    """What is under way, newest first."""
    after = visit.query("after")
    listed = await list_mine(visit.actor.person_ids, after=after, now=visit.now)
    next_href = visit.url("account:home", after=listed.next_key) if listed.next_key else ""
    return HomePage(_("My matters"), tuple(listed.rows), next_href, not after)


async def show_matter(visit: Visit, code: MatterInfo) -> MatterPage:
    """How it stands, what happens next, what I may do, what happened so far."""
    shown = code.flow.resident
    return MatterPage(
        title=code.title,
        it=await get_detail(code, visit.actor, now=visit.now),
        detail=await shown.query(visit, code) if shown else None,
        detail_template=shown.template if shown else "",
        buttons=tuple(
            _button(visit, code, each)
            for each in await offered(code, visit.actor, visit.now)
            if each.access is APPLICANT
        ),
        remind=visit.form(PlainForm, visit.url("account:remind", code=code.code)) if _waits(visit, code) else None,
    )


def _waits(visit: Visit, matter: MatterInfo) -> bool:
    """Whether she is the one who waits for the office."""
    hers = not {matter.applicant_id, matter.made_by_id}.isdisjoint(visit.actor.person_ids)
    return hers and matter.closed_at is None and matter.state.kind.value == "office"


def _button(visit: Visit, matter: MatterInfo, transition: Transition) -> ButtonView:
    href = visit.url("account:transition", code=matter.code, transition=transition.name)
    form = None if transition.form else visit.form(PlainForm, href)
    return ButtonView(str(transition.title), transition.icon, transition.primary, href, form)


def _transition(matter: MatterInfo, name: str) -> Transition:
    """One that applicants may make; of others nothing is said."""
    chosen = next((each for each in matter.flow.transitions if each.name == name), None)
    if chosen is None or chosen.access is not APPLICANT:
        raise Refused("account.no_transition", N_("There is nothing of that kind to do here."), status=404)
    return chosen


async def show_transition(visit: Visit, code: MatterInfo, transition: str) -> TransitionPage:
    """The questions of a transition, or only "are you sure"."""
    chosen = _transition(code, transition)
    address = visit.url("account:transition", code=code.code, transition=chosen.name)
    asked = await _asked(visit, code, chosen)
    form = visit.form(asked.form, address, asked.values, choices=asked.choices)
    title = str(chosen.title)
    return TransitionPage(title, code.title, form, title, visit.url("account:matter", code=code.code))


async def _asked(visit: Visit, matter: MatterInfo, transition: Transition) -> Asked:
    """What it asks about this matter."""
    if transition.asks is None:
        return Asked(transition.form or PlainForm)
    return await transition.asks(matter, visit.actor, visit.now)


async def make_transition(visit: Visit, code: MatterInfo, transition: str) -> See:
    """Does it. Whatever stands against it is said on the page with the questions."""
    chosen = _transition(code, transition)
    data: Any = visit.read((await _asked(visit, code, chosen)).form)
    remark = str(getattr(data, "remark", "") or "")
    await advance(code, chosen.name, by=_speaking(visit, code), now=visit.now, data=data, remark=remark)
    return See(visit.url("account:matter", code=code.code), chosen.done or _("It is done."))


def _speaking(visit: Visit, matter: MatterInfo) -> Actor:
    """Herself, or for whom she entered it: history then shows both names."""
    for_other = matter.applicant_id is not None and matter.applicant_id not in visit.actor.person_ids
    if for_other and matter.made_by_id in visit.actor.person_ids:
        assert matter.applicant_id is not None
        return visit.actor.acting_for(matter.applicant_id)
    return visit.actor


async def hurry(visit: Visit, code: MatterInfo) -> See:
    """The applicant asks how it stands; the office sees it."""
    back = visit.url("account:matter", code=code.code)
    try:
        await remind(code, by=_speaking(visit, code), now=visit.now)
    except Refused as refused:
        return See(back, refused.sentence(), "warn")
    return See(back, _("We have told the office that you are waiting."))
