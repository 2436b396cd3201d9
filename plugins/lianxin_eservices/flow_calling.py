"""The flow of a call-back, `eservices.call_back`: asked for with one press, called, told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from lianxin.api import (
    APPLICANT,
    N_,
    Detail,
    Flow,
    MatterInfo,
    State,
    StateKind,
    Stop,
    Transition,
    Visit,
    _,
    get_vault,
    show_code,
    show_phone,
)
from lianxin_eservices import access, forms_acting
from lianxin_eservices.actions import calling as do
from lianxin_eservices.models import CallBack
from lianxin_eservices.rules.application import CONDITION, PHOTOS


@dataclass(frozen=True, slots=True)
class CallView:
    """What whoever calls needs to know: the number, and where the caller stood."""

    phone: str
    phone_link: str
    step: str
    case_code: str
    case_href: str


STEPS: Final = {
    "whom": N_("Who is it for?"),
    "name": N_("Name"),
    "id-number": N_("ID number"),
    "phone": N_("Phone"),
    "area": N_("Where the home is"),
    "review": N_("Looking everything through"),
}


def step_in_words(step: str) -> str:
    """At which question somebody pressed."""
    if step.startswith(CONDITION):
        return _("Whether a paper is needed")
    if step.startswith(PHOTOS):
        return _("Photos of a paper")
    return str(STEPS.get(step, step))


async def desk_call(visit: Visit, matter: MatterInfo) -> CallView:
    """The number in full: that a colleague looked is written down first."""
    row = await CallBack.get(matter_id=matter.id)
    phone = "" if row.phone is None else await _read(row, matter, visit)
    return CallView(
        phone=show_phone(phone) if phone else "",
        phone_link=phone,
        step=step_in_words(row.step),
        case_code=show_code(row.case_code) if row.case_code else "",
        case_href=visit.url("desk:matter", code=row.case_code) if row.case_code else "",
    )


async def _read(row: CallBack, matter: MatterInfo, visit: Visit) -> str:
    sealed: Any = row.phone
    return await get_vault().reveal(
        sealed,
        table=do.TABLE,
        column="phone",
        row_id=row.matter_id,
        subject_id=matter.applicant_id,
        by=visit.actor.person_id,
        purpose="matter",
        now=visit.now,
        request_id=visit.request_id,
    )


CALL_FLOW: Final = Flow(
    name=do.FLOW,
    version=1,
    title=N_("Call-backs"),
    icon="phone",
    states=(
        State(
            "asked",
            N_("We call you"),
            StateKind.OFFICE,
            N_("We call you by %(due)s. Keep the phone near you.|We call you. Keep the phone near you."),
        ),
        State("called", N_("Called"), StateKind.CLOSED, N_("We have talked. Press “Call me” again at any time."), "ok"),
        State("no_need", N_("No need any more"), StateKind.CLOSED, N_("You said that it is settled."), "plain"),
    ),
    transitions=(
        Transition(
            "call",
            N_("Called and talked"),
            ("asked",),
            "called",
            access.HANDLE,
            form=forms_acting.CalledForm,
            clocks=(Stop("*"),),
            effect=do.called,
            primary=True,
            icon="phone",
            done=N_("Called"),
        ),
        Transition(
            "not_reached",
            N_("Nobody answered"),
            ("asked",),
            None,
            access.HANDLE,
            effect=do.not_reached,
            icon="x",
            done=N_("Called, nobody answered"),
        ),
        Transition(
            "no_need",
            N_("No need to call any more"),
            ("asked",),
            "no_need",
            APPLICANT,
            clocks=(Stop("*"),),
            effect=do.no_need,
            icon="x",
            done=N_("Said that it is settled"),
        ),
    ),
    first="asked",
    read=access.READ,
    claim=access.CLAIM,
    owner_role="station_staff",
    desk=Detail(desk_call, "eservices/desk_call.html"),
    clock_titles={"call_back": N_("Call-back")},
)
