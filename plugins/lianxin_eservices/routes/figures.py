"""Figures of offices and services: a page, the cases behind a number, and two files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from starlette.responses import Response

from lianxin.api import N_, Refused, Visit, _
from lianxin_eservices.access import READ
from lianxin_eservices.documents.tables import csv_of, xlsx_of
from lianxin_eservices.pages_figures import BehindPage, FigureLine, FiguresPage
from lianxin_eservices.queries.figures import (
    BEHIND,
    MOST_ROWS,
    FiguresView,
    Office,
    cases_behind,
    figures_of,
    item_choices,
    offices_of,
)
from lianxin_eservices.queries.happenings import day_of
from lianxin_eservices.rules.figure_rows import Row, careful_rows, plain_row
from lianxin_eservices.rules.figures import HIDDEN, SMALL, Counted, month_of, months_back, parse_month

MONTHS = 24
BUSIEST = 10
MOST_CHOICES = 200
MOST_LINES = 100
_BEHIND_CELLS = ("received", "decided", "decided", "decided", "decided", "corrected", "rated", "rated", "call_backs")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is about."""

    month: date
    offices: tuple[Office, ...]
    chosen: tuple[Office, ...]
    items: dict[UUID, tuple[str, str]]
    item: str

    @property
    def item_id(self) -> UUID | None:
        """The service, where one was chosen."""
        return next((key for key, (slug, _name) in self.items.items() if slug == self.item), None)

    @property
    def office(self) -> str:
        """The office, where one was chosen."""
        return self.chosen[0].key if len(self.chosen) == 1 else ""

    def words(self, **more: str) -> dict[str, str]:
        """For an address that asks the same."""
        return {"month": f"{self.month:%Y-%m}", "office": self.office, "item": self.item} | more


async def _asked(visit: Visit) -> Asked:
    this = month_of(day_of(visit.now))
    month = parse_month(visit.query("month", longest=7)) or this
    offices = await offices_of(visit.actor, visit.language)
    key = visit.query("office", longest=80)
    chosen = tuple(one for one in offices if one.key == key) if key else offices
    if key and not chosen:
        text = N_("There is no such office, or its figures are not yours to see.")
        raise Refused("eservices.no_office", text, status=404)
    items = await item_choices(visit.language)
    slug = visit.query("item", longest=80)
    return Asked(min(month, this), offices, chosen, items, slug if slug in {each[0] for each in items.values()} else "")


def headings() -> tuple[str, ...]:
    """Of the columns after the name."""
    return (
        _("Came in"),
        _("Decided"),
        _("On time"),
        _("Half within, working days"),
        _("Nine of ten within, working days"),
        _("Corrections a case"),
        _("Ratings"),
        _("Satisfied"),
        _("Call-backs"),
    )


async def show_figures(visit: Visit) -> FiguresPage:
    """The month's table, the year's bars, and by what it was filtered."""
    asked = await _asked(visit)
    view = await figures_of(asked.month, asked.chosen, asked.item_id, visit.language)
    return _page(visit, asked, view, careful=not visit.actor.may(READ))


def _page(visit: Visit, asked: Asked, view: FiguresView, *, careful: bool) -> FiguresPage:
    rows, whole = _rows(view, careful)
    by_item = bool(asked.office)
    lines = tuple(
        FigureLine(line.name, *_ways(visit, asked, row, line.key, by_item=by_item, careful=careful))
        for line, row in list(zip(view.lines, rows, strict=True))[:MOST_LINES]
    )
    months = months_back(month_of(day_of(visit.now)), MONTHS)[::-1]
    return FiguresPage(
        title=_("Figures"),
        months=tuple((f"{each:%Y-%m}", _month_name(each, visit.language)) for each in months),
        month=f"{asked.month:%Y-%m}",
        offices=tuple((office.key, office.name) for office in asked.offices),
        office=asked.office,
        items=_choices(asked, view),
        item=asked.item,
        headings=headings(),
        lines=lines,
        left_out=len(rows) - len(lines),
        whole=FigureLine(_("Together"), "", tuple((text, "") for text in whole)),
        year=tuple(_bar(_month_name(each, visit.language), counted, careful=careful) for each, counted in view.year),
        busiest=tuple(_bar(line.name, line.counted, careful=careful) for line in view.lines[:BUSIEST]),
        careful=careful,
        counted_at=view.counted_at,
        files=(
            (_("For a spreadsheet (XLSX)"), visit.url("eservices:figures_xlsx", **asked.words())),
            (_("As plain text (CSV)"), visit.url("eservices:figures_csv", **asked.words())),
        ),
        by_item=by_item,
    )


