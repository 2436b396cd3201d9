"""Forms of going on with what was put aside."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lianxin.api import N_, Input


class SlipForm(BaseModel):
    """The characters of the slip, and one fact."""

    code: Annotated[
        str,
        Field(min_length=1, max_length=40),
        Input(
            label=N_("The 12 characters on this slip"),
            hint=N_("Capital or small, with or without dashes."),
            autocomplete="off",
            missing=N_("Type the 12 characters on this slip."),
        ),
    ]
    fact: Annotated[
        str,
        Field(min_length=1, max_length=60),
        Input(
            label=N_("Last four characters of the person's ID number or phone"),
            hint=N_("If the person has told us neither: the name."),
            kind="tel",
            inputmode="text",
            autocomplete="off",
            missing=N_("Type the last four characters."),
        ),
    ]
