"""Cases, as other systems read them. No ID number, telephone or address is among it, and names are masked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from lianxin.api import N_, Input

_After = Annotated[str, Field(max_length=500), Input(label=N_("Where the page before ended: its next."))]
_Size = Annotated[int, Field(ge=1, le=100), Input(label=N_("How many on a page."))]


class MineQuery(BaseModel):
    """Which page of one's own cases."""

    after: _After = ""
    size: _Size = 20


class QueueQuery(BaseModel):
    """Which of the open cases in one's queues."""

    view: Annotated[
        Literal["all", "mine", "unclaimed", "overdue", "elsewhere"],
        Input(
            label=N_("Which: all of one’s queues, mine in hand, nobody’s, overdue, or those that are elsewhere now.")
        ),
    ] = "all"
    after: _After = ""
    size: _Size = 50


class Move(BaseModel):
    """Something that may be done to the case now: `POST …/moves/<name>`."""

    name: str
    title: str


class CaseState(BaseModel):
    """Where a case stands. `version` grows with every change."""

    code: str
    state: str
    state_title: str
    version: int
    due_at: datetime | None
    closed_at: datetime | None


class MyCaseLine(BaseModel):
    """One of one's own cases. `says` tells what happens next; `your_turn`: by the applicant."""

    code: str
    title: str
    state: str
    state_title: str
    says: str
    your_turn: bool
    closed: bool
    for_other: str
    changed_at: datetime


class MyCaseList(BaseModel):
    """A page of one's own cases, the newest first."""

    rows: list[MyCaseLine]
    next: str | None


class StageShown(BaseModel):
    """One stage of its way: done, now, or still to come (empty)."""

    title: str
    note: str
    state: str


class PaperGiven(BaseModel):
    """One paper of the case."""

    code: str
    name: str
    state_title: str
    applies: bool
    ours: bool


class MyCase(CaseState):
    """How one's own case stands."""

    title: str
    service: str
    says: str
    created_at: datetime
    stages: list[StageShown]
    papers: list[PaperGiven]
    wanted: list[str]
    decision: str
    reason: str
    delivered: str
    moves: list[Move]


class QueueLine(BaseModel):
    """One open case of the queue."""

    code: str
    title: str
    state: str
    state_title: str
    version: int
    due_at: datetime | None
    late: bool
    owner: str
    mine: bool
    applicant: str
    area: str
    reminders: int


class QueueList(BaseModel):
    """A page of the queue: overdue first, then by deadline, then what has no running clock."""

    rows: list[QueueLine]
    next: str | None


class ClockShown(BaseModel):
    """One promise of time."""

    kind: str
    title: str
    due_at: datetime
    state: str
    late: bool


class Happening(BaseModel):
    """One line of the history."""

    at: datetime
    title: str
    who: str
    remark: str
    state_title: str


class OfficeCase(CaseState):
    """One case, for whoever handles it."""

    title: str
    service: str
    service_code: str
    area: str
    office: str
    owner: str
    owner_role: str
    applicant: str
    identity: str
    whom: str
    created_at: datetime
    changed_at: datetime
    accepted_at: datetime | None
    decided_at: datetime | None
    due_kind: str
    deemed: bool
    decision: str
    reason: str
    external_system: str
    external_case_no: str
    papers: list[PaperGiven]
    clocks: list[ClockShown]
    history: list[Happening]
    moves: list[Move]
