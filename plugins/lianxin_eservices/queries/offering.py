"""Which transitions are not offered for a case just now: what its item does not know, what is not at hand."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Final

from lianxin.api import Actor, MatterInfo
from lianxin_eservices.models import Case, Extension, Investigation, Posting, PromisedPaper, WrongPerson
from lianxin_eservices.queries.household import household_of_case
from lianxin_eservices.queries.items import guide_of_version
from lianxin_eservices.rules.application import DESK
from lianxin_eservices.rules.item import OptionalState

_BY_STATE: Final = {
    OptionalState.INVESTIGATING: "investigate",
    OptionalState.PUBLIC_NOTICE: "post",
    OptionalState.SPECIAL_PROCEDURE: "begin_special_procedure",
    OptionalState.EXTENDED: "ask_extension",
}
_OWN_PAGES: Final = frozenset({"send_paper"})
"""Made from pages of the plugin, never by a button of the shell."""
_ANSWERS: Final = frozenset({"move_to_right_person", "leave_with_person"})


async def withheld(matter: MatterInfo, actor: Actor, now: datetime) -> Set[str]:
    """Names of transitions. A transition that is made nevertheless is refused by its own needs."""
    case = await Case.get(matter_id=matter.id)
    guide = await guide_of_version(case.version_id)
    names = set(_OWN_PAGES) | {name for state, name in _BY_STATE.items() if state not in guide.optional_states}
    if matter.state_name == "submitted":
        names.add("request_correction" if case.corrections else "request_correction_again")
        if not any(material.may_follow for material in guide.materials):
            names.add("accept_conditionally")
    if matter.state_name == "investigating":
        names |= await _of_investigation(matter, actor, posts=OptionalState.PUBLIC_NOTICE in guide.optional_states)
    elif matter.state_name == "public_notice":
        names |= await _of_posting(matter, now)
    elif OptionalState.EXTENDED in guide.optional_states and matter.state_name in ("accepted", "deciding"):
        names |= await _of_extension(matter, actor)
    if guide.by_household and (household := await household_of_case(matter.id, now)) is not None and household.open:
        names.add("approve")
    names |= await _of_wrong_person(matter, actor, case)
    if guide.papers_follow_within is None:
        names |= {"confirm_papers", "end_unfinished"}
    else:
        names |= await _of_papers(matter)
    return names


async def _of_investigation(matter: MatterInfo, actor: Actor, *, posts: bool) -> set[str]:
    row = await Investigation.get_or_none(matter_id=matter.id, concluded_at=None, dropped_at=None)
    if row is None:
        return {"sign_findings", "go_on", "post"}
    hers = {row.first_id: row.first_signed_at, row.second_id: row.second_signed_at}
    names = set()
    if actor.person_id not in hers or hers[actor.person_id] is not None:
        names.add("sign_findings")
    if None in hers.values():
        names |= {"go_on", "post"}
    else:
        names.add("name_others")
    return names


async def _of_posting(matter: MatterInfo, now: datetime) -> set[str]:
    row = await Posting.get_or_none(matter_id=matter.id, outcome="")
    if row is None:
        return {"record_objection", "answer_objection", "go_on"}
    names = set()
    over = row.ends_at <= now
    if over:
        names.add("record_objection")
    if not row.open_objections:
        names.add("answer_objection")
    if row.open_objections or not over:
        names.add("go_on")
    return names


async def _of_extension(matter: MatterInfo, actor: Actor) -> set[str]:
    rows = await Extension.filter(matter_id=matter.id, outcome__in=["", "granted"])
    asked = next((row for row in rows if row.outcome == ""), None)
    names = {"ask_extension"} if rows else set()
    if asked is None or asked.asked_by_id == actor.person_id:
        names |= {"extend", "decline_extension"}
    return names


async def _of_wrong_person(matter: MatterInfo, actor: Actor, case: Case) -> Set[str]:
    """The button is there for what the desk entered; for anything else a sentence says why not, if it is asked."""
    row = await WrongPerson.get_or_none(matter_id=matter.id, outcome=None)
    if row is None:
        return _ANSWERS if case.whom == DESK else {"ask_right_person", *_ANSWERS}
    # Until it is answered the office does nothing else with it (actions/wrong_person.py).
    names = {each.name for each in matter.flow.transitions if isinstance(each.access, str)}
    return names if row.asked_by_id == actor.person_id else names - _ANSWERS


async def _of_papers(matter: MatterInfo) -> set[str]:
    rows = await PromisedPaper.filter(matter_id=matter.id, confirmed_at=None)
    names = set() if rows else {"confirm_papers"}
    if not any(row.lapsed_at for row in rows):
        names.add("end_unfinished")
    return names
