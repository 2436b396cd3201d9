"""Choosing one's community."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from lianxin.api import N_, Input


class CommunityForm(BaseModel):
    """Where a visitor is at home: the code of a township, then of a village or community."""

    area: Annotated[
        str, Field(max_length=20), Input(label=N_("Where do you live?"), kind="choice", missing=N_("Choose a place."))
    ]
