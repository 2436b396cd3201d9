"""`lianxin check`: each question has a test that breaks that thing and sees it told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from lianxin.calendar.actions import seed_calendar
from lianxin.data.connection import connection
from lianxin.data.jobs import enqueue
from lianxin.data.models import Job
from lianxin.data.unit import unit_of_work
from lianxin.directory.models import Area, Person
from lianxin.matters.models import Matter
from lianxin.messages.models import Delivery, Message
from tests.core.commands.conftest import Install, Shell

NOW = datetime.now(UTC)


def verdicts(site: Shell, *words: str, code: int = 1) -> dict[str, str]:
    return {row["check"]: row["level"] for row in site.json("check", *words, code=code)}


async def make_ready() -> None:
    """What a real site has before its first day: holidays and places."""
    async with unit_of_work():
        await seed_calendar(NOW)
        await Area.create(
            code="51", name_zh="县", name_en="County", kind="county", path="51/", phone="0839", valid_from=NOW.date()
        )


@pytest.fixture
def ready(site: Shell) -> Shell:
    site.inside(make_ready)
    return site


def test_a_site_that_is_ready_has_one_warning_and_ends_well(ready: Shell) -> None:
    levels = verdicts(ready, code=0)
    assert len(levels) >= 12
    assert {name for name, level in levels.items() if level != "ok"} == {"sms"}


def test_every_answer_has_a_remedy_and_is_english(site: Shell) -> None:
    rows = site.json("check", "--deploy", code=1)
    for row in rows:
        assert set(row) == {"check", "level", "text", "fix"}
        assert row["level"] == "ok" or (row["text"] and row["fix"])
    assert site.run("check").stdout.isascii() or "→" in site.run("check").stdout
    assert "Keys of the vault" in site.run("check").stdout


def test_before_people_use_it_warnings_count(ready: Shell) -> None:
    assert verdicts(ready, code=0)["sms"] == "warning"
    levels = verdicts(ready, "--deploy", code=1)
    assert (levels["tls"], levels["demo"]) == ("error", "ok")


def test_encryption_is_seen(ready: Shell) -> None:
    text = ready.toml.read_text("utf-8")
    ready.toml.write_text(text.replace("http://127.0.0.1:8000", "https://lianxin.example"), "utf-8")
    assert verdicts(ready, "--deploy")["tls"] == "ok"


def test_an_empty_site_lacks_holidays_and_places(site: Shell) -> None:
    levels = verdicts(site)
    assert (levels["calendar"], levels["areas"]) == ("error", "error")


def test_keys_that_others_can_read(ready: Shell) -> None:
    (ready.folder / "keys.toml").chmod(0o644)
    rows = {row["check"]: row for row in ready.json("check", code=1)}
    assert rows["keys"]["level"] == "error"
    assert "chmod 600" in rows["keys"]["text"]
    assert "areas" not in rows, "a site without keys is not opened"


def test_keys_that_are_gone(ready: Shell) -> None:
    (ready.folder / "keys.toml").unlink()
    assert verdicts(ready)["keys"] == "error"
    assert "wait until this is mended" in ready.run("check").stdout


def test_a_configuration_that_others_can_read(ready: Shell) -> None:
    ready.toml.chmod(0o644)
    assert verdicts(ready, code=0)["configuration"] == ("ok" if ready.database == "sqlite" else "warning")


def test_a_missing_folder_for_files(ready: Shell) -> None:
    (ready.folder / "uploads").rmdir()
    assert verdicts(ready)["uploads"] == "error"


def test_a_full_disk(ready: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianxin.operate.checks.LOW_DISK", 1.0)
    assert verdicts(ready, code=0)["disk"] == "warning"


def test_tables_that_are_behind(ready: Shell) -> None:
    ready.inside(forget)
    assert ready.run("migrate", "--check").exit_code == 1
    assert verdicts(ready)["migrations"] == "error"


async def forget() -> None:
    """As if the database were of a version before the first."""
    await connection().execute_query("DELETE FROM migration")


BREAKS: dict[str, tuple[str, Callable[[], Awaitable[None]]]] = {}


def breaks(check: str, level: str) -> Callable[[Callable[[], Awaitable[None]]], Callable[[], Awaitable[None]]]:
    def named(work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        BREAKS[check] = (level, work)
        return work

    return named


@breaks("worker", "error")
async def leave_a_job_waiting() -> None:
    async with unit_of_work():
        await enqueue("audit.seal", {}, due_at=NOW - timedelta(hours=1))


@breaks("dead-jobs", "warning")
async def give_a_job_up() -> None:
    async with unit_of_work():
        await enqueue("audit.seal", {}, due_at=NOW)
    await Job.all().update(state="dead")


@breaks("deliveries", "warning")
async def fail_to_deliver() -> None:
    async with unit_of_work():
        person = await Person.first()
        assert person is not None
        message = await Message.create(person=person, kind="x.y", parameters={}, created_at=NOW)
        await Delivery.create(message=message, channel="sms", state="failed", created_at=NOW)


@breaks("areas", "warning")
async def take_the_telephone_away() -> None:
    await Area.all().update(phone="")


@pytest.mark.parametrize("check", BREAKS)
def test_what_is_broken_is_told(ready: Shell, check: str) -> None:
    level, work = BREAKS[check]
    assert verdicts(ready, code=0)[check] == "ok"
    ready.inside(work)
    assert verdicts(ready, code=1 if level == "error" else 0)[check] == level


def test_a_trail_that_somebody_changed(ready: Shell) -> None:
    from lianxin.audit import seal

    async def seal_and_change() -> None:
        await seal(datetime.now(UTC) + timedelta(minutes=5))
        async with unit_of_work():
            await connection().execute_script(
                "DROP TRIGGER audit_kept_update"
                if ready.database == "sqlite"
                else "ALTER TABLE audit_entry DISABLE TRIGGER ALL"
            )
            await connection().execute_query("UPDATE audit_entry SET action = 'something.else'")

    ready.inside(seal_and_change)
    assert "migrations" in verdicts(ready)
    ready.run("migrate")
    assert verdicts(ready)["audit"] == "error"


FLOW = """
from lianxin.api import N_, Permission, hookimpl
from lianxin.declarations import Flow, State, StateKind

