"""What the kernel itself hands over through the hooks: its jobs, its channel, its permissions, its demo data."""

from __future__ import annotations

from typing import Any

from lianxin.access import visible
from lianxin.access.codes import forget_codes
from lianxin.access.held import forget_held
from lianxin.access.limits import forget_attempts
from lianxin.access.sessions import forget_sessions
from lianxin.audit import seal
from lianxin.bus import forget_old as forget_events
from lianxin.data.jobs import forget_old as forget_jobs
from lianxin.declarations import Channel, DemoData, Job, Listener, Permission, Route, Service
from lianxin.events import DURABLE_JOB, run_durable
from lianxin.files import drop_stale
from lianxin.i18n import N_
from lianxin.matters.claiming import HAND_OVER
from lianxin.matters.sweeping import RECOUNT, sweep_clocks
from lianxin.messages.delivering import run as deliver
from lianxin.messages.sms import SMS
from lianxin.messages.telling import DELIVER_JOB
from lianxin.operate.demo.cast import DemoCast
from lianxin.operate.demo.fill import fill_kernel
from lianxin.plugging.hookspecs import hookimpl
from lianxin.shells.demo.cast import Cast
from lianxin.web.held_page import HELD_ROUTES
from lianxin.web.site import system_clock


async def _sweep(_: dict[str, Any]) -> None:
    await sweep_clocks(system_clock())


async def _seal(_: dict[str, Any]) -> None:
    await seal(system_clock())


async def _forget(_: dict[str, Any]) -> None:
    now = system_clock()
    await forget_events(now)
    await forget_jobs(now)
    await drop_stale(now)
    await forget_attempts(now)
    await forget_codes(now)
    await forget_held(now)
    await forget_sessions(now)


@hookimpl
def jobs() -> list[Job]:
    """What runs beside the pages."""
    return [
        Job(DELIVER_JOB, deliver, title=N_("Sending a message")),
        Job(DURABLE_JOB, run_durable, title=N_("Doing what follows from something that happened")),
        Job("matters.sweep_clocks", _sweep, every="* * * * *", title=N_("Looking for deadlines that have passed")),
        Job("audit.seal", _seal, every="*/5 * * * *", title=N_("Sealing the audit trail")),
        Job("lianxin.forget", _forget, every="17 * * * *", title=N_("Removing what has run out")),
    ]


@hookimpl
def routes() -> list[Route]:
    """Where somebody finds what she sent after her session had ended."""
    return list(HELD_ROUTES)


@hookimpl
def listeners() -> list[Listener]:
    """A year entered into the calendar moves deadlines that were guesses."""
    return [RECOUNT]


@hookimpl
def channels() -> list[Channel]:
    """Text messages, through whichever provider a plugin offers."""
    return [SMS]


@hookimpl
def permissions() -> list[Permission]:
    """Rights over matters of every plugin."""
    return [
        Permission(HAND_OVER, N_("Take a matter from a colleague and give it to another"), ("supervisor",)),
        Permission(visible.RESTRICTED, N_("See restricted matters"), ("supervisor",)),
    ]


@hookimpl
def demo() -> list[DemoData]:
    """Areas, organisations, people, staff, the calendar."""
    return [DemoData(fill_kernel, weight=0)]


@hookimpl
def services() -> list[Service]:
    """Whom one may be on a demo site."""
    return [Service(Cast, DemoCast())]
