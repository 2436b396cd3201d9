"""The one flow of applications, `eservices.case` (domain: submitted … follow-up done)."""

from __future__ import annotations

from typing import Final

from lianxin.api import (
    APPLICANT,
    N_,
    SYSTEM,
    Detail,
    Flow,
    Limit,
    Pause,
    Resume,
    State,
    StateKind,
    Stop,
    TaskKind,
    Transition,
)
from lianxin_eservices import access, forms
from lianxin_eservices.actions import following, sentences
from lianxin_eservices.actions import handling as do
from lianxin_eservices.actions.household_deciding import household_stands
from lianxin_eservices.actions.noticing import with_notices
from lianxin_eservices.actions.timing import EXTENSION_TASK
from lianxin_eservices.actions.wrong_person import TASK as WRONG_PERSON_TASK
from lianxin_eservices.flow_states import CONDITIONAL, STATE_TRANSITIONS
from lianxin_eservices.flow_wrong_person import WRONG_PERSON_TRANSITIONS
from lianxin_eservices.queries.case import desk_case, my_case
from lianxin_eservices.queries.offering import withheld

FLOW: Final = "eservices.case"
RECTIFY: Final = "eservices.rectify"
LOOK_INTO: Final = "eservices.look_into"

_OFFICE, _APPLICANT, _CLOSED = StateKind.OFFICE, StateKind.APPLICANT, StateKind.CLOSED
_DECIDES = N_(
    "The office decides by %(due)s. You need not do anything now.|The office decides. You need not do anything now."
)

STATES: Final = (
    State(
        "submitted",
        N_("Sent"),
        _OFFICE,
        N_("We check your papers by %(due)s. You need not do anything now.|We check your papers now."),
    ),
    State(
        "correction_requested",
        N_("Something is missing"),
        _APPLICANT,
        N_("Send us what is on the list, or bring it to the desk."),
        "wait",
    ),
    State("returned", N_("Back at the station"), _OFFICE, _DECIDES),
    State(
        "papers_missing",
        N_("A paper is missing"),
        _APPLICANT,
        N_("A paper that was to follow did not come in time. Send it or bring it, then it goes on."),
        "wait",
    ),
    State("accepted", N_("Accepted"), _OFFICE, _DECIDES),
    State("investigating", N_("Being looked into"), _OFFICE, N_("Two colleagues visit you. They call first.")),
    State("public_notice", N_("Posted"), _OFFICE, N_("It is posted for objections. After that the office decides.")),
    State(
        "special_procedure",
        N_("Waiting for an assessment"),
        _OFFICE,
        N_("The time does not count until the assessment or hearing is over. We tell you then."),
        "wait",
    ),
    State("extended", N_("Takes longer"), _OFFICE, _DECIDES),
    State("deciding", N_("Being decided"), _OFFICE, _DECIDES),
    State("completed", N_("Approved"), _OFFICE, N_("It is approved. We tell you when the result is there."), "ok"),
    State(
        "rejected",
        N_("Not approved"),
        _OFFICE,
        N_(
            "We hand you the decision in writing by %(due)s. The reason stands below."
            "|We hand you the decision. The reason stands below."
        ),
        "late",
    ),
    State("delivered", N_("Result delivered"), _CLOSED, N_("It is done. Tell us how it was."), "ok"),
    State("refused_acceptance", N_("Not accepted"), _CLOSED, N_("The reason stands below. Call us to ask."), "late"),
    State("withdrawn", N_("Withdrawn"), _CLOSED, N_("You withdrew it. You can apply again at any time."), "plain"),
    State("rated", N_("Rated"), _CLOSED, N_("It is done. Thank you for telling us."), "ok"),
    State("follow_up_done", N_("Followed up"), _CLOSED, N_("It is done. We called you about it."), "ok"),
)
_WITH_OFFICER: Final = ("accepted", "investigating", "public_notice", "special_procedure", "extended", "deciding")
_DECIDABLE: Final = ("accepted", "extended", "deciding")
_UNDECIDED: Final = ("submitted", "correction_requested", "returned", "papers_missing", *_WITH_OFFICER)

