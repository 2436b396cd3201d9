"""Forms of a person's own pages."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lianxin.api import N_, Input, NameText


class PlainForm(BaseModel):
    """A button: nothing to fill in, sent once all the same."""


class RememberForm(BaseModel):
    """How the person wants to be spoken to."""

    language: Annotated[
        str,
        Field(pattern="^(zh_Hans|en)$"),
        Input(
            label=N_("In which language do we write to you?"),
            kind="choice",
            choices=(("zh_Hans", "中文", ""), ("en", "English", "")),
            missing=N_("Choose a language."),
        ),
    ]


class IdentityForm(BaseModel):
    """Name and ID number by the person's own word, until the desk has seen the card."""

    name: Annotated[
        NameText,
        Field(max_length=60),
        Input(label=N_("Your name, as on your ID card"), autocomplete="name", missing=N_("Type the name.")),
    ]
    id_number: Annotated[
        str,
        Field(max_length=30),
        Input(
            label=N_("Your ID number"),
            hint=N_("Some matters need it. It is kept encrypted and shown masked."),
            autocomplete="off",
        ),
    ] = ""


class ReachForm(BaseModel):
    """By which ways, and when nothing rings."""

    channels: Annotated[
        list[Annotated[str, Field(max_length=20)]],
        Field(max_length=20),
        Input(
            label=N_("How may we tell you that something happened?"),
            hint=N_("It always stands in your account too."),
            kind="ticks",
        ),
    ] = []
    hours: Annotated[
        str,
        Field(pattern="^(night|long|none)$"),
        Input(
            label=N_("When may your phone ring?"),
            hint=N_("What is urgent comes at once."),
            kind="choice",
            missing=N_("Choose one."),
        ),
    ]


class HomeForm(BaseModel):
    """Where the person lives: a township, then a village or community."""

    area: Annotated[
        str, Field(max_length=20), Input(label=N_("Where do you live?"), kind="choice", missing=N_("Choose a place."))
    ]


class WithdrawForm(BaseModel):
    """Which consent is taken back."""

    purpose: Annotated[str, Field(max_length=60), Input(kind="hidden")]
