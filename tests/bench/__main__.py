"""`python -m tests.bench`: the product beside bare pages of the same rows and bytes, in one run.

Prints a table for each pair of engine and server and writes build/bench.json. The server has one core, the load the
other: measure on a machine that does nothing else.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lianxin.testing.postgresql import ServerFound, find_server
from tests.bench.measuring import Measured, Pair, Size, databases, fill_raw, measure
from tests.bench.product import make_site
from tests.bench.report import facts, table, write_json
from tests.bench.servers import ROOT, NotServing

USUAL = ("sqlite/granian", "sqlite/uvicorn", "postgresql/granian")
TINY = Size(rounds=1, seconds=0.3, connections=4, sessions=6, listeners=5, messages=2, starts=1)


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.split("\n\n")[0])
    parser.add_argument("pairs", nargs="*", metavar="ENGINE/SERVER", help=f"usually {' '.join(USUAL)}")
    parser.add_argument("--rounds", type=int, default=Size.rounds)
    parser.add_argument("--seconds", type=float, default=Size.seconds, help="of each visit of a target")
    parser.add_argument("--tiny", action="store_true", help="only to see that it runs")
    parser.add_argument("--output", type=Path, default=ROOT / "build")
    return parser.parse_args(arguments)


def pairs_of(named: Sequence[str], server: ServerFound | None) -> dict[str, list[str]]:
    """Servers by engine. Raises SystemExit for a pair that is none."""
    found: dict[str, list[str]] = {}
    for name in named or USUAL:
        engine, _, kind = name.partition("/")
        if engine not in ("sqlite", "postgresql") or kind not in ("granian", "uvicorn"):
            raise SystemExit(f"{name}: an engine (sqlite, postgresql), a slash, a server (granian, uvicorn)")
        if engine == "postgresql" and server is None:
            print("PostgreSQL was NOT measured: none is running, and none is installed here.")
            continue
        found.setdefault(engine, []).append(kind)
    return found


def measure_engine(engine: str, kinds: Sequence[str], size: Size, server: ServerFound | None) -> list[Measured]:
    """All servers on one engine, over one demonstration."""
    done = []
    with tempfile.TemporaryDirectory(prefix="lianxin-bench-") as name:
        folder = Path(name)
        with databases(engine, folder, server) as (address, raw_address):
            print(f"{engine}: making a demonstration …", flush=True)
            made = make_site(folder / "site", address, size.sessions)
            fill_raw(Pair(engine, kinds[0], folder, made, size), raw_address)
            for kind in kinds:
                done.append(
                    measure(Pair(engine, kind, folder, made, size), lambda what: print(f"  {what}", flush=True))
                )
                print(f"\n{table(done[-1])}\n", flush=True)
    return done


def main(arguments: Sequence[str]) -> int:
    """0 when all was measured, whatever came out."""
    options = read_arguments(arguments)
    size = TINY if options.tiny else Size(rounds=options.rounds, seconds=options.seconds)
    print(" · ".join(facts().values()))
    done: list[Measured] = []
    with find_server() as server:
        for engine, kinds in pairs_of(options.pairs, server).items():
            done += measure_engine(engine, kinds, size, server)
    print(f"Written: {write_json(options.output, done, size)}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except NotServing as fault:
        sys.exit(str(fault))
    except KeyboardInterrupt:
        sys.exit(130)
