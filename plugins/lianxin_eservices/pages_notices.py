"""What the pages of written notices draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin.api import FormView
from lianxin_eservices.queries.notices import NoticeRow
from lianxin_eservices.rules.notices import NoticeText


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One notice on the screen (None: there is none yet), its ways onto paper, and `others` of the same case.

    `later` puts it on a clerk's print list.
    """

    template: ClassVar[str] = "eservices/notice.html"

    title: str
    name: str
    code: str
    back: str
    which: str
    notice: NoticeText | None
    others: tuple[NoticeRow, ...]
    later: FormView | None = None


@dataclass(frozen=True, slots=True)
class NoticePrintPage:
    """The same as a sheet of paper: nothing else stands on it."""

    template: ClassVar[str] = "eservices/notice_print.html"
    shell: ClassVar[str] = "print"

    title: str
    back: str
    notice: NoticeText
