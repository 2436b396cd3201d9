"""The plugin that docs/plugins/first-plugin.md shows: it works as it stands, and each mistake is answered in words."""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lianxin.config import Config
from lianxin.data.keys import make_keys
from lianxin.data.models import Job
from lianxin.data.unit import unit_of_work
from lianxin.directory.models import Person
from lianxin.matters.models import Clock, Matter
from lianxin.messages.models import Message
from lianxin.operate.demo.fill import fill_kernel
from lianxin.operate.rooms import built_in_rooms
from lianxin.plugging.assembly import Assembly, assemble
from lianxin.plugging.faults import PluginFaults
from lianxin.testing.clock import FakeClock
from lianxin.testing.database import make_tables
from lianxin.testing.site import open_test_site

PAGE = Path(__file__).parents[2] / "docs" / "plugins" / "first-plugin.md"
FILES = dict(re.findall(r"^## `(lianxin_loans/\S+)`.*?^```\w+\n(.*?)^```$", PAGE.read_text("utf-8"), re.S | re.M))
PACKAGES = {"loans": "lianxin_loans"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The plugin of the page, written down and importable for one test."""
    root = tmp_path / "plugin"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    monkeypatch.syspath_prepend(str(root))
    yield root / "lianxin_loans"
    for name in [each for each in sys.modules if each.split(".")[0] == "lianxin_loans"]:
        del sys.modules[name]


def put_together(config: Config, *, strict: bool = True) -> Assembly:
    chosen = replace(config, plugins=("loans",))
    return assemble(chosen, built_in_rooms(chosen), strict=strict, packages=PACKAGES)


def fault_of(config: Config) -> str:
    with pytest.raises(PluginFaults) as caught:
        put_together(config)
    return str(caught.value)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_it_is_a_page_long(folder: Path) -> None:
    python = [text for name, text in FILES.items() if name.endswith(".py")]
    assert len(python) == 3
    assert sum(1 for text in python for line in text.splitlines() if line.strip()) <= 120


@pytest.mark.anyio
async def test_somebody_borrows_a_book(bare_config: Config, folder: Path) -> None:
    make_keys(bare_config.keys_file)
    assembly = put_together(bare_config)
    await make_tables(bare_config, assembly.tables)
    clock = FakeClock()
    async with open_test_site(bare_config, clock=clock, assembly=assembly, plugins=("loans",)) as site:
        await fill_kernel(clock())
        async with unit_of_work():
            person = await Person.create(name="周小华", created_at=clock())
        browser = await site.client_of(person.id)
        shown = await browser.get("/loans/")
        assert (shown.status_code, "Library loans" in shown.text) == (200, True)
        wrong = await browser.submit("/loans/", {"book": ""}, page="/loans/")
        assert (wrong.status_code, "Which book?" in wrong.text) == (422, True)
        lent = await browser.submit("/loans/", {"book": "红岩"}, page="/loans/")
        assert lent.status_code == 303
        assert "红岩" in (await browser.get("/loans/")).text
        matter = await Matter.get(flow="loans.loan")
        assert (matter.state, matter.title) == ("lent", "红岩")
        assert await Clock.filter(matter_id=matter.id, kind="return", state="running").count() == 1
        assert await Message.filter(person_id=person.id, kind="loans.lent").count() == 1
        assert await Job.filter(name="messages.deliver").count() == 1
        assert (await site.client().get("/loans/")).status_code == 303


def test_a_page_without_access_is_refused(site_config: Config, folder: Path) -> None:
    change(folder / "plugin.py", 'page("/", name="list", access=SIGNED_IN,', 'page("/", name="list",')
    told = fault_of(site_config)
    assert "'loans'" in told
    assert "plugin.py" in told
    assert "access" in told


def test_a_misspelt_hook_is_named(site_config: Config, folder: Path) -> None:
    change(folder / "plugin.py", "def routes()", "def rutes()")
    told = fault_of(site_config)
    assert "'loans'" in told
    assert "rutes" in told
    assert "Hooks are:" in told


def test_an_address_given_twice_is_named(site_config: Config, folder: Path) -> None:
    change(
        folder / "plugin.py",
        'action("/", name="borrow"',
        'page("/", name="again", access=SIGNED_IN, handler=borrow), action("/", name="borrow"',
    )
    told = fault_of(site_config)
    assert "address" in told
    assert "GET /loans/" in told


def test_a_route_for_machines_says_what_it_answers(site_config: Config, folder: Path) -> None:
    change(folder / "plugin.py", "APPLICANT, SIGNED_IN,", "APPLICANT, SIGNED_IN, api,")
    forgetful = 'api("/all", name="all", access=SIGNED_IN, handler=show_loans), action("/", name="borrow"'
    change(folder / "plugin.py", 'action("/", name="borrow"', forgetful)
    told = fault_of(site_config)
    assert "'all' is for machines" in told
    assert "answers=" in told


def test_a_table_of_somebody_else_is_refused(site_config: Config, folder: Path) -> None:
    change(folder / "models.py", "loans_loan", "matter")
    told = fault_of(site_config)
    assert "'matter'" in told
    assert "loans_" in told


def test_another_version_is_refused(site_config: Config, folder: Path) -> None:
    change(folder / "__init__.py", ">=0.1,<1", ">=7")
    told = fault_of(site_config)
    assert ">=7" in told
    assert "upgrade Lianxin" in told


def test_a_plugin_that_breaks_at_import_leaves_the_rest_running(site_config: Config, folder: Path) -> None:
    change(folder / "models.py", "class Loan(Model):", "class Loan(Mode):")
    told = fault_of(site_config)
    assert "models.py:" in told
    assert "NameError" in told
    rest = put_together(site_config, strict=False)
    assert [fault.plugin for fault in rest.faults] == ["loans"]
    assert not rest.plugins
    assert rest.items("routes")


def test_an_essential_plugin_that_is_broken_stops_the_start(site_config: Config, folder: Path) -> None:
    change(folder / "models.py", "class Loan(Model):", "class Loan(Mode):")
    chosen = replace(site_config, plugins=("loans",), essential=("loans",))
    with pytest.raises(PluginFaults):
        assemble(chosen, built_in_rooms(chosen), strict=False, packages=PACKAGES)
