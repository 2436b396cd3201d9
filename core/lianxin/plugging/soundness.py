"""Declarations that can't work whoever else is there: found before the first request, and laid to their plugin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lianxin.data.schedule import parse_schedule
from lianxin.declarations import After
from lianxin.events import check_durable
from lianxin.matters.flow import faults_of
from lianxin.plugging.collecting import Collected
from lianxin.plugging.faults import Fault
from lianxin.settings import check_group


def check_soundness(parts: Sequence[Collected]) -> Iterator[Fault]:
    """Flows that lead nowhere, schedules that no clock reads, settings and events that can't be kept."""
    for part in parts:
        for what, remedy in _unsound(part):
            yield Fault(part.name, part.file, what, remedy)


def _unsound(part: Collected) -> Iterator[tuple[str, str]]:
    for flow in part.declared.get("flows", ()):
        yield from ((f"its {fault}.", "Mend the declaration of the flow.") for fault in faults_of(flow))
    for job in part.declared.get("jobs", ()):
        if job.every is not None and (fault := _raised(parse_schedule, job.every)):
            yield f"its job {job.name!r} comes every {fault}.", 'Write five fields, such as "0 3 * * *".'
    for listener in part.declared.get("listeners", ()):
        if isinstance(listener, After) and listener.durable and (fault := _raised(check_durable, part.name, listener)):
            yield f"{fault}", "Or take durable=True out."
    groups = part.declared.get("settings", ())
    if len(groups) > 1:
        yield f"settings() lists {len(groups)} groups.", "Put all fields into one dataclass."
    for group in groups:
        if fault := _raised(check_group, part.name, group):
            yield f"its settings can't be kept: {fault}.", "Give it another type."


def _raised(check: Callable[..., Any], *given: Any) -> str:
    try:
        check(*given)
    except (ValueError, TypeError) as fault:
        return str(fault)
    return ""
