"""What is typed about a system that is told."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from lianxin.api import N_, Input, Wrong
from lianxin_exchange.forms import said


def _some_moment(events: list[str]) -> list[str]:
    if not events:
        raise Wrong(N_("Choose at least one moment."))
    return events


class HookForm(BaseModel):
    """Which system, where, of what, of which place."""

    name: Annotated[
        str,
        Field(max_length=60),
        AfterValidator(said),
        Input(label=N_("Which system is it?"), autocomplete="off", missing=N_("Give it a name.")),
    ]
    url: Annotated[
        str,
        Field(max_length=400),
        Input(
            label=N_("To which address?"),
            hint=N_("It begins with https://. A server in the county’s own network: first name it in the settings."),
            autocomplete="off",
            inputmode="url",
            missing=N_("Type the address."),
        ),
    ]
    area: Annotated[str, Field(max_length=20), Input(label=N_("Of which place?"), kind="select")] = ""
    events: Annotated[
        list[str],
        Field(max_length=200),
        AfterValidator(_some_moment),
        Input(
            label=N_("What shall it be told?"),
            hint=N_("When a matter comes into one of these states."),
            kind="ticks",
            missing=N_("Choose at least one moment."),
        ),
    ]
