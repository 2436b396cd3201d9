"""What the pages of the print list draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from lianxin.api import FormView
from lianxin_eservices.queries.printing import Sheet
from lianxin_eservices.rules.notices import NoticeText


@dataclass(frozen=True, slots=True)
class ToPrintPage:
    """What was put aside."""

    template: ClassVar[str] = "eservices/to_print.html"
    shell: ClassVar[str] = "desk"

    title: str
    sheets: list[Sheet]
    take_out: FormView


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """A receipt on paper: the code, how to ask, what is still to be brought."""

    name: str
    code: str
    sent: str
    bring: tuple[str, ...]
    qr: Markup
    address: str


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """One sheet of the job: one of the two is there."""

    id: str
    notice: NoticeText | None
    receipt: ReceiptSheet | None


@dataclass(frozen=True, slots=True)
class SheetsPage:
    """All of them, each on a sheet of its own: one job for the printer. `printed` marks these and no others."""

    template: ClassVar[str] = "eservices/sheets.html"
    shell: ClassVar[str] = "print"

    title: str
    back: str
    sheets: list[PaperSheet]
    printed: FormView
