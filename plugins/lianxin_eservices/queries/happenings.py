"""What happened in some months, read from the cases themselves: the source of all figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from lianxin.api import ancestors, find_organisation, get_area, list_organisations, load_calendar, working_days_between
from lianxin_eservices.models import Case, ItemVersion
from lianxin_eservices.queries.items import guide_of_version
from lianxin_eservices.rules.days import COUNTY_ZONE
from lianxin_eservices.rules.figures import CalledBack, Decided, Happening, Key, Rated, Received, month_of
from lianxin_eservices.rules.item import DecisionLevel

_WHOSE = ("version_id", "matter__organisation_id", "matter__area_id")


@dataclass(slots=True)
class Offices:
    """Who decides which case: asked of the directory once a place and once a version."""

    by_version: dict[UUID, tuple[UUID, str, str]]
    governments: dict[UUID, UUID]
    by_area: dict[UUID, str]
    by_department: dict[str, str]

    @staticmethod
    async def load() -> Offices:
        """With the governments of all townships."""
        found = await list_organisations("township_government")
        return Offices({}, {one.area_id: one.id for one in found}, {}, {})

    async def key(self, row: Any, moment: datetime) -> Key:
        """Month, office and service of one case, for something that happened then."""
        item_id, department, level = await self._version(row["version_id"])
        office = str(row["matter__organisation_id"] or "")
        if not office and level != DecisionLevel.COUNTY.value:
            office = await self._township(row["matter__area_id"])
        return Key(month_of(day_of(moment)), office or await self._department(department), item_id)

    async def _version(self, version_id: UUID) -> tuple[UUID, str, str]:
        if version_id not in self.by_version:
            guide, version = await guide_of_version(version_id), await ItemVersion.get(id=version_id)
            self.by_version[version_id] = (version.item_id, guide.department, guide.decision_level.value)
        return self.by_version[version_id]

    async def _township(self, area_id: UUID) -> str:
        if area_id not in self.by_area:
            area = await get_area(area_id)
            ladder = [area.id, *(above.id for above in reversed(await ancestors(area)))]
            found = next((self.governments[place] for place in ladder if place in self.governments), None)
            self.by_area[area_id] = str(found or "")
        return self.by_area[area_id]

    async def _department(self, code: str) -> str:
        if code not in self.by_department:
            found = await find_organisation(code)
            self.by_department[code] = str(found.id) if found else code
        return self.by_department[code]


async def happened_in(first: date, end: date) -> list[Happening]:
    """Everything that is counted, from the first day up to but not including the end. Some queries, whatever happened.

    A case is received when it is sent; its working days run from its acceptance to its decision, pauses included: so
    long she waited. It is on time when it was decided by the last day of the promise.
    """
    since, until = moment_of(first), moment_of(end)
    offices = await Offices.load()
    found: list[Happening] = []
    for row in await Case.filter(matter__created_at__gte=since, matter__created_at__lt=until).values(
        *_WHOSE, "matter__created_at"
    ):
        found.append(Received(await offices.key(row, _moment(row["matter__created_at"]))))
    found += await _decided(offices, since, until)
    for row in await Case.filter(matter__ratings__at__gte=since, matter__ratings__at__lt=until).values(
        *_WHOSE, "matter__ratings__at", "matter__ratings__grade"
    ):
        found.append(Rated(await offices.key(row, _moment(row["matter__ratings__at"])), row["matter__ratings__grade"]))
    # By its state first: of millions of steps few are of cases that somebody was called back about.
    steps = {
        "matter__state": "follow_up_done",
        "matter__steps__at__gte": since,
        "matter__steps__at__lt": until,
        "matter__steps__transition": "follow_up",
    }
    for row in await Case.filter(**steps).values(*_WHOSE, "matter__steps__at"):
        found.append(CalledBack(await offices.key(row, _moment(row["matter__steps__at"]))))
    return found


async def _decided(offices: Offices, since: datetime, until: datetime) -> list[Happening]:
    cases = Case.filter(decided_at__gte=since, decided_at__lt=until)
    promised: dict[UUID, datetime] = {}
    for kind in ("statutory", "committed"):  # the promise, where there is one, comes last and stays
        for row in await cases.filter(matter__clocks__kind=kind).values("matter_id", "matter__clocks__due_at"):
            promised[row["matter_id"]] = _moment(row["matter__clocks__due_at"])
    calendar = await load_calendar()
    found: list[Happening] = []
    for row in await cases.values(*_WHOSE, "matter_id", "accepted_at", "decided_at", "corrections"):
        decided = _moment(row["decided_at"])
        accepted = _moment(row["accepted_at"]) if row["accepted_at"] else decided
        due = promised.get(row["matter_id"])
        days = working_days_between(day_of(accepted), day_of(decided), calendar)
        on_time = due is None or decided <= due
        found.append(Decided(await offices.key(row, decided), max(days, 0), on_time, row["corrections"]))
    return found


def day_of(moment: datetime) -> date:
    """The day in the county."""
    return moment.astimezone(COUNTY_ZONE).date()


def moment_of(day: date) -> datetime:
    """The midnight with which a day of the county begins."""
    return datetime.combine(day, time(), COUNTY_ZONE).astimezone(UTC)


_read: Callable[[str], datetime] = datetime.fromisoformat


def _moment(value: datetime | str) -> datetime:
    """A driver may hand a moment of another table over as text."""
    found = _read(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)
