"""Transitions of `eservices.case` that put right for whom it was entered."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, Transition
from lianxin_eservices import access
from lianxin_eservices import forms_wrong_person as asks
from lianxin_eservices.actions import wrong_person

MOVABLE: Final = ("submitted", "correction_requested", "returned", "accepted", "deciding")
TOO_LATE: Final = (
    *("papers_missing", "investigating", "public_notice", "special_procedure", "extended"),
    *("completed", "rejected"),
)
"""Where it is asked all the same, and a sentence says what to do instead."""

WRONG_PERSON_TRANSITIONS: Final = (
    Transition(
        wrong_person.ASK,
        N_("Entered for the wrong person"),
        (*MOVABLE, *TOO_LATE),
        None,
        access.WRONG_PERSON,
        form=asks.RightPersonForm,
        asks=wrong_person.ask_for_whom,
        effect=wrong_person.ask_right_person,
        any_hand=True,
        icon="users",
        done=N_("Said that it was entered for the wrong person"),
    ),
    Transition(
        wrong_person.MOVE,
        N_("Move it to the right person"),
        MOVABLE,
        None,
        access.HANDLE,
        form=asks.MoveForm,
        asks=wrong_person.ask_whether_hers,
        effect=wrong_person.move_to_right_person,
        any_hand=True,
        primary=True,
        icon="users",
        done=N_("Put right for whom it was entered"),
    ),
    Transition(
        wrong_person.LEAVE,
        N_("It is entered for the right person"),
        MOVABLE,
        None,
        access.HANDLE,
        effect=wrong_person.leave_with_person,
        any_hand=True,
        icon="x",
        done=N_("Looked at it: it was entered for the right person"),
    ),
)
