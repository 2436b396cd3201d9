"""Runs the suite on SQLite and on PostgreSQL: `python -m tests.both_engines [--faults] [what pytest takes]`.

An engine has a process of its own, since the ORM keeps its statements for the first one it meets. The two run side
by side; with `--faults`, where the load is the test, one after the other. What each says goes into a file in
`build/` and is shown when all is done. Without a PostgreSQL the other half runs and the lack is said loudly; with
`CI=true` it is a failure.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lianxin.testing.postgresql import VARIABLE, ServerFound, ServerSilent, find_server

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
HANGS_AFTER = {"test": 30 * 60, "faults": 6 * 60 * 60}
USUAL = ("-m", "not browser and not fault", "--durations=5")
FAULTS = ("-m", "fault or browser", "-p", "tests.faults.report", "--durations=5")
# What knows no engine runs on the first only. A test here that asks for a database fails test_both_engines.py.
NO_ENGINE = (
    "tests/architecture",
    "tests/core/values",
    "tests/core/plugging",
    "tests/core/test_i18n.py",
    "tests/core/web/test_safe_path.py",
    "tests/core/web/test_parts.py",
    "tests/core/data/test_schedule.py",
    "tests/core/calendar/test_rules.py",
    "tests/core/matters/test_flow.py",
    "tests/plugins/eservices/test_search.py",
    "tests/plugins/eservices/test_slips.py",
    "tests/plugins/eservices/test_catalogue_data.py",
    "tests/plugins/eservices/test_application.py",
)
MEMORY = Path("/dev/shm")
# A test's files need not outlive it: where the machine has a file system in memory, SQLite waits for no disk there.
SCRATCH = {"TMPDIR": str(MEMORY)} if os.access(MEMORY, os.W_OK) and "TMPDIR" not in os.environ else {}
LACK = """
######################################################################################################
#  PostgreSQL was NOT tested: none is running, and none is installed here.                           #
#  Install it (Debian or Ubuntu: apt-get install postgresql), or name one: LIANXIN_TEST_PG=postgres… #
######################################################################################################
"""


@dataclass
class Run:
    """One engine's run of pytest, started as soon as it is made."""

    engine: str
    log: Path
    process: "subprocess.Popen[bytes]"
    started: float
    seconds: float = 0.0

    @property
    def done(self) -> bool:
        """Whether it has ended; the first time it has, its time is taken."""
        ended = self.process.poll() is not None
        if ended and not self.seconds:
            self.seconds = time.monotonic() - self.started
        return ended

    def progress(self) -> str:
        """How far it says to have come: "sqlite 42 %"."""
        shares = re.findall(r"\[ *(\d+)%\]", self.log.read_text(errors="replace"))
        return f"{self.engine} {shares[-1] if shares else 0} %"

    def result(self) -> str:
        """pytest's own last line, or that there was none."""
        lines = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        return lines[-1].strip("= ") if lines else "said nothing"


def start(engine: str, kind: str, arguments: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Starts pytest on an engine, with everything it says in `build/<kind>-<engine>.log`."""
    BUILD.mkdir(exist_ok=True)
    log = BUILD / f"{kind}-{engine}.log"
    command = [sys.executable, "-m", "pytest", "-q", "-ra", "-o", f"cache_dir=build/pytest-{engine}", *arguments]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **SCRATCH, **environment, "LIANXIN_TEST_ENGINE": engine, "PYTHONUNBUFFERED": "1"},
        )
    return Run(engine, log, process, time.monotonic())


def watch(runs: Sequence[Run], limit: float) -> None:
    """Waits for all, showing how far they are: on a terminal each second, else each half minute.

    Whatever takes longer than `limit` seconds hangs: it is killed, and has failed.
    """
    terminal = sys.stdout.isatty()
    shown = time.monotonic()
    while [run for run in runs if not run.done]:
        time.sleep(0.2)
        for run in runs:
            if not run.done and time.monotonic() - run.started > limit:
                run.process.kill()
        if time.monotonic() - shown >= (1 if terminal else 30):
            shown = time.monotonic()
            line = "  ".join(run.progress() for run in runs)
            print(f"\r\033[K  {line}" if terminal else f"  {line}", end="" if terminal else "\n", flush=True)
    if terminal:
        print("\r\033[K", end="")


def run_all(server: ServerFound | None, kind: str, arguments: Sequence[str]) -> list[Run]:
    """The runs, ended. Rules and rooms that know no engine, and journeys, which choose theirs, run on the first."""
    runs = [start("sqlite", kind, arguments, {VARIABLE: server.url} if server else {})]
    if kind == "faults":
        watch(runs, HANGS_AFTER[kind])
    if server:
        ignored = [f"--ignore={path}" for path in NO_ENGINE]
        left_out = [*ignored, *(("-m", "fault and not browser") if kind == "faults" else ())]
        runs.append(start("postgresql", kind, [*arguments, *left_out], {VARIABLE: server.url}))
    watch(runs, HANGS_AFTER[kind])
    return runs


def tell(runs: Sequence[Run], server: ServerFound | None) -> None:
    """What each said, then a line each."""
    for run in runs:
        print(f"\n──────── {run.engine} ({run.log.relative_to(ROOT)})\n{run.log.read_text(errors='replace')}")
    print("────────")
    for run in runs:
        verdict = "ok  " if run.process.returncode == 0 else "FAIL"
        print(f"{verdict} {run.engine:<11} {run.result()}  ({run.seconds:.0f} s)")
    print(f"PostgreSQL {server.version}, {server.source}" if server else LACK, flush=True)


def main(arguments: Sequence[str]) -> int:
    """0 when every engine ran tests and none failed."""
    faults = "--faults" in arguments
    chosen = [*(FAULTS if faults else USUAL), *(each for each in arguments if each != "--faults")]
    with find_server() as server:
        print("SQLite and PostgreSQL, side by side …" if server and not faults else "SQLite first …", flush=True)
        runs = run_all(server, "faults" if faults else "test", chosen)
        tell(runs, server)
    lacking = server is None and os.environ.get("CI") == "true"
    return 1 if lacking or any(run.process.returncode for run in runs) else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ServerSilent as silence:
        sys.exit(str(silence))
    except KeyboardInterrupt:
        sys.exit(130)
