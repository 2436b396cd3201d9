"""Background work of the plugin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from lianxin.api import N_, Job
from lianxin_eservices.actions.authorising import end_run_out
from lianxin_eservices.actions.counting import count_lately
from lianxin_eservices.actions.drafting import drop_expired
from lianxin_eservices.actions.following import remind_of_papers
from lianxin_eservices.actions.household import LINK_JOB
from lianxin_eservices.actions.household_consent import link_household
from lianxin_eservices.actions.keeping_papers import end_papers
from lianxin_eservices.actions.printing import forget_printed
from lianxin_eservices.actions.putting_aside import forget_slips
from lianxin_eservices.actions.reminding import remind_applicants, remind_colleagues, remind_leaders
from lianxin_eservices.actions.showing import end_quiet

PRINTED_KEPT: Final = timedelta(days=30)


async def _drop_expired(payload: dict[str, Any]) -> None:
    due_at = datetime.fromisoformat(payload["due_at"])
    await drop_expired(due_at)
    await forget_printed(due_at - PRINTED_KEPT)
    await forget_slips(due_at)


async def _end_papers(payload: dict[str, Any]) -> None:
    await end_papers(datetime.fromisoformat(payload["due_at"]))


async def _end_run_out(payload: dict[str, Any]) -> None:
    now = datetime.fromisoformat(payload["due_at"])
    await end_run_out(now)
    await end_quiet(now)


async def _remind_of_papers(payload: dict[str, Any]) -> None:
    await remind_of_papers(datetime.fromisoformat(payload["due_at"]))


async def _remind_applicants(payload: dict[str, Any]) -> None:
    await remind_applicants(datetime.fromisoformat(payload["due_at"]))


async def _remind_offices(payload: dict[str, Any]) -> None:
    now = datetime.fromisoformat(payload["due_at"])
    await remind_colleagues(now)
    await remind_leaders(now)


async def _count_figures(payload: dict[str, Any]) -> None:
    await count_lately(datetime.fromisoformat(payload["due_at"]))


async def _link_household(payload: dict[str, Any]) -> None:
    await link_household(UUID(payload["household"]), datetime.fromisoformat(payload["now"]))


JOBS: Final = (
    Job(LINK_JOB, _link_household, title=N_("Asking those who live together whether they agree")),
    Job("eservices.count_figures", _count_figures, every="40 2 * * *", title=N_("Counting the figures of services")),
    Job(
        "eservices.remind_of_papers",
        _remind_of_papers,
        every="10 9 * * *",
        title=N_("Reminding people of papers that are missing"),
    ),
    Job(
        "eservices.remind_applicants",
        _remind_applicants,
        every="20 9 * * *",
        title=N_("Reminding people of what the office waits for"),
    ),
    Job(
        "eservices.remind_offices",
        _remind_offices,
        every="20 8 * * *",
        title=N_("Telling offices and leaders what is about to be overdue"),
    ),
    Job(
        "eservices.end_papers",
        _end_papers,
        every="50 3 * * *",
        title=N_("Removing papers that are kept no longer"),
    ),
    Job(
        "eservices.end_run_out", _end_run_out, every="*/10 * * * *", title=N_("Ending authorisations that have run out")
    ),
    Job(
        "eservices.drop_drafts",
        _drop_expired,
        every="20 3 * * *",
        title=N_("Dropping applications that nobody went on with"),
    ),
)
