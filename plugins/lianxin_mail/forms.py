"""What a person types on her page."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from lianxin.api import N_, Input, Wrong
from lianxin_mail.rules import LONGEST, clean_address


def _address(text: str) -> str:
    address = clean_address(text)
    if address is None:
        raise Wrong(N_("This is no e-mail address. It looks like name@163.com."))
    return address


class AddressForm(BaseModel):
    """Where letters shall go."""

    address: Annotated[
        str,
        Field(max_length=LONGEST),
        AfterValidator(_address),
        Input(
            label=N_("Your e-mail address"),
            hint=N_("We send a code there, so that nothing of yours goes to a stranger."),
            autocomplete="email",
            inputmode="email",
            missing=N_("Type the e-mail address."),
        ),
    ]


class CodeForm(BaseModel):
    """What the letter said."""

    code: Annotated[
        str,
        Field(pattern=r"^ *\d{6} *$"),
        Input(
            label=N_("The 6 digits in the e-mail"),
            kind="code",
            autocomplete="one-time-code",
            inputmode="numeric",
            missing=N_("Type the 6 digits."),
        ),
    ]


class ForgetForm(BaseModel):
    """A button."""