_CHECKING: Final = (
    Transition(
        "accept",
        N_("Accept"),
        ("submitted",),
        "accepted",
        access.HANDLE,
        clocks=(Stop("acceptance"),),
        effect=do.accept,
        primary=True,
        icon="stamp",
        done=N_("Accepted"),
    ),
    Transition(
        "request_correction",
        N_("Ask for corrections"),
        ("submitted",),
        "correction_requested",
        access.HANDLE,
        form=forms.CorrectionForm,
        asks=sentences.ask_what_is_missing,
        needs=(do.first_correction,),
        clocks=(Pause("acceptance"),),
        effect=do.request_correction,
        icon="undo",
        done=N_("Asked for corrections"),
    ),
    Transition(
        "request_correction_again",
        N_("Ask for corrections a second time"),
        ("submitted",),
        "correction_requested",
        access.CORRECT_AGAIN,
        form=forms.CorrectAgainForm,
        asks=sentences.ask_what_is_missing_again,
        needs=(do.further_correction,),
        clocks=(Pause("acceptance"),),
        effect=do.request_correction,
        icon="undo",
        done=N_("Asked for corrections a second time"),
    ),
    Transition(
        "complete_correction",
        N_("Send the corrections"),
        ("correction_requested",),
        "submitted",
        APPLICANT,
        clocks=(Resume("acceptance"),),
        effect=do.complete_correction,
        primary=True,
        icon="send",
        done=N_("Sent the corrections"),
    ),
    Transition(
        "deem_accepted",
        N_("Counts as accepted"),
        ("submitted",),
        "accepted",
        SYSTEM,
        clocks=(Stop("acceptance"),),
        effect=do.deem_accepted,
        done=N_("Counts as accepted: the time for checking was over"),
    ),
    Transition(
        "refuse_acceptance",
        N_("Don't accept"),
        ("submitted",),
        "refused_acceptance",
        access.HANDLE,
        form=forms.ReasonForm,
        clocks=(Stop("*"),),
        effect=do.refuse,
        icon="x",
        done=N_("Not accepted"),
    ),
)
_DECIDING: Final = (
    Transition(
        "begin_decision",
        N_("Begin the decision"),
        ("accepted",),
        "deciding",
        access.DECIDE,
        icon="work",
        done=N_("Began the decision"),
    ),
    Transition(
        "return_case",
        N_("Send back to the station"),
        _DECIDABLE,
        "returned",
        access.DECIDE,
        form=forms.ReturnForm,
        effect=do.send_back,
        owner_role="station_staff",
        icon="back",
        done=N_("Sent back to the station"),
    ),
    Transition(
        "hand_in_again",
        N_("Hand in again"),
        ("returned", "papers_missing"),
        "accepted",
        access.HANDLE,
        needs=(following.none_lapsed,),
        clocks=(Resume("committed"), Resume("statutory")),
        effect=do.hand_in_again,
        primary=True,
        icon="send",
        done=N_("Handed in again"),
    ),
    Transition(
        "approve",
        N_("Approve"),
        _DECIDABLE,
        "completed",
        access.DECIDE,
        form=forms.DecisionForm,
        needs=(following.papers_are_there, household_stands),
        clocks=(Stop("*"),),
        effect=do.approve,
        owner_role="station_staff",
        primary=True,
        icon="check",
        done=N_("Approved"),
    ),
    Transition(
        "reject",
        N_("Don't approve"),
        _DECIDABLE,
        "rejected",
        access.DECIDE,
        form=forms.ReasonForm,
        effect=do.reject,
        owner_role="station_staff",
        icon="x",
        done=N_("Not approved"),
    ),
)
_ENDING: Final = (
    Transition(
        "deliver",
        N_("Deliver the result"),
        ("completed", "rejected"),
        "delivered",
        access.DELIVER,
        form=forms.DeliverForm,
        clocks=(Stop("*"),),
        effect=do.deliver,
        primary=True,
        icon="mail",
        done=N_("Result delivered"),
    ),
    Transition(
        "withdraw",
        N_("Withdraw the application"),
        _UNDECIDED,
        "withdrawn",
        APPLICANT,
        form=forms.WithdrawForm,
        asks=do.ask_withdraw,
        clocks=(Stop("*"),),
        effect=do.withdraw,
        icon="x",
        done=N_("Withdrew the application"),
    ),
    Transition(
        "rate",
        N_("Say how it was"),
        ("delivered",),
        "rated",
        APPLICANT,
        form=forms.RateForm,
        effect=do.rate_case,
        primary=True,
        icon="star",
        done=N_("Rated"),
    ),
    Transition(
        "follow_up",
        N_("Put right, and called back"),
        ("rated",),
        "follow_up_done",
        access.DELIVER,
        form=forms.FollowUpForm,
        needs=(do.badly_rated,),
        effect=do.follow_up,
        primary=True,
        icon="phone",
        done=N_("Put right, and called back"),
    ),
    Transition(
        "note_external",
        N_("Note the number in another system"),
        ("returned", *_WITH_OFFICER, "completed", "rejected"),
        None,
        access.DELIVER,
        form=forms.ExternalForm,
        effect=do.note_external,
        icon="folder",
        done=N_("Noted the number in another system"),
    ),
)

CASE_FLOW: Final = Flow(
    name=FLOW,
    version=1,
    title=N_("Applications"),
    icon="doc",
    states=STATES,
    transitions=with_notices(
        (*_CHECKING, *CONDITIONAL, *_DECIDING, *STATE_TRANSITIONS, *_ENDING, *WRONG_PERSON_TRANSITIONS)
    ),
    first="submitted",
    read=access.READ,
    claim=access.CLAIM,
    owner_role="station_staff",
    desk=Detail(desk_case, "eservices/desk_case.html"),
    resident=Detail(my_case, "eservices/my_case.html"),
    tasks=(
        TaskKind(RECTIFY, N_("Put a bad rating right and call back"), "station_staff", Limit(15)),
        TaskKind(EXTENSION_TASK, N_("Decide whether an application may take longer"), "supervisor", Limit(2)),
        TaskKind(WRONG_PERSON_TASK, N_("Look whether an application is another person’s"), "station_staff", Limit(1)),
        TaskKind(LOOK_INTO, N_("Say why an application was not checked in time"), "station_staff", Limit(5)),
    ),
    overdue={"acceptance": "deem_accepted", "posting": "end_posting", "papers": "papers_ran_out"},
    withheld=withheld,
    clock_says={
        "papers": N_("It is accepted. One paper still has to follow: send it by %(due)s, or bring it to the desk."),
        "posting": N_("It is posted for objections until %(due)s. After that the office decides."),
        "investigation": "",
    },
    clock_titles={
        "acceptance": N_("Check of the papers"),
        "committed": N_("Promised decision"),
        "statutory": N_("Decision by law"),
        "investigation": N_("Begin to look into it"),
        "posting": N_("Posted"),
        "papers": N_("Papers that follow"),
        "refusal": N_("Refusal in writing"),
    },
)
