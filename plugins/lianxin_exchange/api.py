"""What others may use of this plugin: the Protocol by which a case is handed to the system that decides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from lianxin.api import MatterInfo


class NotTaken(Exception):
    """The other system did not take the case, or can't be reached: it is tried again. The text is for the log."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other system has decided: the move of the flow that it means, and what the form of the move says."""

    move: str
    values: Mapping[str, object] = field(default_factory=dict)


@runtime_checkable
class DecidingSystem(Protocol):
    """A system that decides cases, offered as a service: `Service(DecidingSystem, MySystem())`.

    `name` is kept in the table, `title` is for people. `state` is `<flow>:<state>`: a case that comes into it and that
    the system wants is handed over. `note` is the move by which its number there is written down; empty: none.
    """

    name: str
    title: object
    state: str
    note: str

    async def wants(self, matter: MatterInfo) -> bool:
        """Whether this case is decided there: as it stands after the move, with its place and its office."""

    async def hand_over(self, matter: MatterInfo, key: str) -> str:
        """Hands it over and answers its number there. The same `key` may come again: it is the same case.

        Raises NotTaken.
        """

    async def answer_of(self, number: str) -> Answer | None:
        """What was decided; None: not yet. Raises NotTaken."""
