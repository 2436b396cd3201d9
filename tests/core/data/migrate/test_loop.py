"""The loop: what it applies, what it refuses, and what a failure leaves behind (A11)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError

from lianxin.config import Config
from lianxin.data.connection import connection, is_sqlite, open_database
from lianxin.data.migrate import MigrationError, migrate, pending
from tests.core.data.migrate.packages import add_migration, write_package

pytestmark = pytest.mark.anyio

MODELS = """
from tortoise import fields
from tortoise.models import Model
from lianxin.data.guards import AppendOnly, Check, Index, Unique

class Booking(Model):
    id = fields.IntField(primary_key=True)
    what = fields.CharField(max_length=20)
    seats = fields.IntField(default=1)
    guards = (
        Check("booking_seats", "seats BETWEEN 1 AND 5"),
        Unique("booking_what", ("what",), "seats > 1"),
        Index("booking_by_seats", ("seats",)),
    )
    class Meta:
        table = "booking"
"""
FIRST = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops

class Migration(migrations.Migration):
    dependencies = [("lianxin", "0001_initial")]
    operations = [
        ops.CreateModel(
            name="Booking",
            fields=[("id", fields.IntField(primary_key=True)), ("what", fields.CharField(max_length=10))],
            options={"table": "booking"},
        ),
    ]
"""
SECOND = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from lianxin.data.migrate import Sql

class Migration(migrations.Migration):
    dependencies = [("booking", "0001_initial")]
    operations = [
        ops.AddField("Booking", "seats", fields.IntField(default=1)),
        ops.CreateModel(
            name="Extra", fields=[("id", fields.IntField(primary_key=True))], options={"table": "booking_extra"}
        ),
        MIDDLE,
        ops.DeleteModel("Extra"),
        ops.AlterField("Booking", "what", fields.CharField(max_length=20)),
    ]
