"""Which days are worked: a year at a time, and single days. Deadlines are computed again by who hears of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin.api import (
    DayShown,
    FormView,
    See,
    Visit,
    _,
    enter_year,
    happened,
    list_days,
    list_years,
    record,
    set_day,
    unit_of_work,
)
from lianxin.shells.admin.forms import DayForm, YearForm, read_days


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """One year's days that are not what their weekday says."""

    template: ClassVar[str] = "admin/calendar.html"
    shell: ClassVar[str] = "admin"

    title: str
    year: int
    entered: bool
    years: list[dict[str, object]]
    days: list[DayShown]


@dataclass(frozen=True, slots=True)
class FormPage:
    """One day, or one year."""

    template: ClassVar[str] = "admin/calendar_form.html"
    shell: ClassVar[str] = "admin"

    title: str
    form: FormView
    back: str


async def show_calendar(visit: Visit) -> CalendarPage:
    """This year, or the one in the address."""
    known = await list_years()
    asked = visit.query("year", longest=4)
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2200 else visit.now.year
    shown = sorted({*known, year, visit.now.year, visit.now.year + 1}, reverse=True)
    chips: list[dict[str, object]] = [
        {"title": str(each), "href": visit.url("admin:calendar", year=each), "count": "", "current": each == year}
        for each in shown
    ]
    return CalendarPage(_("Working days"), year, year in known, chips, await list_days(year))


async def ask_day(visit: Visit) -> FormPage:
    """One day."""
    form = visit.form(DayForm, visit.url("admin:set_day"), values={"day": visit.query("day", longest=10)})
    return FormPage(_("Change one day"), form, visit.url("admin:calendar"))


async def change_day(visit: Visit, form: DayForm) -> See:
    """Sets it; the event lets deadlines be computed again."""
    async with unit_of_work():
        changed = await set_day(form.day, working=form.working == "yes", note=form.note, now=visit.now)
        detail = {"day": form.day.isoformat(), "working": form.working}
        await record("calendar.day_set", by=visit.actor, object_kind="calendar", detail=detail, now=visit.now)
        await happened(changed, now=visit.now)
    return See(visit.url("admin:calendar", year=form.day.year), _("Kept. Deadlines are computed again."))


async def ask_year(visit: Visit) -> FormPage:
    """A whole year; what is known of it stands in the form."""
    asked = visit.query("year", longest=4)
    year = int(asked) if asked.isdecimal() else visit.now.year + 1
    lines = [f"{each.day} {'worked' if each.working else 'off'} {each.note}".rstrip() for each in await _days(year)]
    form = visit.form(YearForm, visit.url("admin:set_year"), values={"year": year, "days": "\n".join(lines)})
    return FormPage(_("Enter a year"), form, visit.url("admin:calendar"))


async def _days(year: int) -> list[DayShown]:
    return await list_days(year) if 2000 <= year <= 2200 else []


async def change_year(visit: Visit, form: YearForm) -> See:
    """Replaces what was known of the year."""
    async with unit_of_work():
        entered = await enter_year(form.year, read_days(form.days), now=visit.now)
        detail = {"year": form.year}
        await record("calendar.year_entered", by=visit.actor, object_kind="calendar", detail=detail, now=visit.now)
        await happened(entered, now=visit.now)
    return See(visit.url("admin:calendar", year=form.year), _("Entered. Deadlines are computed again."))
