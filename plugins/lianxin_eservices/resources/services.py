"""Services of the county, as other systems read them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from lianxin.api import N_, Input


class ServicesQuery(BaseModel):
    """Which services."""

    q: Annotated[
        str, Field(max_length=60), Input(label=N_("What to look for: at most 20 are found, the best first."))
    ] = ""
    after: Annotated[str, Field(max_length=200), Input(label=N_("Where the page before ended: its next."))] = ""
    size: Annotated[int, Field(ge=1, le=100), Input(label=N_("How many on a page."))] = 50


class ServiceLine(BaseModel):
    """One service in a list. `slug` names it in addresses."""

    slug: str
    code: str
    name: str
    plain_name: str
    department: str
    department_name: str
    life_event: str
    online: bool
    page: str


class ServiceList(BaseModel):
    """A page of services."""

    rows: list[ServiceLine]
    next: str | None


class TimeLimit(BaseModel):
    """Days from acceptance on."""

    days: int
    unit: Literal["working_day", "calendar_day"]


class PaperWanted(BaseModel):
    """One paper. `ours`: nobody need bring it; `only_if`: only where that holds."""

    code: str
    name: str
    how: str
    only_if: str
    necessity: str
    ours: bool


class Service(ServiceLine):
    """All that its guide says. Amounts are in fen."""

    version: str
    eligibility: str
    papers: list[PaperWanted]
    promised: TimeLimit | None
    statutory: TimeLimit | None
    fee_fen: int
    visits: int
    steps: list[str]
    result: str
    basis: str
    note: str
    identity_level: str
    audience: str
    proxy_allowed: bool
    optional_states: list[str]
