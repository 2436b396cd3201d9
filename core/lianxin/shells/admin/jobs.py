"""Background jobs: what waits, runs, failed; failed ones can be tried again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from lianxin.api import (
    N_,
    FormView,
    JobRow,
    Loader,
    Refused,
    See,
    Visit,
    _,
    decode_key,
    encode_key,
    record,
    retry_dead,
    unit_of_work,
)
from lianxin.shells.admin.access import RETRY
from lianxin.shells.admin.forms import PressForm

SIZE = 50
STATES = ("dead", "queued", "leased", "done")


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job. Its payload stays out of sight: it may speak of people."""

    id: UUID
    title: str
    name: str
    state: str
    due_at: datetime
    attempts: int
    error: str
    finished_at: datetime | None
    retry: FormView | None


@dataclass(frozen=True, slots=True)
class JobsPage:
    """Of one state, the latest first."""

    template: ClassVar[str] = "admin/jobs.html"
    shell: ClassVar[str] = "admin"

    title: str
    state: str
    chips: list[dict[str, object]]
    lines: list[JobLine]
    next_href: str


async def _load(visit: Visit, text: str) -> JobRow:
    try:
        row = await JobRow.get_or_none(id=UUID(text))
    except ValueError:
        row = None
    if row is None:
        raise Refused("admin.no_job", N_("There is no such job."), status=404)
    return row


JOB = Loader(_load, scoped=False, because="jobs belong to the whole site; the route's permission guards them")


def state_title(state: str) -> str:
    """In words."""
    words = {"dead": _("failed"), "queued": _("waiting"), "leased": _("running"), "done": _("done")}
    return words[state]


async def show_jobs(visit: Visit) -> JobsPage:
    """What failed comes first: it waits for somebody."""
    asked = visit.query("state", longest=10)
    state = asked if asked in STATES else "dead"
    counts = {each: await JobRow.filter(state=each).count() for each in STATES}
    chips: list[dict[str, object]] = [
        {
            "title": state_title(each),
            "href": visit.url("admin:jobs", state=each),
            "count": counts[each],
            "current": each == state,
        }
        for each in STATES
    ]
    rows = await _rows(state, visit.query("after", longest=500))
    following = encode_key([str(rows[SIZE - 1].id)]) if len(rows) > SIZE else ""
    next_href = visit.url("admin:jobs", state=state, after=following) if following else ""
    return JobsPage(_("Jobs"), state, chips, [_line(visit, row) for row in rows[:SIZE]], next_href)


async def _rows(state: str, after: str) -> list[JobRow]:
    query = JobRow.filter(state=state)
    key = decode_key(after, 1) if after else None
    with suppress(ValueError):
        query = query.filter(id__lt=UUID(key[0])) if key else query
    return await query.order_by("-id").limit(SIZE + 1)


def _line(visit: Visit, row: JobRow) -> JobLine:
    may = row.state == "dead" and visit.actor.may(RETRY)
    titles = {job.name: str(job.title) for job in visit.site.assembly.items("jobs")}
    return JobLine(
        id=row.id,
        title=titles.get(row.name, ""),
        name=row.name,
        state=state_title(row.state),
        due_at=row.due_at,
        attempts=row.attempts,
        error=(row.last_error or "").strip().splitlines()[-1][:300] if row.last_error else "",
        finished_at=row.finished_at,
        retry=visit.form(PressForm, visit.url("admin:retry", job=row.id)) if may else None,
    )


async def retry(visit: Visit, job: JobRow) -> See:
    """Another round of attempts."""
    async with unit_of_work():
        again = await retry_dead(job.id, now=visit.now)
        if again:
            await record("jobs.retried", by=visit.actor, object_kind="job", object_id=job.id, now=visit.now)
    if not again:
        return See(visit.url("admin:jobs"), _("It is not among the failed any more."), "warn")
    return See(visit.url("admin:jobs"), _("It is tried again now."))


async def count_dead(visit: Visit) -> tuple[int, int]:
    """The figure in the menu, in red."""
    dead = await JobRow.filter(state="dead").count()
    return dead, dead
