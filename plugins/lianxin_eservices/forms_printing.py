"""What is pressed about printing."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from lianxin.api import N_, Input


class PrintLaterForm(BaseModel):
    """A notice by its id; without one, the receipt."""

    which: Annotated[UUID | None, Input(label=N_("Notice"), kind="hidden")] = None


class PrintedForm(BaseModel):
    """Which sheets came out of the printer."""

    sheets: Annotated[list[UUID], Field(max_length=200), Input(label=N_("Sheets"), kind="ticks")] = []


class TakeOutForm(BaseModel):
    """One line of the list."""

    line: Annotated[UUID, Input(label=N_("Sheet"), kind="hidden")]
