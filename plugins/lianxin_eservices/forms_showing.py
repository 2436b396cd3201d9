"""Forms of in-hand help."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lianxin.api import N_, Input


class NumberToldForm(BaseModel):
    """What was told on the telephone."""

    number: Annotated[
        str,
        Field(min_length=6, max_length=12),
        Input(
            label=N_("Which number were you told?"),
            hint=N_("6 digits. It is good for 10 minutes."),
            kind="code",
            inputmode="numeric",
            autocomplete="off",
            missing=N_("Type the number."),
        ),
    ]


class PointForm(BaseModel):
    """At which field."""

    name: Annotated[str, Field(max_length=40), Input(kind="hidden")] = ""
