"""`python -m tests.bench.county.making FOLDER DATABASE CASES ITEMS`: a demonstration that grows to a whole county.

In a process of its own, since an engine is chosen once a process. Prints what was measured on the way, and sessions.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict
from uuid import UUID

from lianxin.access.models import Grant
from lianxin.access.sessions import open_session
from lianxin.api import Actor
from lianxin.commands.making import write_site
from lianxin.commands.site import site_assembly
from lianxin.config import Config, load_config
from lianxin.data.migrate import migrate
from lianxin.data.unit import unit_of_work
from lianxin.directory.models import Area, Organisation, Person
from lianxin.operate.demo.building import fill_demo
from lianxin.operate.demo.staff import COMMUNITY, COUNTY, STAFF
from lianxin.operate.lifetime import open_site
from lianxin.plugging.assembly import Assembly
from lianxin.plugging.discovery import installed_names
from lianxin.web.site import system_clock
from lianxin_eservices.actions.counting import count_all
from lianxin_eservices.actions.going_live import publish_drafts
from lianxin_eservices.actions.publishing import publish_items
from lianxin_eservices.actions.reminding import remind_applicants
from lianxin_eservices.models import Item, ItemDraft, Notice
from tests.bench.county.filling import Amount, statements
from tests.bench.county.services import many_services
from tests.bench.county.writing import Dialect, run

DEPARTMENTS = 30


class County(TypedDict):
    """Tokens of the clerk, the officer, the leader; seconds of what was measured; the notice to be drawn."""

    tokens: dict[str, str]
    seconds: dict[str, float]
    counts: dict[str, int]
    notice: str


@dataclass
class Timing:
    """How long each thing took, in seconds."""

    seconds: dict[str, float]
    counts: dict[str, int]

    @asynccontextmanager
    async def of(self, what: str) -> AsyncIterator[None]:
        """The time of a block; said at once, since some take minutes."""
        began = time.perf_counter()
        yield
        self.seconds[what] = time.perf_counter() - began
        print(f"  {what}: {self.seconds[what]:.1f} s", file=sys.stderr, flush=True)


async def make(folder: Path, database: str, cases: int, items: int) -> County:
    """The county."""
    config, assembly = await _demonstration(folder, database)
    timing = Timing({}, {})
    now = system_clock()
    async with open_site(config, assembly):
        await _offices(now)
        await _publish(items, timing, now)
    amount = Amount.of(cases, int(now.timestamp()))
    dialect = Dialect(sqlite=database == "sqlite")
    async with timing.of("filled"):
        await asyncio.to_thread(run, database, folder, statements(dialect, amount), _say(time.perf_counter()))
    async with open_site(config, assembly):
        async with timing.of("figures counted"):
            timing.counts["figures counted"] = await count_all(now)
        async with timing.of("reminders"):
            timing.counts["reminders"] = await remind_applicants(now)
        tokens = await _tokens(now)
        notice = await Notice.filter(series="decision").order_by("-id").first()
    return County(tokens=tokens, seconds=timing.seconds, counts=timing.counts, notice=str(notice.id) if notice else "")


def _say(began: float) -> Any:
    def say(what: str) -> None:
        print(f"    {what} ({time.perf_counter() - began:.0f} s)", file=sys.stderr, flush=True)

    return say


async def _demonstration(folder: Path, database: str) -> tuple[Config, Assembly]:
    write_site(
        folder,
        base_url="http://127.0.0.1:8000",
        listen="127.0.0.1:8000",
        database=database,
        plugins=sorted(installed_names()),
        demo=True,
    )
    config = load_config(folder, {})
    assembly = site_assembly(config)
    await migrate(config, assembly.tables)
    await fill_demo(config, assembly, report=lambda line: None)
    return config, assembly


async def _offices(now: datetime) -> None:
    """Thirty departments with an officer each, and a clerk for each community."""
    county = await Area.get(code=COUNTY)
    have = await Organisation.filter(kind="department").count()
    offices = [
        Organisation(
            code=f"office-{number}",
            name_zh=f"旺苍县第{number}局",
            name_en=f"Bureau {number}",
            kind="department",
            area_id=county.id,
        )
        for number in range(have, DEPARTMENTS)
    ]
    places = await Area.filter(kind__in=["community", "village"]).exclude(code=COMMUNITY)
    officers = [Person(name="郑公正", created_at=now) for _ in offices]
    clerks = [Person(name="何安宁", created_at=now) for _ in places]
    grants = [
        *(
            _grant(person, "department_officer", county.id, now, office.id)
            for person, office in zip(officers, offices, strict=True)
        ),
        *(_grant(person, "station_staff", place.id, now) for person, place in zip(clerks, places, strict=True)),
    ]
    async with unit_of_work():
        await Organisation.bulk_create(offices)
        await Person.bulk_create([*officers, *clerks])
        await Grant.bulk_create(grants)


def _grant(person: Person, role: str, area_id: UUID, now: datetime, organisation_id: UUID | None = None) -> Grant:
    return Grant(
        person_id=person.id, role=role, area_id=area_id, organisation_id=organisation_id, valid_from=now, created_at=now
    )


async def _publish(items: int, timing: Timing, now: datetime) -> None:
    """As the command line does it with a file, and as an administrator does it with drafts of everything."""
    guides = list(many_services(items))
    async with timing.of("catalogue published from a file"):
        timing.counts["items"] = await publish_items(guides, now=now)
    editor = next(seed for seed in STAFF if seed.role == "catalogue_editor")
    rows = {row.code: row for row in await Item.filter(current_id__isnull=False)}
    drafts = [_draft(row, guide, now) for guide in many_services(items) if (row := rows.get(guide.code))]
    async with unit_of_work():
        await ItemDraft.filter(item_id__in=[draft.item_id for draft in drafts[:60]]).delete()
        await ItemDraft.bulk_create(drafts, batch_size=500)
    async with timing.of("catalogue published from drafts"):
        by = Actor(person_id=editor.person_id, staff=True)
        await publish_drafts({draft.id: 1 for draft in drafts}, reason="all of it", by=by, now=now)


def _draft(row: Item, guide: Any, now: datetime) -> ItemDraft:
    from dataclasses import replace

    from lianxin_eservices.rules.catalogue import item_to_json

    content = item_to_json(replace(guide, keywords=(*guide.keywords, "改")))
    return ItemDraft(
        item_id=row.id, based_on_id=row.current_id, content=content, edited_by=[], created_at=now, updated_at=now
    )


async def _tokens(now: datetime) -> dict[str, str]:
    """The busiest community's clerk, the busiest department's officer, the county's leader."""
    logins = {"clerk": "station", "officer": "civil", "leader": "supervisor", "editor": "catalogue", "system": "system"}
    who: Mapping[str, UUID] = {
        role: next(seed.person_id for seed in STAFF if seed.login == login) for role, login in logins.items()
    }
    tokens = {
        role: (await open_session(person, method="password", staff=True, now=now)).token for role, person in who.items()
    }
    resident = await Person.filter(name__not="", home_area_id__isnull=False).order_by("id").first()
    assert resident is not None
    tokens["resident"] = (await open_session(resident.id, method="phone", staff=False, now=now)).token
    return tokens


if __name__ == "__main__":
    print(json.dumps(asyncio.run(make(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))))
