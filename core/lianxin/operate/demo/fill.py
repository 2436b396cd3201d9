"""Fills an empty demo site with what the kernel knows: calendar, places, organisations, staff, people."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from lianxin.access.models import Grant
from lianxin.calendar.actions import seed_calendar
from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault
from lianxin.directory.area_changes import load_areas
from lianxin.directory.models import Area, Organisation, Person, PersonPhone, Phone
from lianxin.directory.organisations import DEPARTMENT, STATION, TOWNSHIP_GOVERNMENT
from lianxin.directory.people import CLAIMED, SEEN_BY_DESK
from lianxin.directory.people.numbers import seal_number
from lianxin.directory.people.phones import PHONE_PURPOSE
from lianxin.operate.demo.people import PersonSeed, demo_id, make_people
from lianxin.operate.demo.staff import COMMUNITY, DEPARTMENTS, STAFF, StaffSeed
from lianxin.values.credit_code import check_character
from lianxin.values.identity import DEMO_AREA

_FILE: Final = Path(__file__).parent / "areas.yaml"
_BATCH: Final = 200
_RECENT: Final = 30
_OLD: Final = 64
_AGED_ON: Final = date(2026, 1, 1)
_KNOWN_FOR: Final = timedelta(days=500)


async def fill_kernel(now: datetime) -> None:
    """All or nothing. Other demo data may count on `STAFF` and on the ids of `demo_people()`."""
    raw = read_demo_areas()
    async with unit_of_work():
        await seed_calendar(now)
        await load_areas(raw, valid_from=raw["valid_from"])
        areas = {row.code: row for row in await Area.filter(valid_to=None)}
        await Organisation.bulk_create(_organisations(areas), batch_size=_BATCH)
        await _fill_staff(areas, now)
        await _fill_people(demo_people(), areas, now)


def read_demo_areas() -> dict[str, Any]:
    """The county of the demo, in the shape that `load_areas` reads."""
    raw: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return raw


@cache
def demo_people() -> list[PersonSeed]:
    """The residents, born on the same days for ever: a demo made yesterday is found by its numbers today."""
    villages = [village["code"] for township in read_demo_areas()["townships"] for village in township["villages"]]
    return make_people(villages, COMMUNITY, _AGED_ON)


def demo_resident() -> PersonSeed:
    """The resident as whom one looks around: old, known to the desk, with a telephone that her family shares."""
    people = demo_people()
    shared = Counter(seed.phone for seed in people)
    return next(
        seed
        for seed in people
        if seed.area == COMMUNITY
        and seed.seen
        and seed.phone
        and seed.bound_by == "self"
        and seed.silent_days < _RECENT
        and shared[seed.phone] > 1
        and _AGED_ON.year - seed.born.year > _OLD
    )


def _organisations(areas: dict[str, Area]) -> list[Organisation]:
    county = next(area for area in areas.values() if area.kind == "county")
    rows = [
        Organisation(
            code=seed.code,
            credit_code=_credit_code(seed.serial),
            name_zh=seed.name_zh,
            name_en=seed.name_en,
            kind=DEPARTMENT,
            area=county,
            phone=seed.phone,
        )
        for seed in DEPARTMENTS
    ]
    for serial, area in enumerate(sorted(areas.values(), key=lambda area: area.code), start=101):
        if area.parent_id == county.id:
            rows.append(_of_area(area, TOWNSHIP_GOVERNMENT, "township", "人民政府", "People's Government of", serial))
        elif area.kind not in ("county", "grid"):
            rows.append(_of_area(area, STATION, "station", "便民服务站", "Service station of", None))
    return rows


def _of_area(area: Area, kind: str, prefix: str, zh: str, en: str, serial: int | None) -> Organisation:
    return Organisation(
        id=demo_id("organisation", area.code),
        code=f"{prefix}-{area.code}",
        credit_code=_credit_code(serial) if serial else None,
        name_zh=f"{area.name_zh}{zh}",
        name_en=f"{en} {area.name_en}",
        kind=kind,
        area=area,
        phone=area.phone,
    )


def _credit_code(serial: int) -> str:
    """A valid code of a public body (11) in an area that was never assigned."""
    body = f"11{DEMO_AREA}MB{serial:07d}"
    return body + check_character(body)


async def _fill_staff(areas: dict[str, Area], now: datetime) -> None:
    organisations = {row.code: row for row in await Organisation.all()}
    await Person.bulk_create([_colleague(seed, areas, now) for seed in STAFF])
    await Grant.bulk_create(
        [
            Grant(
                id=demo_id("grant", seed.login),
                person_id=seed.person_id,
                role=seed.role,
                area=areas[seed.area],
                organisation=organisations[seed.organisation] if seed.organisation else None,
                valid_from=now - _KNOWN_FOR,  # what the demo says happened was handled by people who might
                created_at=now,
            )
            for seed in STAFF
        ]
    )


def _colleague(seed: StaffSeed, areas: dict[str, Area], now: datetime) -> Person:
    return Person(id=seed.person_id, name=seed.name, home_area=areas[COMMUNITY], created_at=now)


async def _fill_people(people: list[PersonSeed], areas: dict[str, Area], now: datetime) -> None:
    await Person.bulk_create([_resident(seed, areas, now) for seed in people], batch_size=_BATCH)
    used: dict[str, datetime] = {}
    for seed in people:
        if seed.phone:
            at = now - timedelta(days=seed.silent_days)
            used[seed.phone] = max(at, used.get(seed.phone, at))
    await Phone.bulk_create([_phone(number, at, now) for number, at in used.items()], batch_size=_BATCH)
    await PersonPhone.bulk_create(
        [
            PersonPhone(
                id=demo_id("binding", seed.key),
                person_id=seed.id,
                phone_id=demo_id("phone", seed.phone),
                bound_by=seed.bound_by,
                since=now - _KNOWN_FOR,
            )
            for seed in people
            if seed.phone
        ],
        batch_size=_BATCH,
    )


def _resident(seed: PersonSeed, areas: dict[str, Area], now: datetime) -> Person:
    row = Person(
        id=seed.id,
        name=seed.name,
        identity=SEEN_BY_DESK if seed.seen else CLAIMED,
        home_area=areas[seed.area],
        created_at=now - _KNOWN_FOR,
    )
    return row if seed.number is None else row.update_from_dict(dict(seal_number(seed.number, seed.id)))


def _phone(number: str, used_at: datetime, now: datetime) -> Phone:
    row_id, vault = demo_id("phone", number), get_vault()
    return Phone(
        id=row_id,
        number=vault.seal(number, table="phone", column="number", row_id=row_id),
        number_key=vault.index(number, purpose=PHONE_PURPOSE),
        created_at=now - _KNOWN_FOR,
        last_used_at=used_at,
    )
