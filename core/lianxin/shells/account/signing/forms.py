"""What is asked while signing in: one question a page."""

from __future__ import annotations

import unicodedata
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from lianxin.api import N_, Input, NameText, PhoneText, Wrong


def _six_digits(text: str) -> str:
    """Digits as somebody copies them: any width, with spaces."""
    digits = "".join(character for character in unicodedata.normalize("NFKC", text) if character.isdecimal())
    if len(digits) != 6:
        raise Wrong(N_("The code has 6 digits. Type it again."))
    return digits


SixDigits = Annotated[str, Field(max_length=20), AfterValidator(_six_digits)]


class PhoneForm(BaseModel):
    """Which telephone the code goes to."""

    phone: Annotated[
        PhoneText,
        Field(max_length=30),
        Input(
            label=N_("What is your phone number?"),
            hint=N_("We send a code of 6 digits to it. It costs nothing."),
            kind="tel",
            autocomplete="tel",
            inputmode="tel",
            missing=N_("Type the phone number."),
        ),
    ]


class CodeForm(BaseModel):
    """The code that was sent."""

    code: Annotated[
        SixDigits,
        Input(
            label=N_("Which 6 digits did we send you?"),
            kind="number",
            autocomplete="one-time-code",
            inputmode="numeric",
            missing=N_("Type the 6 digits of the text message."),
        ),
    ]


class AgainForm(BaseModel):
    """Another code, please: nothing to fill in."""


class PersonForm(BaseModel):
    """Which of the people whom a telephone reaches."""

    person: Annotated[
        str,
        Field(max_length=40),
        Input(
            label=N_("Who are you?"),
            hint=N_("Several people use this phone."),
            kind="choice",
            missing=N_("Choose who you are."),
        ),
    ]


class NameForm(BaseModel):
    """The name of somebody whom the site does not know yet."""

    name: Annotated[
        NameText,
        Field(max_length=60),
        Input(
            label=N_("What is your name?"),
            hint=N_("As on your ID card. We show it to the staff who handle your matters."),
            autocomplete="name",
            missing=N_("Type the name."),
        ),
    ]


class FactForm(BaseModel):
    """One more fact, where a number may have gone to somebody else."""

    answer: Annotated[
        str,
        Field(max_length=60),
        Input(
            label=N_("One more thing: your name, or the last 4 characters of your ID number"),
            hint=N_("Phone numbers pass from one person to another. So we make sure that it is you."),
            autocomplete="off",
            missing=N_("Type your name or the last 4 characters of your ID number."),
        ),
    ]


class SlipForm(BaseModel):
    """The slip that the desk printed, and one fact."""

    code: Annotated[
        str,
        Field(max_length=40),
        Input(
            label=N_("The 12 characters on the slip"),
            kind="code",
            autocomplete="off",
            missing=N_("Type the 12 characters on the slip."),
        ),
    ]
    answer: Annotated[
        str,
        Field(max_length=60),
        Input(
            label=N_("Your name, or the last 4 characters of your ID number"),
            autocomplete="off",
            missing=N_("Type your name or the last 4 characters of your ID number."),
        ),
    ]


class StaffForm(BaseModel):
    """Login name and password."""

    login_name: Annotated[
        str,
        Field(max_length=60),
        Input(label=N_("Login name"), autocomplete="username", missing=N_("Type your login name.")),
    ]
    password: Annotated[
        str,
        Field(max_length=300),
        Input(
            label=N_("Password"),
            kind="password",
            autocomplete="current-password",
            missing=N_("Type your password."),
        ),
    ]


class TotpForm(BaseModel):
    """The code that the app on the telephone shows."""

    code: Annotated[
        SixDigits,
        Input(
            label=N_("Which 6 digits does the app on your phone show?"),
            kind="number",
            autocomplete="one-time-code",
            inputmode="numeric",
            missing=N_("Type the 6 digits that the app shows."),
        ),
    ]


class NewTotpForm(TotpForm):
    """The first code from a secret that was just set up."""


class NewPasswordForm(BaseModel):
    """One's own password in place of the one that an administrator chose."""

    password: Annotated[
        str,
        Field(max_length=300),
        Input(
            label=N_("Choose your own password"),
            hint=N_("8 characters or more. Four words in a row are easy to remember."),
            kind="password",
            autocomplete="new-password",
            missing=N_("Type your new password."),
        ),
    ]
    repeated: Annotated[
        str,
        Field(max_length=300),
        Input(
            label=N_("The same once more"),
            kind="password",
            autocomplete="new-password",
            missing=N_("Type the new password once more."),
        ),
    ]


class UnlockForm(BaseModel):
    """Who goes on, and her password."""

    who: Annotated[UUID, Input(label=N_("Who goes on?"), kind="choice", missing=N_("Choose who goes on."))]
    password: Annotated[
        str,
        Field(max_length=300),
        Input(label=N_("Password"), kind="password", autocomplete="current-password"),
    ] = ""
