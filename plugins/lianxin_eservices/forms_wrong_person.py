"""What is typed when a case was entered for the wrong person."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from lianxin.api import N_, Input, NameText


class RightPersonForm(BaseModel):
    """Whom the case is for, from the card that lies on the counter, and how the mistake came about."""

    name: Annotated[
        NameText,
        Input(
            label=N_("For whom is it really? Name as on the card"),
            hint=N_(
                "Copy it from the card that lies before you. A colleague looks at it again before anything changes."
            ),
            autocomplete="off",
        ),
    ]
    id_number: Annotated[
        str,
        Field(min_length=1, max_length=40),
        Input(
            label=N_("ID number on the card"),
            kind="tel",
            inputmode="text",
            autocomplete="off",
            missing=N_("Type the number of the card."),
        ),
    ]
    phone: Annotated[
        str,
        Field(max_length=40),
        Input(label=N_("Phone"), hint=N_("Leave it empty if we know it."), kind="tel", autocomplete="off"),
    ] = ""
    consent: Annotated[
        Literal["desk_voice", "desk_paper"],
        Input(
            label=N_("I read the text of this service to the right person, who agreed"),
            hint=N_("The text stands under “New application” when you choose the service."),
            kind="choice",
            choices=(
                ("desk_voice", N_("By voice, at the counter or on the phone"), ""),
                ("desk_paper", N_("On paper, signed"), ""),
            ),
            missing=N_("Read the text out first, then say how the person agreed."),
        ),
    ]
    reason: Annotated[
        str,
        Field(min_length=2, max_length=500),
        Input(
            label=N_("How did it happen?"),
            hint=N_("Only colleagues read this."),
            kind="textarea",
            rows=3,
            missing=N_("Write how it happened."),
        ),
    ]


class MoveForm(BaseModel):
    """The second colleague has looked. What she ticks is the id of the right person: she confirms nobody else."""

    looked: Annotated[
        list[str],
        Field(max_length=1),
        Input(
            label=N_("I have looked at the papers and answers: they belong to"),
            hint=N_("The other person then no longer sees anything of it and is told that it was our mistake."),
            kind="ticks",
            missing=N_("Look at the papers and answers first, then tick this."),
        ),
    ]
