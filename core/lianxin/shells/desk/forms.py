"""What the desk types."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from lianxin.api import N_, IdNumberText, Input, NameText, PhoneText


class PressForm(BaseModel):
    """A button and nothing to type."""


class NoteForm(BaseModel):
    """A line for colleagues, or for the applicant too."""

    text: Annotated[
        str, Field(max_length=1000), Input(label=N_("Note"), kind="textarea", rows=3, missing=N_("Write the note."))
    ]
    public: Annotated[
        bool, Input(label=N_("The applicant may read it"), hint=N_("Else only colleagues do."), kind="tick")
    ] = False


class HandOverForm(BaseModel):
    """To whom, and why."""

    colleague: Annotated[UUID, Input(label=N_("Hand over to"), kind="select", missing=N_("Choose a colleague."))]
    remark: Annotated[str, Field(max_length=300), Input(label=N_("What she should know"))] = ""


class FinishForm(BaseModel):
    """How a task went."""

    outcome: Annotated[
        str,
        Field(max_length=1000),
        Input(label=N_("How did it go?"), kind="textarea", rows=4, missing=N_("Write in one sentence how it went.")),
    ]


class FindForm(BaseModel):
    """One box for all."""

    q: Annotated[
        str,
        Field(max_length=300),
        Input(
            label=N_("Code, name, ID number or its last four, telephone"),
            kind="search",
            autocomplete="off",
            missing=N_("Type what you know: a code, a name, a number."),
        ),
    ]


class NewPersonForm(BaseModel):
    """The one box that finds a person or makes her. `use`: one of those who may be her, or "new"."""

    name: Annotated[NameText, Input(label=N_("Name"), autocomplete="off", missing=N_("Type the name."))]
    id_number: Annotated[
        IdNumberText | None, Input(label=N_("ID number"), kind="code", autocomplete="off", inputmode="text")
    ] = None
    card_seen: Annotated[
        bool,
        Input(label=N_("The ID card lies before me"), hint=N_("Not if she only told the number."), kind="tick"),
    ] = False
    phone: Annotated[PhoneText | None, Input(label=N_("Telephone"), kind="tel", autocomplete="off")] = None
    area: Annotated[str, Field(max_length=20), Input(label=N_("Where she lives"), kind="select")] = ""
    use: Annotated[str, Field(max_length=40), Input(label=N_("Is it one of these?"), kind="choice")] = ""


class RevealForm(BaseModel):
    """Why somebody needs to read it."""

    purpose: Annotated[
        str,
        Field(min_length=2, max_length=100),
        Input(
            label=N_("What do you need it for?"),
            hint=N_("She can read this under “who looked at my data”."),
            missing=N_("Write what you need it for."),
        ),
    ]


class MergeForm(BaseModel):
    """Which other entry is the same person."""

    other: Annotated[
        UUID, Input(label=N_("Which entry is the same person?"), kind="choice", missing=N_("Choose an entry."))
    ]


class SeveralForm(BaseModel):
    """Which of the list, and what to do with each."""

    codes: Annotated[
        list[Annotated[str, Field(max_length=8)]],
        Field(min_length=1, max_length=50),
        Input(label=N_("Which?"), kind="ticks", missing=N_("Tick one at least.")),
    ]
    do: Annotated[
        Literal["claim", "release", "hand_over", "note"],
        Input(
            label=N_("What shall be done?"),
            kind="choice",
            choices=(
                ("claim", N_("Take them"), ""),
                ("release", N_("Give them back"), ""),
                ("hand_over", N_("Hand them over"), N_("Choose below to whom.")),
                ("note", N_("Mark them with a note"), N_("Only colleagues read it.")),
            ),
            missing=N_("Choose what shall be done."),
        ),
    ]
    colleague: Annotated[UUID | None, Input(label=N_("Hand over to"), kind="select")] = None
    remark: Annotated[str, Field(max_length=300), Input(label=N_("Note, or what she should know"))] = ""
