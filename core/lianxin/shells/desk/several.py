"""Several matters at once: taken, given back, handed over, marked; each by itself, each with a line how it went."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lianxin.api import (
    N_,
    FormView,
    MatterInfo,
    QueueRow,
    Refused,
    Shown,
    Visit,
    _,
    add_note,
    claim,
    find_visible,
    hand_over,
    list_queue,
    release,
    show_code,
)
from lianxin.shells.desk.counting import count_queue
from lianxin.shells.desk.detail import colleagues
from lianxin.shells.desk.forms import SeveralForm
from lianxin.shells.desk.pages import Chip
from lianxin.shells.desk.place import VIEWS, flow_of, place_of, view_of
from lianxin.shells.desk.queue import chip

SIZE = 50


@dataclass(frozen=True, slots=True)
class SeveralPage:
    """Lines to tick, and what to do with them. `count`: how many stand in the list."""

    template: ClassVar[str] = "desk/several.html"
    shell: ClassVar[str] = "desk"

    title: str
    chips: list[Chip]
    count: int
    form: FormView
    back: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went with one. `href` is empty where she does not see it any more."""

    title: str
    code: str
    href: str
    done: bool
    says: str


@dataclass(frozen=True, slots=True)
class OutcomesPage:
    """One line a matter."""

    template: ClassVar[str] = "desk/outcomes.html"
    shell: ClassVar[str] = "desk"

    title: str
    outcomes: list[Outcome]
    done: int
    back: str


async def show_several(visit: Visit) -> SeveralPage:
    """The same list as the queue's, under the same filters, to tick."""
    view, flow = view_of(visit), flow_of(visit)
    counts = await count_queue(visit.actor, flow=flow, now=visit.now)
    rows = (await list_queue(visit.actor, view=view, flow=flow, size=SIZE, now=visit.now)).rows
    choices = {
        "codes": [(row.code, row.title, _fact(row)) for row in rows],
        "colleague": [("", _("Choose a colleague"), ""), *await _colleagues(visit, rows)],
    }
    chips = [chip(visit, each, getattr(counts, each), view, "desk:several") for each in VIEWS]
    form = visit.form(SeveralForm, visit.url("desk:do_several", **place_of(visit)), choices=choices)
    back = visit.url("desk:home", **place_of(visit))
    return SeveralPage(_("Several at once"), chips, len(rows), form, back)


def _fact(row: QueueRow) -> str:
    facts = (row.flow_title, show_code(row.code), row.applicant, row.area, row.state, row.owner)
    return " · ".join(fact for fact in facts if fact)


async def _colleagues(visit: Visit, rows: object) -> list[tuple[str, str, str]]:
    """Those of the first line: who may not handle another of the chosen is told so there."""
    for row in rows:  # type: ignore[attr-defined]
        matter = await find_visible(row.code, visit.actor)
        if matter is not None:
            return [(str(key), name, "") for key, name in await colleagues(visit, matter)]
    return []


async def do_several(visit: Visit, form: SeveralForm) -> Shown:
    """One after the other: what is refused stops none of the rest."""
    if form.do == "hand_over" and form.colleague is None:
        raise Refused("desk.colleague", N_("Choose a colleague."), status=422, field="colleague")
    if form.do == "note" and not form.remark.strip():
        raise Refused("desk.remark", N_("Write the note."), status=422, field="remark")
    outcomes = [await _outcome(visit, code, form) for code in dict.fromkeys(form.codes)]
    back = visit.url("desk:several", **place_of(visit))
    done = sum(each.done for each in outcomes)
    return Shown(OutcomesPage(_("How it went"), outcomes, done, back))


async def _outcome(visit: Visit, code: str, form: SeveralForm) -> Outcome:
    matter = await find_visible(code, visit.actor)
    if matter is None:
        return Outcome("", code, "", False, _("You don’t see this matter any more."))
    done, says = True, str(DONE[form.do])
    try:
        await DEEDS[form.do](visit, matter, form)
    except Refused as refused:
        done, says = False, refused.sentence()
    seen = await find_visible(code, visit.actor)
    return Outcome(matter.title, code, visit.url("desk:matter", code=code) if seen else "", done, says)


async def _take(visit: Visit, matter: MatterInfo, _form: SeveralForm) -> None:
    await claim(matter, by=visit.actor, now=visit.now)


async def _give_back(visit: Visit, matter: MatterInfo, _form: SeveralForm) -> None:
    await release(matter, by=visit.actor, now=visit.now)


async def _hand_over(visit: Visit, matter: MatterInfo, form: SeveralForm) -> None:
    colleague: UUID | None = form.colleague
    assert colleague is not None  # asked for above
    await hand_over(matter, colleague, by=visit.actor, now=visit.now, remark=form.remark)


async def _note(visit: Visit, matter: MatterInfo, form: SeveralForm) -> None:
    await add_note(matter, form.remark, by=visit.actor, now=visit.now, public=False)


DEEDS: dict[str, Callable[[Visit, MatterInfo, SeveralForm], Awaitable[None]]] = {
    "claim": _take,
    "release": _give_back,
    "hand_over": _hand_over,
    "note": _note,
}
DONE = {
    "claim": N_("Taken."),
    "release": N_("Given back."),
    "hand_over": N_("Handed over."),
    "note": N_("Noted."),
}
