"""Forms of kept papers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel

from lianxin.api import N_, Input


class KeepForm(BaseModel):
    """Beside sending: whether her papers are kept for the next time. Off unless she ticks it."""

    keep: Annotated[bool, Input(label=N_("Keep these papers for next time"), kind="tick")] = False


class UsePaperForm(BaseModel):
    """One press; at the desk the person's word before it."""

    said_yes: Annotated[bool, Input(label=N_("The person stands before me and says: you may use it"), kind="tick")] = (
        False
    )