def _choices(asked: Asked, view: FiguresView) -> tuple[tuple[str, str], ...]:
    """Services to choose from; of thousands those that the office has in this month, and the chosen one."""
    if len(asked.items) <= MOST_CHOICES:
        return tuple(asked.items.values())
    here = {line.key for line in view.lines} if asked.office else set()
    return tuple(each for key, each in asked.items.items() if str(key) in here or each[0] == asked.item)


def _rows(view: FiguresView, careful: bool) -> tuple[list[Row], Row]:
    parts = [line.counted for line in view.lines]
    if careful:
        return careful_rows(parts, view.whole)
    return [plain_row(each) for each in parts], plain_row(view.whole)


def _ways(
    visit: Visit, asked: Asked, row: Row, key: str, *, by_item: bool, careful: bool
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Where the line's name leads, and each of its numbers."""
    slug = asked.items.get(UUID(key), ("", ""))[0] if by_item else ""
    same = asked.words(item=slug) if by_item else asked.words(office=key)
    href = "" if by_item else visit.url("eservices:figures", **same)
    if careful or (by_item and not slug):
        return href, tuple((text, "") for text in row)
    cells = zip(row, _BEHIND_CELLS, strict=True)
    return href, tuple(
        (text, visit.url("eservices:figures_behind", what=what, **same) if text not in ("0", "—") else "")
        for text, what in cells
    )


def _bar(label: str, counted: Counted, *, careful: bool) -> tuple[str, int, str]:
    small = careful and 0 < counted.received < SMALL
    return label, 0 if small else counted.received, HIDDEN if small else str(counted.received)


def _month_name(month: date, language: str) -> str:
    return f"{month:%b %Y}" if language == "en" else f"{month.year}年{month.month}月"


async def show_behind(visit: Visit) -> BehindPage:
    """The cases of one number that she may see at the desk."""
    asked = await _asked(visit)
    what = visit.query("what", "received", longest=12)
    if what not in BEHIND:
        raise Refused("eservices.no_number", N_("There is no such number."), status=404)
    rows = await cases_behind(asked.month, what, asked.chosen, asked.item_id, visit.actor, visit.language)
    titles = {
        "received": _("Sent in %(month)s"),
        "decided": _("Decided in %(month)s"),
        "corrected": _("Decided in %(month)s after corrections"),
        "rated": _("Rated in %(month)s"),
        "call_backs": _("Called back in %(month)s"),
    }
    title = str(titles[what]) % {"month": _month_name(asked.month, visit.language)}
    back = visit.url("eservices:figures", **(asked.words() | ({"item": ""} if asked.office else {})))
    return BehindPage(title, back, rows, len(rows) >= MOST_ROWS)


async def _table(visit: Visit) -> tuple[str, list[tuple[str, ...]]]:
    """A name for the file, and its rows; what leaves the house never holds small numbers."""
    asked = await _asked(visit)
    view = await figures_of(asked.month, asked.chosen, asked.item_id, visit.language)
    rows, whole = _rows(view, careful=True)
    first = _("Service") if asked.office else _("Office")
    body = [(line.name, *row) for line, row in zip(view.lines, rows, strict=True)]
    return f"{asked.month:%Y-%m}", [(first, *headings()), *body, (_("Together"), *whole)]


async def figures_csv(visit: Visit) -> Response:
    """For any program."""
    name, rows = await _table(visit)
    return _file(csv_of(rows), "text/csv; charset=utf-8", f"figures-{name}.csv")


async def figures_xlsx(visit: Visit) -> Response:
    """For a spreadsheet."""
    name, rows = await _table(visit)
    numbers = [[int(cell) if place and cell.isdigit() else cell for place, cell in enumerate(row)] for row in rows]
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(await xlsx_of(name, numbers), kind, f"figures-{name}.xlsx")


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "private, no-store"}
    return Response(content, media_type=kind, headers=headers)
