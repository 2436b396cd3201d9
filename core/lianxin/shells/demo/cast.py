"""Who one may be. The people themselves are the business of whoever fills the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Somebody:
    """One part to play: `key` stands in the address; `area` and `organisation` are codes, the latter may be empty."""

    key: str
    person_id: UUID
    name: str
    role: str
    area: str
    organisation: str = ""

    @property
    def staff(self) -> bool:
        """Whether grants count."""
        return self.role != "resident"


class Cast(Protocol):
    """Everybody whom the demonstration offers, offered as a service."""

    def everybody(self) -> list[Somebody]:
        """The resident first, then one colleague a role."""
        ...
