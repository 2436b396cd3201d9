"""Requests that are answered or refused; a refusal asks for its reason."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field

from lianxin.api import (
    APPLICANT,
    Detail,
    Flow,
    Input,
    Limit,
    Permission,
    Start,
    State,
    StateKind,
    Stop,
    TaskKind,
    Transition,
    attach_files,
    hookimpl,
    keep,
)


class RefuseForm(BaseModel):
    """Why not."""

    remark: Annotated[str, Field(max_length=100), Input(label="Why not?", missing="Write why not.")]
    papers: Annotated[list[Any], Input(label="Papers", kind="file", accept="image/*")] = []


@dataclass(frozen=True)
class Middle:
    """What the template draws."""

    words: str


async def middle(visit: Any, matter: Any) -> Middle:
    """The plugin's middle."""
    return Middle(f"middle of {matter.code}")


async def keep_papers(change: Any) -> None:
    """The files of the form are staged when this runs."""
    ids = [paper.id for paper in change.data.papers]
    await keep(ids, change.by.person_id, change.now)
    await attach_files(change.matter.id, ids, "paper", by_id=change.by.person_id, now=change.now)


async def ask_colleague(change: Any) -> None:
    """Child work."""
    await change.open_task("small.call", note="Ring her")


STAFF = "small.request.handle"
FLOW = Flow(
    name="small.request",
    version=1,
    title="Request",
    icon="doc",
    states=(
        State("new", "New", StateKind.OFFICE, "We answer by %(due)s.|We answer soon."),
        State("answered", "Answered", StateKind.CLOSED, "This is finished.", "ok"),
        State("refused", "Refused", StateKind.CLOSED, "This is finished.", "plain"),
    ),
    transitions=(
        Transition(
            "answer", "Answer it", ("new",), "answered", STAFF, clocks=(Stop("*"),), primary=True, done="Answered"
        ),
        Transition(
            "refuse", "Refuse it", ("new",), "refused", STAFF, form=RefuseForm, clocks=(Stop("*"),), effect=keep_papers
        ),
        Transition("ring", "Let somebody ring", ("new",), None, STAFF, effect=ask_colleague),
        Transition("withdraw", "Withdraw", ("new",), "refused", APPLICANT),
    ),
    first="new",
    read=STAFF,
    claim=STAFF,
    owner_role="station_staff",
    desk=Detail(middle, "small/middle.html"),
    tasks=(TaskKind("small.call", "Ring", "station_staff", Limit(2)),),
    clock_titles={"answer": "Answer"},
)
CLOCK = Start("answer", Limit(3))


@hookimpl
def flows() -> list[Flow]:
    """One."""
    return [FLOW]


@hookimpl
def permissions() -> list[Permission]:
    """One."""
    return [Permission(STAFF, "Handle requests", ("station_staff", "supervisor"))]
