"""A room imports only from floors below it; plugins and shells come through one door; nothing goes in circles."""

import pytest

from tests.architecture.reading import Source, modules, told
from tests.architecture.rooms import circles, kernel_breaches, plugin_breaches


def kernel(path: str, text: str) -> list[str]:
    return [str(finding) for finding in kernel_breaches(Source(f"core/lianxin/{path}", text))]


def plugin(path: str, text: str) -> list[str]:
    return [str(finding) for finding in plugin_breaches(Source(path, text))]


def test_the_kernel_imports_downwards_only():
    findings = [finding for source in modules("core") for finding in kernel_breaches(source)]
    assert not findings, told(findings)


def test_plugins_come_through_the_one_door():
    own = modules("plugins")
    of_tests = [source for source in modules("tests") if source.path.startswith("tests/plugins/")]
    findings = [finding for source in [*own, *of_tests] for finding in plugin_breaches(source)]
    assert not findings, told(findings)


@pytest.mark.parametrize("top", ["core", "plugins"])
def test_nothing_is_imported_in_a_circle(top: str):
    found = circles(source for source in modules(top) if not source.is_migration)
    assert not found, "\n".join(["", *(" ⇄ ".join(group) for group in found)])


@pytest.mark.parametrize(
    ("path", "text", "complaint"),
    [
        ("data/unit.py", "import lianxin.web.forms", "data is on floor 2 and may not import floor 7"),
        ("data/unit.py", "from lianxin import web", "data is on floor 2 and may not import floor 7"),
        ("data/unit.py", "from ..web import forms", "data is on floor 2 and may not import floor 7"),
        ("data/__init__.py", "from ..web import forms", "data is on floor 2 and may not import floor 7"),
        ("data/unit.py", "def now():\n    from lianxin.web import forms", "data is on floor 2"),
        ("settings/site.py", "from lianxin.bus import publish", "settings stands left of bus"),
        ("events.py", "from lianxin.calendar import add", "events stands left of calendar"),
        ("shells/desk/pages.py", "from lianxin.matters import advance", "a shell imports only lianxin.api"),
        ("shells/desk/pages.py", "from lianxin.shells.portal import x", "a shell imports only lianxin.api"),
        ("migrations/0001.py", "from lianxin.matters import models", "a migration needs nothing above data"),
        ("app.py", "import lianxin_eservices.models", "the kernel knows no plugin"),
        ("drawer/things.py", "", "stands in no known room"),
    ],
)
def test_an_import_upwards_is_found(path: str, text: str, complaint: str):
    (finding,) = kernel(path, text)
    assert complaint in finding


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("web/forms.py", "from lianxin.data import unit_of_work\nimport lianxin.values.money"),
        ("calendar/rules.py", "from lianxin.events import emit"),
        ("data/unit.py", "from lianxin.data.sqlite import open\nfrom . import models"),
        ("shells/desk/pages.py", "from lianxin.api import page\nfrom lianxin.shells.desk import queries"),
        ("migrations/0001.py", "from lianxin.data.fields import SealedField\nimport tortoise"),
        ("app.py", "import lianxin.shells.desk, starlette"),
        ("__init__.py", ""),
    ],
)
def test_an_import_downwards_is_fine(path: str, text: str):
    assert kernel(path, text) == []


@pytest.mark.parametrize(
    ("path", "text", "complaint"),
    [
        ("plugins/lianxin_spaces/models.py", "from lianxin.data import x", "a plugin has lianxin.api only"),
        ("plugins/lianxin_spaces/models.py", "from lianxin import data", "a plugin has lianxin.api only"),
        ("plugins/lianxin_spaces/models.py", "from lianxin.testing import site", "a plugin has lianxin.api only"),
        ("plugins/lianxin_spaces/models.py", "import lianxin_grid.models", "only lianxin_grid.api is for others"),
        ("tests/plugins/spaces/test_book.py", "import lianxin.web", "lianxin.api and lianxin.testing only"),
        ("tests/plugins/spaces/test_book.py", "import lianxin_grid", "only lianxin_grid.api is for others"),
    ],
)
def test_another_door_is_found(path: str, text: str, complaint: str):
    (finding,) = plugin(path, text)
    assert complaint in finding


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("plugins/lianxin_spaces/models.py", "from lianxin.api import page\nfrom lianxin import api"),
        ("plugins/lianxin_spaces/models.py", "import lianxin_grid.api\nfrom lianxin_spaces.rules import span"),
        ("tests/plugins/spaces/test_book.py", "from lianxin.testing import site\nimport lianxin_spaces.models"),
    ],
)
def test_the_one_door_is_fine(path: str, text: str):
    assert plugin(path, text) == []


def test_a_circle_is_found_and_types_make_none():
    first = Source("core/lianxin/data/first.py", "import lianxin.data.second")
    second = Source("core/lianxin/data/second.py", "def late():\n    from lianxin.data.third import x")
    third = Source("core/lianxin/data/third.py", "from lianxin.data import first")
    typed = Source("core/lianxin/data/third.py", "if TYPE_CHECKING:\n    from lianxin.data import first")
    assert circles([first, second, third]) == [["lianxin.data.first", "lianxin.data.second", "lianxin.data.third"]]
    assert circles([first, second, typed]) == []


def test_a_package_that_its_own_modules_import_is_a_circle():
    package = Source("core/lianxin/data/__init__.py", "from lianxin.data.unit import unit_of_work")
    unit = Source("core/lianxin/data/unit.py", "from lianxin.data import unit_of_work")
    assert circles([package, unit]) == [["lianxin.data", "lianxin.data.unit"]]
