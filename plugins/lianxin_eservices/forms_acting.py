"""Forms of acting for somebody, of asking without an account, and of being called back."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from lianxin.api import N_, CodeText, Input, NameText, PhoneText

_LINE = Field(max_length=200)
_RELATIONSHIPS = (
    ("family", N_("Family"), ""),
    ("neighbour", N_("Neighbour"), ""),
    ("grid_worker", N_("Grid worker"), ""),
    ("staff", N_("Staff of the community"), ""),
    ("other", N_("Somebody else I trust"), ""),
)
_DAYS = (
    ("30", N_("One month"), ""),
    ("90", N_("Three months"), ""),
    ("365", N_("One year"), ""),
)
RELATIONSHIP = Input(
    label=N_("What are you to each other?"), kind="choice", choices=_RELATIONSHIPS, missing=N_("Choose one.")
)
SignedHow = Annotated[
    str,
    Field(pattern="^(signature|paper)$"),
    Input(
        label=N_("How was it signed?"),
        kind="choice",
        choices=(("signature", N_("On this screen"), ""), ("paper", N_("On paper; I photograph it"), "")),
        missing=N_("Choose one."),
    ),
]
SignedPaper = Annotated[
    list[Any],
    Field(max_length=1),
    Input(
        label=N_("The signature, or a photo of the signed paper"),
        kind="file",
        accept="image/jpeg,image/png,image/webp",
    ),
]
DAYS = Input(label=N_("For how long?"), kind="choice", choices=_DAYS, missing=N_("Choose one."))
ITEMS = Input(
    label=N_("For which services?"),
    hint=N_("Choose one or several; none chosen: every service for which somebody else may act."),
    kind="ticks",
)


class ActForForm(BaseModel):
    """For whom, what for, how long; the code goes to that person's telephone."""

    name: Annotated[NameText, Input(label=N_("Name of the person"), hint=N_("As on the ID card."), autocomplete="off")]
    phone: Annotated[
        PhoneText,
        Input(
            label=N_("Phone of the person"),
            hint=N_("We send a code there. The person tells it to you if she or he wants your help."),
            kind="tel",
            autocomplete="off",
        ),
    ]
    relationship: Annotated[str, Field(pattern="^(family|neighbour|grid_worker|staff|other)$"), RELATIONSHIP]
    days: Annotated[int, Field(ge=1, le=366), DAYS]
    items: Annotated[list[str], Field(max_length=60), ITEMS] = []


class LeaveCodeForm(BaseModel):
    """The six digits that the person was sent."""

    code: Annotated[
        str,
        Field(min_length=4, max_length=12),
        Input(
            label=N_("Which code was the person sent?"),
            hint=N_("6 digits. It is good for 10 minutes."),
            kind="code",
            inputmode="numeric",
            autocomplete="one-time-code",
            missing=N_("Type the code."),
        ),
    ]


class ActAgreeForm(BaseModel):
    """The tick before the first question, for somebody else."""

    agree: Annotated[
        bool,
        Input(
            label=N_("I have told the person this, and the person agrees"),
            kind="tick",
            missing=N_("Tick the box if the person agrees."),
        ),
    ]


class DeskLeaveForm(BaseModel):
    """Signed before a colleague: who lets whom do what."""

    name: Annotated[NameText, Input(label=N_("Who lets somebody act: name"), autocomplete="off")]
    id_number: Annotated[
        str, Field(max_length=40), Input(label=N_("ID number"), kind="tel", inputmode="text", autocomplete="off")
    ] = ""
    phone: Annotated[str, Field(max_length=40), Input(label=N_("Phone"), kind="tel", autocomplete="off")] = ""
    card_seen: Annotated[
        bool, Input(label=N_("The ID card lies before me"), hint=N_("Not: she told me the number."), kind="tick")
    ] = False
    use: Annotated[str, Field(max_length=40), Input(label=N_("Is it one of these?"), kind="choice")] = ""
    myself: Annotated[bool, Input(label=N_("I am the one who acts"), kind="tick")] = False
    proxy_name: Annotated[str, Field(max_length=60), Input(label=N_("Who acts: name"), autocomplete="off")] = ""
    proxy_phone: Annotated[
        str, Field(max_length=40), Input(label=N_("Who acts: phone"), kind="tel", autocomplete="off")
    ] = ""
    relationship: Annotated[str, Field(pattern="^(family|neighbour|grid_worker|staff|other)$"), RELATIONSHIP]
    days: Annotated[int, Field(ge=1, le=366), DAYS]
    items: Annotated[list[str], Field(max_length=60), ITEMS] = []
    method: SignedHow
    paper: SignedPaper = []


class StatusForm(BaseModel):
    """How a matter stands, without an account."""

    code: Annotated[CodeText, Input(label=N_("The code of the matter"), hint=N_("8 characters."), kind="code")]
    digits: Annotated[
        str,
        Field(min_length=4, max_length=8),
        Input(
            label=N_("Last four digits of your phone or ID number"),
            kind="tel",
            inputmode="text",
            autocomplete="off",
            missing=N_("Type the last four characters."),
        ),
    ]


class CopyForm(StatusForm):
    """A printed copy: the code that came by phone."""

    code: Annotated[CodeText, Input(label=N_("The code of the matter"), kind="hidden")]
    digits: Annotated[str, Field(min_length=4, max_length=8), Input(kind="hidden")]
    sent: Annotated[
        str,
        Field(min_length=4, max_length=12),
        Input(
            label=N_("Which code did we send you?"),
            hint=N_("6 digits. It is good for 10 minutes."),
            kind="code",
            inputmode="numeric",
            autocomplete="one-time-code",
            missing=N_("Type the code."),
        ),
    ]


class AskCopyForm(StatusForm):
    """Asks for the code by phone."""

    code: Annotated[CodeText, Input(label=N_("The code of the matter"), kind="hidden")]
    digits: Annotated[str, Field(min_length=4, max_length=8), Input(kind="hidden")]


class CallMeForm(BaseModel):
    """Under which number, where none is known."""

    phone: Annotated[
        PhoneText | None, Input(label=N_("Which number shall we call?"), kind="tel", autocomplete="tel")
    ] = None


class CalledForm(BaseModel):
    """What was said on the telephone."""

    outcome: Annotated[
        str,
        Field(max_length=1000),
        Input(
            label=N_("What did you say on the phone?"), kind="textarea", rows=3, missing=N_("One sentence is enough.")
        ),
    ]