@hookimpl
def permissions():
    return [Permission("small.thing.do", "Do", ())]

@hookimpl
def flows():
    states = (State("here", "Here", StateKind.CLOSED, "…"),)
    return [Flow("small.flow", 2, "F", "list", states, (), "here", "small.thing.do", "small.thing.do", "supervisor")]

@hookimpl
def checks():
    from lianxin.api import Check

    async def look(config):
        raise LookupError("nobody home")

    return [Check("small.asks", "Small", look)]
"""


def test_a_matter_in_a_state_that_is_gone(ready: Shell, install: Install) -> None:
    install("small", FLOW)
    assert verdicts(ready)["states"] == "ok"

    async def strand() -> None:
        async with unit_of_work():
            area = await Area.get(code="51")
            await Matter.create(
                code="0" * 8,
                flow="small.flow",
                flow_version=1,
                state="gone",
                title="t",
                area=area,
                owner_role="supervisor",
                created_at=NOW,
                changed_at=NOW,
            )

    ready.inside(strand)
    rows = {row["check"]: row for row in ready.json("check", code=1)}
    assert rows["states"]["level"] == "error"
    assert "gone" in rows["states"]["text"]


def test_a_question_that_breaks_is_an_answer(ready: Shell, install: Install) -> None:
    install("small", FLOW)
    rows = {row["check"]: row for row in ready.json("check", code=1)}
    assert rows["small.asks"]["level"] == "error"
    assert "LookupError: nobody home" in rows["small.asks"]["text"]
    assert rows["areas"]["level"] == "ok", "the others are still asked"
