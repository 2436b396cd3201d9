"""Forms of a household: who lives there, the code that was read out, what was signed, one's own word."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lianxin.api import N_, IdNumberText, Input, NameText, PhoneText
from lianxin_eservices.forms_acting import SignedHow, SignedPaper
from lianxin_eservices.rules.household import APPLICANT, RELATIONS

_CHOICES = tuple((key, title, "") for key, title in RELATIONS.items() if key != APPLICANT)


class MemberForm(BaseModel):
    """One who lives with the applicant."""

    name: Annotated[NameText, Input(label=N_("Name"), hint=N_("As on the ID card."), autocomplete="off")]
    id_number: Annotated[
        IdNumberText,
        Input(
            label=N_("ID number"),
            hint=N_("18 characters; the last one may be an X. Children have one too: in the household register."),
            kind="tel",
            inputmode="text",
            autocomplete="off",
        ),
    ]
    relation: Annotated[
        str,
        Field(pattern="^(spouse|child|parent|grandparent|grandchild|sibling|other)$"),
        Input(
            label=N_("What is she or he to the applicant?"), kind="choice", choices=_CHOICES, missing=N_("Choose one.")
        ),
    ]
    guardian: Annotated[
        str,
        Field(max_length=40),
        Input(
            label=N_("Only if under 18: who looks after her or him?"),
            hint=N_("An adult who lives with you too."),
            kind="select",
        ),
    ] = ""


class AllForm(BaseModel):
    """These are all, and the writer's own word where she is the applicant."""

    agree: Annotated[bool, Input(label=N_("I agree that my income and property are checked for this"), kind="tick")] = (
        False
    )


class WordPhoneForm(BaseModel):
    """Where the code goes."""

    phone: Annotated[
        PhoneText,
        Input(
            label=N_("Her or his phone"),
            hint=N_("We send a code there. Whoever agrees tells it to you."),
            kind="tel",
            autocomplete="off",
        ),
    ]


class SignedForm(BaseModel):
    """Signed before a colleague."""

    way: SignedHow
    paper: SignedPaper = []


class AgreeForm(BaseModel):
    """One's own word: yes."""

    agree: Annotated[
        bool,
        Input(
            label=N_("I have read it and agree"),
            kind="tick",
            missing=N_("Tick the box if you agree, or press “I don’t”."),
        ),
    ]


class FindWordsForm(BaseModel):
    """Who has come to the desk to take her word back."""

    id_number: Annotated[
        IdNumberText,
        Input(
            label=N_("ID number of whoever takes her or his word back"),
            hint=N_("Only the person herself or himself: by phone it can't be done."),
            kind="tel",
            inputmode="text",
            autocomplete="off",
        ),
    ]
    card_seen: Annotated[
        bool,
        Input(
            label=N_("The person stands before me, and I have the ID card in my hand"),
            kind="tick",
            missing=N_("Look at the ID card first, then tick this."),
        ),
    ] = False


class TakeBackForm(BaseModel):
    """The number once more, of whoever stands at the desk."""

    id_number: Annotated[IdNumberText, Input(kind="hidden")]


class NumberForm(BaseModel):
    """Why somebody needs to read a number."""

    purpose: Annotated[
        str,
        Field(min_length=2, max_length=100),
        Input(
            label=N_("What do you need it for?"),
            hint=N_("It is written down, with your name."),
            missing=N_("Write what you need it for."),
        ),
    ]
