"""What is pressed and typed."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from lianxin.api import N_, Input


class TakeForm(BaseModel):
    """One of the two buttons in the hall."""

    kind: Annotated[Literal["A", "P"], Input(label=N_("Number"), kind="hidden")]


class GiveForm(BaseModel):
    """The desk takes a number for somebody."""

    priority: Annotated[
        Literal["", "aged", "disabled", "pregnant", "child"], Input(label=N_("Goes first"), kind="select")
    ] = ""
    name: Annotated[
        str,
        Field(max_length=40),
        Input(
            label=N_("Name"),
            hint=N_("Only if you have to call her by it. Forgotten when she goes."),
            autocomplete="off",
        ),
    ] = ""
    about: Annotated[str, Field(max_length=60), Input(label=N_("What it is about"), autocomplete="off")] = ""


class SitForm(BaseModel):
    """Which counter."""

    counter: Annotated[
        UUID, Input(label=N_("At which counter do you sit?"), kind="choice", missing=N_("Choose a counter."))
    ]


class AddForm(BaseModel):
    """A further counter, of which station."""

    area: Annotated[str, Field(max_length=20), Input(label=N_("Station"), kind="select")]


class MoveForm(BaseModel):
    """A button of the slip; `counter` only when it is handed on."""

    do: Literal["again", "begin", "miss", "done", "hand_on", "recall"]
    counter: Annotated[
        UUID | None, Input(label=N_("To which counter?"), kind="select", missing=N_("Choose a counter."))
    ] = None


class PressForm(BaseModel):
    """A button and nothing to type."""
