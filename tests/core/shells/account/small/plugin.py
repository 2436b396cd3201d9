"""Requests that a resident adds to, with or without a question, or takes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field

from lianxin.api import (
    APPLICANT,
    ConsentTitles,
    Detail,
    Flow,
    Input,
    MessageKind,
    Permission,
    Service,
    State,
    StateKind,
    Transition,
    hookimpl,
)


class AddForm(BaseModel):
    """What to add."""

    remark: Annotated[str, Field(max_length=20), Input(label="What do you add?", missing="Write what you add.")]


@dataclass(frozen=True)
class Middle:
    """What the template draws."""

    words: str


async def middle(visit: Any, matter: Any) -> Middle:
    """The plugin's middle."""
    return Middle(f"middle of {matter.code} for {visit.person_name}")


STAFF = "small.request.handle"
NEWS = MessageKind("small.news", "News of %(what)s", "%(what)s has moved on.")
FLOW = Flow(
    name="small.request",
    version=1,
    title="Request",
    icon="doc",
    states=(
        State("new", "New", StateKind.OFFICE, "We answer soon."),
        State("asked", "Asked", StateKind.APPLICANT, "Tell us more.", "wait"),
        State("over", "Over", StateKind.CLOSED, "This is finished.", "ok"),
    ),
    transitions=(
        Transition("answer", "Answer it", ("new", "asked"), "over", STAFF),
        Transition("ask", "Ask her", ("new",), "asked", STAFF),
        Transition("add", "Add something", ("new", "asked"), "new", APPLICANT, form=AddForm, done="Was added"),
        Transition("withdraw", "Take it back", ("new", "asked"), "over", APPLICANT, done="Taken back"),
    ),
    first="new",
    read=STAFF,
    claim=STAFF,
    owner_role="station_staff",
    resident=Detail(middle, "small/mine.html"),
)


@hookimpl
def flows() -> list[Flow]:
    """One."""
    return [FLOW]


@hookimpl
def messages() -> list[MessageKind]:
    """One."""
    return [NEWS]


@hookimpl
def permissions() -> list[Permission]:
    """One."""
    return [Permission(STAFF, "Handle requests", ("station_staff", "supervisor"))]


class Consents:
    """Knows one purpose."""

    async def titles(self, purposes: Sequence[str], language: str) -> dict[str, str]:
        """In words."""
        return {purpose: f"Showing your photo ({language})" for purpose in purposes if purpose == "small.photo"}


@hookimpl
def services() -> list[Service]:
    """One."""
    return [Service(ConsentTitles, Consents())]