"""
NOTHING = 'Sql(sqlite="", postgresql="")'
BROKEN = 'Sql(sqlite="SELECT * FROM nowhere", postgresql="SELECT * FROM nowhere")'


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which packages can be imported."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def booking(path: Path, middle: str = NOTHING) -> tuple[str, str]:
    migrations = {"0001_initial": FIRST, "0002_seats": SECOND.replace("MIDDLE", middle)}
    return "booking", write_package(path, MODELS, migrations)


async def rows(sql: str) -> list[dict[str, Any]]:
    return [dict(row) for row in await connection().execute_query_dict(sql)]


@asynccontextmanager
async def opened(config: Config) -> AsyncIterator[None]:
    async with open_database(config):
        yield


async def picture(config: Config) -> list[Any]:
    """The whole schema and the history, as the engine itself tells it."""
    async with opened(config):
        if is_sqlite():
            return [
                await rows("SELECT type, name, sql FROM sqlite_master ORDER BY type, name"),
                await rows('SELECT app, name FROM "migration" ORDER BY 1, 2'),
                await rows('SELECT * FROM "guard_applied" ORDER BY name'),
            ]
        return [
            await rows(
                "SELECT table_name, column_name, data_type, character_maximum_length, collation_name, is_nullable, "
                "column_default FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
            ),
            await rows(
                "SELECT conname, pg_get_constraintdef(oid) AS text FROM pg_constraint "
                "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
            ),
            await rows("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"),
            await rows("SELECT tgname, pg_get_triggerdef(oid) AS t FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"),
            await rows("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1"),
            await rows('SELECT app, name FROM "migration" ORDER BY 1, 2'),
            await rows('SELECT * FROM "guard_applied" ORDER BY name'),
        ]


async def test_it_applies_what_is_missing_and_then_finds_nothing_to_do(site_config: Config, path: Path) -> None:
    plugin = booking(path)
    assert await pending(site_config, [plugin]) == [
        "booking.0001_initial",
        "booking.0002_seats",
        "guard booking_by_seats",
        "guard booking_seats",
        "guard booking_what",
    ]
    heard: list[str] = []
    done = await migrate(site_config, [plugin], report=heard.append)
    assert done == ["booking.0001_initial", "booking.0002_seats"]
    assert "booking.0002_seats: Add field seats to Booking" in heard
    assert await pending(site_config, [plugin]) == []
    before = await picture(site_config)
    assert await migrate(site_config, [plugin]) == []
    assert await picture(site_config) == before


async def test_a_broken_middle_step_leaves_schema_and_history_as_they_were(site_config: Config, path: Path) -> None:
    """A11."""
    before = await picture(site_config)
    plugin = booking(path, BROKEN)
    with pytest.raises(MigrationError, match=r"booking\.0002_seats, 'Run SQL': .*nowhere"):
        await migrate(site_config, [plugin])
    with pytest.raises(MigrationError):
        await migrate(site_config, [plugin])
    async with opened(site_config):
        history = await rows("SELECT name FROM migration WHERE app = 'booking'")
        columns = await rows("SELECT * FROM booking")
    assert history == [{"name": "0001_initial"}]
    assert columns == []
    half = await picture(site_config)
    assert half != before
    with pytest.raises(MigrationError):
        await migrate(site_config, [plugin])
    assert await picture(site_config) == half
    add_migration(path, plugin[1], "0002_seats", SECOND.replace("MIDDLE", NOTHING))
    assert await migrate(site_config, [plugin]) == ["booking.0002_seats"]
    assert await pending(site_config, [plugin]) == []


async def test_a_first_migration_that_fails_leaves_nothing_at_all(site_config: Config, path: Path) -> None:
    before = await picture(site_config)
    broken = FIRST.replace("operations = [", f"operations = [\n        {BROKEN},").replace(
        "from tortoise import", "from lianxin.data.migrate import Sql\nfrom tortoise import", 1
    )
    plugin = ("booking", write_package(path, MODELS, {"0001_initial": broken}))
    with pytest.raises(MigrationError):
        await migrate(site_config, [plugin])
    assert await picture(site_config) == before


async def test_a_guard_that_the_rows_break_stops_the_last_migration(site_config: Config, path: Path) -> None:
    plugin = booking(path)
    fill = "INSERT INTO booking (what, seats) VALUES ('full', 9)"
    text = SECOND.replace("MIDDLE", f'Sql(sqlite="{fill}", postgresql="{fill}")')
    add_migration(
        path, plugin[1], "0002_seats", text.replace("dependencies", 'changes_rows = ("booking",)\n    dependencies')
    )
    with pytest.raises(MigrationError, match="booking_seats"):
        await migrate(site_config, [plugin])
    async with opened(site_config):
        assert await rows("SELECT name FROM migration WHERE app = 'booking'") == [{"name": "0001_initial"}]
        assert await rows("SELECT * FROM booking") == []


async def test_a_changed_guard_is_put_in_anew_and_one_that_is_gone_is_taken_out(
    site_config: Config, path: Path
) -> None:
    await migrate(site_config, [booking(path)])
    other = write_package(
        path,
        MODELS.replace("BETWEEN 1 AND 5", "BETWEEN 1 AND 6").replace(
            'Index("booking_by_seats", ("seats",)),', 'AppendOnly("booking_kept"),'
        ),
        {"0001_initial": FIRST, "0002_seats": SECOND.replace("MIDDLE", NOTHING)},
    )
    assert await pending(site_config, [("booking", other)]) == [
        "guard booking_by_seats",
        "guard booking_kept",
        "guard booking_seats",
    ]
    assert await migrate(site_config, [("booking", other)]) == []
    assert await pending(site_config, [("booking", other)]) == []
    async with opened(site_config):
        await connection().execute_query("INSERT INTO booking (what, seats) VALUES ('six', 6)")
        with pytest.raises(IntegrityError, match="booking_seats"):
            await connection().execute_query("INSERT INTO booking (what, seats) VALUES ('seven', 7)")
        with pytest.raises(IntegrityError, match="booking_kept"):
            await connection().execute_query("DELETE FROM booking")
    assert "booking_by_seats" not in str(await picture(site_config))


async def test_tables_of_a_plugin_that_is_on_no_more_stay_with_their_guards(site_config: Config, path: Path) -> None:
    await migrate(site_config, [booking(path)])
    before = await picture(site_config)
    assert await migrate(site_config) == []
    assert await picture(site_config) == before


async def test_triggers_in_sql_are_not_cut_at_their_semicolons(site_config: Config, path: Path) -> None:
    sqlite = (
        "CREATE TRIGGER by_hand AFTER INSERT ON booking BEGIN UPDATE booking SET what = 'a;b' WHERE id = NEW.id; "
        "UPDATE booking SET what = what || 'c' WHERE id = NEW.id; END; CREATE INDEX by_hand_too ON booking (what)"
    )
    trigger = f"Sql(sqlite={sqlite!r}, postgresql='SELECT 1; CREATE INDEX by_hand_too ON booking (what)')"
    await migrate(site_config, [booking(path, trigger)])
    async with opened(site_config):
        await connection().execute_query("INSERT INTO booking (what, seats) VALUES ('x', 1)")
        # What was made by hand survives the remaking of the table that comes after it.
        assert await rows("SELECT what FROM booking") == [{"what": "a;bc" if is_sqlite() else "x"}]
    assert "by_hand_too" in str(await picture(site_config))


async def test_rows_that_get_lost_on_sqlite_stop_the_migration(site_config: Config, path: Path) -> None:
    plugin = ("booking", write_package(path, MODELS, {"0001_initial": FIRST}))
    with pytest.raises(MigrationError):  # the models want more than the first migration makes
        await migrate(site_config, [plugin])
    plugin = booking(path, 'Sql(sqlite="DELETE FROM booking", postgresql="")')
    early = FIRST.replace("    ]\n", '        Sql(sqlite=FILL, postgresql=""),\n    ]\n')
    fill = "\"INSERT INTO booking (what) VALUES ('x')\""
    add_migration(
        path, plugin[1], "0001_initial", "from lianxin.data.migrate import Sql\n" + early.replace("FILL", fill)
    )
    if site_config.database != "sqlite":
        return
    with pytest.raises(MigrationError, match="rows of booking from 1 to 0"):
        await migrate(site_config, [plugin])
    async with opened(site_config):
        assert await rows("SELECT what FROM booking") == [{"what": "x"}]


REFUSED = {
    "name no migration": FIRST.replace('dependencies = [("lianxin", "0001_initial")]', "dependencies = []").replace(
        '("what",', '("area", fields.ForeignKeyField("lianxin.Area", on_delete=fields.RESTRICT)), ("what",'
    ),
    "references nonexistent parent": FIRST.replace("0001_initial", "0009_never"),
    "has no Migration class": "nothing = 1",
}


@pytest.mark.parametrize("sentence", REFUSED)
async def test_migrations_that_can_not_be_right_are_refused(sentence: str, site_config: Config, path: Path) -> None:
    before = await picture(site_config)
    plugin = ("booking", write_package(path, MODELS, {"0001_initial": REFUSED[sentence]}))
    with pytest.raises(MigrationError, match=sentence):
        await migrate(site_config, [plugin])
    assert await picture(site_config) == before


async def test_a_history_from_a_newer_program_is_refused(site_config: Config, path: Path) -> None:
    plugin = booking(path)
    await migrate(site_config, [plugin])
    older = ("booking", write_package(path, MODELS, {"0001_initial": FIRST}))
    with pytest.raises(MigrationError, match=r"booking\.0002_seats.*newer version"):
        await migrate(site_config, [older])


async def test_a_history_that_can_not_be_read_is_an_error(site_config: Config, path: Path) -> None:
    async with opened(site_config):
        await connection().execute_query("ALTER TABLE migration RENAME COLUMN name TO label")
    with pytest.raises(Exception, match="name"):
        await migrate(site_config, [booking(path)])


async def test_two_guards_of_one_name_are_refused(site_config: Config, path: Path) -> None:
    twice = MODELS.replace("booking_seats", "person_identity")
    with pytest.raises(MigrationError, match=r"person_identity.*rename one"):
        await migrate(site_config, [("booking", write_package(path, twice, {"0001_initial": FIRST}))])
