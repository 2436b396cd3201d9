"""What is typed on the plugin's pages."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from lianxin.api import N_, Input, Wrong
from lianxin_exchange.rules.tokens import LASTS


def said(text: str) -> str:
    """A name that is more than spaces."""
    if not text.strip():
        raise Wrong(N_("Give it a name."))
    return text.strip()


def _some_right(names: list[str]) -> list[str]:
    if not names:
        raise Wrong(N_("Choose at least one right, of those that you hold yourself."))
    return names


class TokenForm(BaseModel):
    """Which program, what it may, for how long."""

    name: Annotated[
        str,
        Field(max_length=60),
        AfterValidator(said),
        Input(
            label=N_("Which program is it for?"),
            hint=N_("So that you know later which one to end, for example “Civil affairs system, server 2”."),
            autocomplete="off",
            missing=N_("Give it a name."),
        ),
    ]
    permissions: Annotated[
        list[str],
        Field(max_length=60),
        AfterValidator(_some_right),
        Input(
            label=N_("What may it do?"),
            hint=N_("As little as it needs; in your place and office, as you do yourself."),
            kind="ticks",
            missing=N_("Choose at least one right, of those that you hold yourself."),
        ),
    ]
    days: Annotated[
        int,
        Input(
            label=N_("How long does it count?"),
            kind="choice",
            choices=tuple((str(days), N_("%(days)s days", days=days), "") for days in LASTS),
            missing=N_("Choose how long it shall count."),
        ),
    ]


class PressForm(BaseModel):
    """A button and nothing to fill in."""
