"""A site as `lianxin init` makes it, on the engine of this run, and the command line to speak to it."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from click.testing import CliRunner, Result

from lianxin.commands import command
from lianxin.commands.making import write_site
from lianxin.config import Config, load_config
from lianxin.data.connection import open_database
from lianxin.operate.lifetime import open_site
from lianxin.operate.rooms import built_in_rooms
from lianxin.operate.staff import make_administrator
from lianxin.plugging.assembly import assemble

T = TypeVar("T")
PASSWORD = "a long enough phrase"


class Shell:
    """`lianxin --site FOLDER …`, typed."""

    def __init__(self, config: Config) -> None:
        self.folder = config.folder
        self.database = config.database

    def run(self, *words: str, environment: dict[str, str] | None = None, typed: str | None = None) -> Result:
        """What the command line answers."""
        return CliRunner().invoke(command, ["--site", str(self.folder), *words], env=environment, input=typed)

    def done(self, *words: str) -> str:
        """What it says when all went well."""
        answer = self.run(*words)
        assert answer.exit_code == 0, answer.output
        return answer.stdout

    def told(self, *words: str, code: int) -> str:
        """The sentence with which it ends otherwise; never a trace."""
        answer = self.run(*words)
        assert answer.exit_code == code, answer.output
        assert isinstance(answer.exception, SystemExit)
        assert answer.stderr.startswith("Error: ")
        return answer.stderr.removeprefix("Error: ").strip()

    def json(self, *words: str, code: int = 0) -> Any:
        """What a script reads: nothing else stands on the standard output."""
        answer = self.run(*words, "--json")
        if answer.exception is not None and not isinstance(answer.exception, SystemExit):
            raise answer.exception
        assert (answer.exit_code, answer.stderr) == (code, ""), answer.output
        return json.loads(answer.stdout)

    def init(self, *words: str, plugins: str = "") -> Result:
        """Makes the site."""
        usual = ["init", str(self.folder), "--base-url", "http://127.0.0.1:8000", "--database", self.database]
        names = ["--plugins", plugins, "--administrator", "root", "--name", "罗俊"]
        return CliRunner().invoke(command, [*usual, *names, "--password", PASSWORD, *words])

    @property
    def toml(self) -> Path:
        """The configuration."""
        return self.folder / "lianxin.toml"

    def add(self, line: str) -> None:
        """One more line of configuration."""
        self.toml.write_text(self.toml.read_text("utf-8") + line + "\n", "utf-8")

    def change(self, old: str, new: str) -> None:
        """Other words in the configuration."""
        text = self.toml.read_text("utf-8")
        assert old in text
        self.toml.write_text(text.replace(old, new), "utf-8")

    def inside(self, look: Callable[[], Awaitable[T]]) -> T:
        """Looks into the site's database."""

        async def opened() -> T:
            async with open_database(load_config(self.folder, {})):
                return await look()

        return asyncio.run(opened())


@pytest.fixture
def empty(bare_config: Config) -> Shell:
    """A folder and a database with nothing in them."""
    return Shell(bare_config)


@pytest.fixture
def site(site_config: Config) -> Shell:
    """A site without plugins, as `init` leaves it (which test_making.py shows), on a copy of ready tables."""
    config, kept = site_config, site_config.folder / "kept"
    if config.database == "sqlite":
        config.sqlite_file.rename(kept)
    write_site(
        config.folder,
        base_url="http://127.0.0.1:8000",
        listen="127.0.0.1:8000",
        database=config.database,
        plugins=[],
        demo=False,
    )
    if kept.exists():
        kept.rename(config.sqlite_file)

    async def fill() -> None:
        async with open_site(config, assemble(config, built_in_rooms(config), strict=True)):
            await make_administrator("root", "罗俊", PASSWORD, now=datetime.now(UTC))

    asyncio.run(fill())
    return Shell(config)


Install = Callable[[str, str], None]


@pytest.fixture
def install(
    site: Shell, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Install]:
    """Installs a plugin as pip would, from its name and its `plugin.py`, and switches it on."""
    root = tmp_path_factory.mktemp("packages")
    monkeypatch.syspath_prepend(str(root))

    def put(name: str, plugin: str) -> None:
        package = f"lianxin_{name}_plugin"
        facts = root / f"{package}-1.dist-info"
        for folder in (root / package, facts):
            folder.mkdir()
        manifest = f'from lianxin.api import Manifest\nMANIFEST = Manifest("{name}", "{name}", "1", ">=0.1,<1")\n'
        (root / package / "__init__.py").write_text(manifest)
        (root / package / "plugin.py").write_text(plugin)
        (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1\n")
        (facts / "entry_points.txt").write_text(f"[lianxin.plugins]\n{name} = {package}\n")
        site.change("plugins = []", f'plugins = ["{name}"]')

    yield put
    for module in [each for each in sys.modules if each.endswith("_plugin") or "_plugin." in each]:
        if str(root) in str(getattr(sys.modules[module], "__file__", "")):
            del sys.modules[module]
