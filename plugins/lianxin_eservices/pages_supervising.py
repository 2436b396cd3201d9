"""What the supervision list draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin_eservices.pages import Chip
from lianxin_eservices.queries.supervising import Watched


@dataclass(frozen=True, slots=True)
class WatchPage:
    """What is overdue, or soon will be; the most pressing first."""

    template: ClassVar[str] = "eservices/watch.html"
    shell: ClassVar[str] = "desk"

    title: str
    chips: tuple[Chip, ...]
    rows: tuple[Watched, ...]
    late: bool
    most: bool
