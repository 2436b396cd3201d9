"""Writing migrations from models."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from lianxin.config import Config
from lianxin.data.migrate import MigrationError, make_from_models, make_migrations, migrate, pending, unmade
from lianxin.testing.database import Template
from lianxin.testing.postgresql import create_database, drop_database
from tests.core.data.migrate.packages import add_migration, write_package
from tests.core.data.migrate.test_loop import picture

pytestmark = pytest.mark.anyio

MODELS = """
from tortoise import fields
from lianxin.data.guards import Check
from lianxin.data.row import Row
from lianxin.data.sealed import SealedField

class Slot(Row):
    'A slot.'
    place = fields.ForeignKeyField("lianxin.Area", related_name=False, on_delete=fields.RESTRICT)
    after = fields.ForeignKeyField("slots.Slot", related_name=False, on_delete=fields.RESTRICT, null=True)
    secret = SealedField(null=True)
    more = fields.JSONField(default=dict)
    number = fields.IntField(default=1)
    note = fields.TextField(default="it's")
    guards = (Check("slot_number", "number > 0"),)
    class Meta:
        table = "slot"

class Count(Row):
    id = fields.IntField(primary_key=True, generated=False)
    class Meta:
        table = "slot_count"
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which packages can be imported."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


async def test_a_first_migration_says_all_that_the_models_say(path: Path, site_config: Config) -> None:
    plugin = ("slots", write_package(path, MODELS))
    file = await make_migrations("slots", [plugin])
    assert file is not None
    assert file.name == "0001_initial.py"
    text = file.read_text()
    assert 'dependencies = [("lianxin", "0001_initial")]' in text
    assert "default=uuid7" in text
    assert "json" not in text
    assert [line for line in await unmade([plugin]) if line.startswith("slots")] == []
    assert await make_migrations("slots", [plugin]) is None
    assert await migrate(site_config, [plugin]) == ["slots.0001_initial"]


async def test_the_same_models_give_the_same_file(path: Path) -> None:
    plugin = ("slots", write_package(path, MODELS))
    file = await make_migrations("slots", [plugin])
    assert file is not None
    first = file.read_bytes()
    file.unlink()
    importlib.invalidate_caches()
    again = await make_migrations("slots", [plugin])
    assert again == file
    assert again.read_bytes() == first


async def test_a_change_gets_the_next_number_and_a_name_that_says_it(path: Path, site_config: Config) -> None:
    plugin = ("slots", write_package(path, MODELS))
    first = await make_migrations("slots", [plugin])
    assert first is not None
    changed = (
        "slots",
        write_package(path, MODELS.replace("number =", "colour = fields.CharField(20, default='')\n    number =")),
    )
    add_migration(path, changed[1], "0001_initial", first.read_text())
    assert "slots: Add field colour to Slot" in await unmade([changed])
    second = await make_migrations("slots", [changed])
    assert second is not None
    assert second.name == "0002_add_field_colour_to_slot.py"
    assert 'dependencies = [("slots", "0001_initial")]' in second.read_text()
    assert await migrate(site_config, [changed]) == ["slots.0001_initial", "slots.0002_add_field_colour_to_slot"]


async def test_a_better_docstring_is_no_change(path: Path) -> None:
    plugin = ("slots", write_package(path, MODELS))
    first = await make_migrations("slots", [plugin])
    assert first is not None
    changed = ("slots", write_package(path, MODELS.replace("'A slot.'", "'A better slot.'")))
    add_migration(path, changed[1], "0001_initial", first.read_text())
    assert [line for line in await unmade([changed]) if line.startswith("slots")] == []


async def test_constraints_that_would_reach_no_database_are_refused(path: Path) -> None:
    text = MODELS.replace(
        'table = "slot"\n',
        'table = "slot"\n        constraints = [CheckConstraint(check="number > 0", name="x")]\n',
    )
    text = "from tortoise.migrations.constraints import CheckConstraint\n" + text.lstrip()
    with pytest.raises(MigrationError, match="guards"):
        await make_migrations("slots", [("slots", write_package(path, text))])


async def test_an_unknown_app_is_refused() -> None:
    with pytest.raises(MigrationError, match="no app 'solts'"):
        await make_migrations("solts")


async def test_straight_from_the_models_nothing_is_left_to_apply(
    path: Path, tmp_path: Path, database_template: Template
) -> None:
    plugin = ("slots", write_package(path, MODELS))
    first = await make_migrations("slots", [plugin])
    assert first is not None
    text = "from tortoise import migrations\nclass Migration(migrations.Migration):\n"
    text += "    dependencies = [('slots', '0001_initial')]\n"
    add_migration(path, plugin[1], "0002_nothing", text)
    server, name = database_template.server, f"{database_template.name}_written"
    url = "sqlite" if server is None else await create_database(server, name)
    config = Config(folder=tmp_path, database=url)
    await make_from_models(config, [plugin])
    assert await pending(config, [plugin]) == []
    assert await migrate(config, [plugin]) == []
    if server is not None:
        await drop_database(server, name)


async def test_straight_from_the_models_and_by_migrations_is_the_same(
    database_template: Template, tmp_path: Path
) -> None:
    """The committed first migration makes what the suite's databases are made of."""
    pictures = []
    for make in (make_from_models, migrate):
        config = Config(folder=tmp_path / make.__name__)
        config.folder.mkdir()
        server, name = database_template.server, f"{database_template.name}_{make.__name__}"
        if server is not None:
            config = Config(folder=config.folder, database=await create_database(server, name))
        await make(config)
        pictures.append(await picture(config))
        if server is not None:
            await drop_database(server, name)
    assert pictures[0] == pictures[1]
