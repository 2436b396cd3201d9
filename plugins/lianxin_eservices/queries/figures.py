"""Kept figures for whoever may see them: which offices are hers, what they did in a month, and in the year before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from tortoise.expressions import Q

from lianxin.api import Actor, MatterRow, all_flows, areas_of, list_organisations, visible_matters
from lianxin_eservices.access import FIGURES
from lianxin_eservices.models import Figure, OfficeFigure
from lianxin_eservices.queries.happenings import Offices, moment_of
from lianxin_eservices.queries.items import DEPARTMENTS, list_published
from lianxin_eservices.rules.figures import Counted, months_back, next_month

YEAR: Final = 12
MOST_ROWS: Final = 200
KINDS: Final = ("department", "township_government")


@dataclass(frozen=True, slots=True)
class Office:
    """One office whose figures somebody may see."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One office or service, and what was counted of it."""

    key: str
    name: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class FiguresView:
    """What a month's page shows; `counted_at` None: nothing was counted yet."""

    whole: Counted
    lines: tuple[Line, ...]
    year: tuple[tuple[date, Counted], ...]
    counted_at: datetime | None


async def offices_of(actor: Actor, language: str) -> tuple[Office, ...]:
    """The offices whose figures are hers to see: her own, or those of the place that she watches over."""
    grants = actor.grants_with(FIGURES)
    found = [one for kind in KINDS for one in await list_organisations(kind)]
    places = await areas_of({one.area_id for one in found})
    seen = [one for one in found if any(grant.covers(places[one.area_id].path, one.id) for grant in grants)]
    offices = [Office(str(one.id), one.name) for one in seen]
    if any(grant.area_path is None and grant.organisation_id is None for grant in grants):
        known = {one.code for one in found}
        named = [each for code, each in DEPARTMENTS.items() if code not in known]
        offices += [Office(each.code, each.full_name.in_language(language)) for each in named]
    return tuple(sorted(offices, key=lambda office: office.name))


async def figures_of(month: date, offices: tuple[Office, ...], item_id: UUID | None, language: str) -> FiguresView:
    """A month and the eleven before it. With one office its services are the lines, else the offices."""
    months = months_back(month, YEAR)
    span = Q(month__gte=months[0], month__lte=month, office__in=[office.key for office in offices])
    one = len(offices) == 1
    rows = await (OfficeFigure.filter(span) if item_id is None else Figure.filter(span, item_id=item_id))
    year = {each: Counted() for each in months}
    parts: dict[str, Counted] = {}
    for row in rows:
        year[row.month].add(counted_of(row))
        if row.month == month and not one:
            parts.setdefault(row.office, Counted()).add(counted_of(row))
    if one:
        its = Figure.filter(month=month, office=offices[0].key)
        parts = {str(row.item_id): counted_of(row) for row in await (its.filter(item_id=item_id) if item_id else its)}
    names = await _item_names(language) if one else {office.key: office.name for office in offices}
    lines = [Line(key, names.get(key, "?"), counted) for key, counted in parts.items()]
    return FiguresView(
        whole=year[month],
        lines=tuple(sorted(lines, key=lambda line: (-line.counted.received, line.name))),
        year=tuple(year.items()),
        counted_at=max((row.counted_at for row in rows), default=None),
    )


def counted_of(row: Figure | OfficeFigure) -> Counted:
    """A kept line, to be added up."""
    found = Counted(row.received, row.decided, row.on_time, row.corrections, row.call_backs)
    found.days.update({int(day): number for day, number in row.days.items()})
    found.grades.update({int(grade): number for grade, number in row.grades.items()})
    return found


async def _item_names(language: str) -> dict[str, str]:
    return {str(item.id): item.guide.plain_name.in_language(language) for item in await list_published()}


async def item_choices(language: str) -> dict[UUID, tuple[str, str]]:
    """All services by id: the word for the address, the name."""
    return {item.id: (item.slug, item.guide.plain_name.in_language(language)) for item in await list_published()}


@dataclass(frozen=True, slots=True)
class RowBehind:
    """One case of those that make up a number: nobody is named."""

    code: str
    title: str
    at: datetime


BEHIND: Final = ("received", "decided", "corrected", "rated", "call_backs")
"""The numbers behind which there are cases."""


async def cases_behind(
    month: date, what: str, offices: tuple[Office, ...], item_id: UUID | None, actor: Actor, language: str
) -> tuple[RowBehind, ...]:
    """The cases that make up a number, as far as this person may see them at the desk; the newest first."""
    seen = MatterRow.filter(visible_matters(actor, all_flows()), _span(month, what), flow="eservices.case")
    if item_id is not None:
        seen = seen.filter(eservices_case__version__item_id=item_id)
    rows = await seen.order_by("-created_at").values(
        "code", "title", "title_en", "created_at", "organisation_id", "area_id", "eservices_case__version_id"
    )
    of_offices, directory, found = {office.key for office in offices}, await Offices.load(), []
    for row in rows:
        whose = {
            "version_id": row["eservices_case__version_id"],
            "matter__organisation_id": row["organisation_id"],
            "matter__area_id": row["area_id"],
        }
        if (await directory.key(whose, row["created_at"])).office in of_offices:
            title = (row["title_en"] or row["title"]) if language == "en" else row["title"]
            found.append(RowBehind(row["code"], title, row["created_at"]))
    return tuple(dict.fromkeys(found))[:MOST_ROWS]


def _span(month: date, what: str) -> Q:
    since, until = moment_of(month), moment_of(next_month(month))
    if what == "received":
        return Q(created_at__gte=since, created_at__lt=until)
    if what == "rated":
        return Q(ratings__at__gte=since, ratings__at__lt=until)
    if what == "call_backs":
        return Q(steps__at__gte=since, steps__at__lt=until, steps__transition="follow_up")
    decided = Q(eservices_case__decided_at__gte=since, eservices_case__decided_at__lt=until)
    return decided & Q(eservices_case__corrections__gt=0) if what == "corrected" else decided
