"""`python -m tests.bench.soak postgresql/granian`: does memory grow with what strangers read? Takes about a minute.

Prints what the process of the site holds after each visit of the load. Nothing is asserted: look whether it stops.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lianxin.testing.postgresql import ServerFound, find_server
from tests.bench.__main__ import pairs_of
from tests.bench.load import Load, Plan
from tests.bench.measuring import child, databases
from tests.bench.memory import resident_megabytes
from tests.bench.product import FIRST_PAGES, make_site, product_command, strangers
from tests.bench.report import facts
from tests.bench.servers import LOAD_CORE, NotServing, running

VISITS = 12
SECONDS = 4.0
CONNECTIONS = 32


def soak(engine: str, kind: str, server: ServerFound | None) -> None:
    """One pair: answers so far, and megabytes (of a million bytes) resident. Raises NotServing."""
    with tempfile.TemporaryDirectory(prefix="lianxin-soak-") as name:
        folder = Path(name)
        with databases(engine, folder, server) as (address, _):
            make_site(folder / "site", address, 1)
            with running(product_command(folder / "site", kind), folder) as site:
                asked = [visitor.asks(path) for visitor in strangers(site) for path in FIRST_PAGES]
                plan = Plan(port=site.port, seconds=SECONDS, connections=CONNECTIONS, requests=asked, core=LOAD_CORE)
                answers = 0.0
                print(
                    f"{engine} under {kind}\n{answers:9,.0f} answers  {resident_megabytes(site.pid):5.1f} MB",
                    flush=True,
                )
                for _ in range(VISITS):
                    load: Load = child("load", plan)
                    if set(load["statuses"]) != {"200"}:
                        raise NotServing(f"not every page answered 200: {load['statuses']}")
                    answers += load["rate"] * SECONDS
                    print(f"{answers:9,.0f} answers  {resident_megabytes(site.pid):5.1f} MB", flush=True)


def main(named: Sequence[str]) -> None:
    """Each pair that is named, else all."""
    print(" · ".join(facts().values()))
    with find_server() as server:
        for engine, kinds in pairs_of(named, server).items():
            for kind in kinds:
                soak(engine, kind, server)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except NotServing as fault:
        sys.exit(str(fault))
