"""The first dozen questions of `lianxin check`: what is wrong, and what to do, in one line each."""

from __future__ import annotations

import shutil
import socket
import stat
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from lianxin.audit import verify
from lianxin.calendar.queries import list_years
from lianxin.config import Config
from lianxin.data.keys import KeysError, load_keys
from lianxin.data.migrate import pending
from lianxin.data.models import Job
from lianxin.declarations import Check, Verdict
from lianxin.directory.areas import list_children
from lianxin.i18n import N_
from lianxin.matters.flow import unknown_states
from lianxin.messages.models import Delivery
from lianxin.messages.sms import NoProvider, sms_provider
from lianxin.web.site import system_clock

OK = Verdict("ok", "")
LOW_DISK = 0.10
LATE_JOB = timedelta(minutes=10)


def _warn(text: str, fix: str) -> Verdict:
    return Verdict("warning", text, fix)


def _error(text: str, fix: str) -> Verdict:
    return Verdict("error", text, fix)


async def keys(config: Config) -> Verdict:
    """Readable to us, to nobody else."""
    try:
        load_keys(config.keys_file)
    except KeysError as fault:
        return _error(str(fault), "See the sentence.")
    return OK


async def configuration_private(config: Config) -> Verdict:
    """lianxin.toml may hold the database's password."""
    file = config.folder / "lianxin.toml"
    if file.exists() and config.database != "sqlite" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        return _warn(f"{file} can be read by others and holds the database's password.", f"Run: chmod 600 {file}")
    return OK


async def tls(config: Config) -> Verdict:
    """Without TLS whoever is between reads along, and camera, position and clipboard are off on phones."""
    if config.secure:
        return OK
    return _error("People reach the site without encryption (base_url is http://).", "Set base_url to https://… .")


async def no_demo(config: Config) -> Verdict:
    """A demonstration lets anybody sign in."""
    if config.demo:
        return _error("This is a demonstration: anybody can sign in as anybody.", "Make a site with `lianxin init`.")
    return OK


async def disk(config: Config) -> Verdict:
    """A full disk stops all writing."""
    usage = shutil.disk_usage(config.folder)
    if usage.free / usage.total < LOW_DISK:
        return _warn(f"The disk has {usage.free // 2**20} MiB left.", "Free some space, or move the site.")
    return OK


async def uploads(config: Config) -> Verdict:
    """Files must have a place."""
    if not config.uploads.is_dir():
        return _error(f"{config.uploads} is missing.", f"Run: mkdir {config.uploads}")
    return OK


def is_silence(fault: BaseException) -> bool:
    """Whether the database's machine or the database itself could not be reached, or does not let us in."""
    if isinstance(fault, ConnectionError | TimeoutError | socket.gaierror):
        return True
    # asyncpg's own classes for a wrong user or password, without importing it on sites that run on SQLite.
    return any(each.__name__ == "InvalidAuthorizationSpecificationError" for each in type(fault).__mro__)


def migrations(tables: tuple[tuple[str, str], ...]) -> Callable[[Any], Awaitable[Verdict]]:
    """The tables must be those of the program."""

    async def look(config: Config) -> Verdict:
        try:
            waiting = await pending(config, tables)
        except Exception as fault:
            if not is_silence(fault):
                raise
            return _error(f"The database does not answer: {fault}.", "See `database` in lianxin.toml, and start it.")
        if waiting:
            return _error(f"The database is behind: {', '.join(waiting)}.", "Run: lianxin migrate")
        return OK

    return look


async def states(_: Config) -> Verdict:
    """A flow that lost a state strands its matters."""
    faults = await unknown_states()
    if faults:
        return _error(
            "; ".join(faults), "Install the plugin version that knows these states, or name them in renamed=."
        )
    return OK


async def jobs_run(_: Config) -> Verdict:
    """Somebody must be doing the work."""
    late = await Job.filter(state="queued", due_at__lt=system_clock() - LATE_JOB).count()
    if late:
        return _error(
            f"{late} jobs wait for more than ten minutes.", "Start `lianxin worker`, or serve without --no-worker."
        )
    return OK


async def jobs_dead(_: Config) -> Verdict:
    """What was given up."""
    dead = await Job.filter(state="dead").count()
    if dead:
        return _warn(f"{dead} jobs were given up after many tries.", "Look at Administration, Jobs; retry them there.")
    return OK


async def sms(_: Config) -> Verdict:
    """Without text messages no resident can sign in by her phone."""
    try:
        sms_provider()
    except NoProvider as fault:
        return _warn(str(fault), "Switch on a plugin that offers SmsProvider; until then the desk prints slips.")
    return OK


async def deliveries(_: Config) -> Verdict:
    """Messages that never arrived."""
    failed = await Delivery.filter(state="failed", created_at__gt=system_clock() - timedelta(days=1)).count()
    if failed:
        return _warn(f"{failed} messages of the last day could not be sent.", "Look at Administration, Messages.")
    return OK


async def audit_chain(_: Config) -> Verdict:
    """Nobody may have changed what was written down."""
    faults = await verify()
    if faults:
        return _error(faults[0], "Keep the machine as it is, and call whoever is responsible for security.")
    return OK


async def calendar_years(_: Config) -> Verdict:
    """Deadlines in a year without holidays are guesses."""
    year = system_clock().year
    years = await list_years()
    missing = [each for each in (year, year + 1) if each not in years]
    if year in missing:
        return _error(f"The holidays of {year} are not entered.", "Enter them in Administration, Calendar.")
    if missing and system_clock().month == 12:
        return _warn(f"The holidays of {year + 1} are not entered.", "Enter them in Administration, Calendar.")
    return OK


async def areas(_: Config) -> Verdict:
    """A county must be there, and somebody to call."""
    top = await list_children(None)
    if not top:
        return _error("There are no areas yet.", "Import the county's areas: see docs/operate/first-day.md.")
    if not top[0].phone:
        return _warn(f"{top[0].name_en} has no telephone.", "Enter it in Administration, Areas.")
    return OK


def first_checks(tables: tuple[tuple[str, str], ...]) -> list[Check]:
    """Those that need no open site, in the order in which they are asked; an error in one of `BARS` ends the asking."""
    return [
        Check("keys", N_("Keys of the vault"), keys),
        Check("configuration", N_("Configuration file"), configuration_private),
        Check("tls", N_("Encrypted connections"), tls, deploy=True),
        Check("demo", N_("No demonstration"), no_demo, deploy=True),
        Check("disk", N_("Disk"), disk),
        Check("uploads", N_("Folder for files"), uploads),
        Check("migrations", N_("Tables"), migrations(tables)),
    ]


BARS = frozenset({"keys", "migrations"})
"""Without these a site can't be opened, and no further question makes sense."""


def later_checks() -> list[Check]:
    """Those that look into the open site."""
    return [
        Check("states", N_("States of matters"), states),
        Check("worker", N_("Background jobs run"), jobs_run),
        Check("dead-jobs", N_("Jobs given up"), jobs_dead),
        Check("sms", N_("Text messages"), sms),
        Check("deliveries", N_("Messages that failed"), deliveries),
        Check("audit", N_("Trail unchanged"), audit_chain),
        Check("calendar", N_("Holidays entered"), calendar_years),
        Check("areas", N_("Areas"), areas),
    ]
