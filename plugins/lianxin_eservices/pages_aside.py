"""What the pages of applications that were put aside draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from lianxin.api import FormView


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept under a slip, without a word of what was entered. `sign_in` is empty for who has signed in."""

    name: str
    number: int
    total: int
    expires_at: datetime
    sign_in: str


@dataclass(frozen=True, slots=True)
class SlipPage:
    """The two fields; or, for whom the slip alone opens nothing, what is kept and the ways to go on."""

    template: ClassVar[str] = "eservices/slip.html"

    title: str
    form: FormView
    it: Kept | None = None


@dataclass(frozen=True, slots=True)
class SlipSheetPage:
    """The slip, for the printer. Its code is shown once."""

    template: ClassVar[str] = "eservices/slip_sheet.html"
    shell: ClassVar[str] = "print"

    title: str
    name: str
    whom: str
    number: int
    total: int
    code: str
    address: str
    qr: Any
    expires_at: datetime
    back: str
