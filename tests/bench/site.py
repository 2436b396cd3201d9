"""The product as it is measured: a demonstration with sessions of many residents and of the desk.

`python -m tests.bench.site FOLDER DATABASE SESSIONS` makes it and prints what a load needs to know: in a process of its
own, because an engine is chosen once a process.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import TypedDict

from lianxin.access.sessions import open_session
from lianxin.commands.making import write_site
from lianxin.commands.site import site_assembly
from lianxin.config import load_config
from lianxin.data.migrate import migrate
from lianxin.operate.demo.building import fill_demo
from lianxin.operate.demo.fill import demo_people
from lianxin.operate.demo.staff import COMMUNITY, STAFF
from lianxin.operate.lifetime import open_site
from lianxin.plugging.discovery import installed_names
from lianxin.web.site import system_clock


class Made(TypedDict):
    """Tokens of sessions."""

    residents: list[str]
    staff: list[str]


async def make(folder: Path, database: str, sessions: int) -> Made:
    """The site, filled."""
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
    now = system_clock()
    at_home = [seed.id for seed in demo_people() if seed.area == COMMUNITY and seed.seen]
    desk = next(seed for seed in STAFF if seed.role == "station_staff")
    async with open_site(config, assembly):
        residents = [
            (await open_session(at_home[each % len(at_home)], method="phone", staff=False, now=now)).token
            for each in range(sessions)
        ]
        staff = [
            (await open_session(desk.person_id, method="password", staff=True, now=now)).token
            for _ in range(max(2, sessions // 2))  # each holds a few streams open, not all of them
        ]
    return Made(residents=residents, staff=staff)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(make(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))))
