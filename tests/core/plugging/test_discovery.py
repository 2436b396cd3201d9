"""Which plugins are there, what they say of themselves, and in which order they come."""

from __future__ import annotations

import pytest

from lianxin.plugging.discovery import installed_names
from lianxin.plugging.faults import PluginFaults
from tests.core.plugging.conftest import Shelf


def names(shelf: Shelf, *on: str) -> list[str]:
    return [plugin.name for plugin in shelf.assembled(*on).installed]


def test_the_official_plugin_is_found_without_being_imported() -> None:
    assert installed_names()["eservices"] == "lianxin_eservices"


def test_only_what_the_configuration_lists_is_on(shelf: Shelf) -> None:
    shelf.write("one")
    shelf.write("two")
    assert names(shelf, "two") == ["two"]


def test_without_an_order_of_their_own_they_come_as_listed(shelf: Shelf) -> None:
    for name in ("c", "a", "b"):
        shelf.write(name)
    assert names(shelf, "b", "c", "a") == ["b", "c", "a"]


def test_what_is_required_comes_first(shelf: Shelf) -> None:
    shelf.write("roof", manifest=', requires=("wall",)')
    shelf.write("wall", manifest=', requires=("ground",)')
    shelf.write("ground")
    assert names(shelf, "roof", "wall", "ground") == ["ground", "wall", "roof"]


def test_after_orders_and_does_without(shelf: Shelf) -> None:
    shelf.write("late", manifest=', after=("early", "never_installed")')
    shelf.write("early")
    assert names(shelf, "late", "early") == ["early", "late"]
    assert names(shelf, "late") == ["late"]


def test_a_requirement_that_is_off_is_named_with_what_to_do(shelf: Shelf) -> None:
    folder = shelf.write("roof", manifest=', requires=("wall",)')
    shelf.write("wall")
    fault = shelf.fault("roof")
    assert fault.file == str(folder / "__init__.py")
    assert "requires 'wall'" in fault.what
    assert "Add 'wall' to `plugins`" in fault.remedy


def test_a_circle_is_told_to_all_who_are_in_it(shelf: Shelf) -> None:
    shelf.write("hen", manifest=', requires=("egg",)')
    shelf.write("egg", manifest=', after=("hen",)')
    shelf.write("bystander")
    faults = shelf.faults()
    assert set(faults) == {"hen", "egg"}
    assert all("egg, hen wait for each other" in fault.what for fault in faults.values())
    assert names_set_aside(shelf) == ["bystander"]


def names_set_aside(shelf: Shelf) -> list[str]:
    return [part.name for part in shelf.assembled(strict=False).plugins]


def test_a_name_that_is_not_installed_gets_the_nearest_one(shelf: Shelf) -> None:
    shelf.write("library")
    fault = shelf.fault("libary")
    assert (fault.file, fault.remedy) == ("lianxin.toml", "Did you mean 'library'?")


def test_a_name_far_from_all_is_to_be_installed_or_taken_out(shelf: Shelf) -> None:
    assert "pip" in shelf.fault("zzzz").remedy


MANIFESTS = {
    "none at all": ("WORDS = 1\n", "it has no MANIFEST"),
    "something else": ('MANIFEST = {"name": "small"}\n', "it has no MANIFEST"),
    "another name": (
        'from lianxin.api import Manifest\nMANIFEST = Manifest("large", "L", "1", ">=0.1,<1")\n',
        "its MANIFEST calls it 'large'",
    ),
    "another core": (
        'from lianxin.api import Manifest\nMANIFEST = Manifest("small", "S", "1", ">=7")\n',
        "it needs Lianxin >=7",
    ),
    "no range": (
        'from lianxin.api import Manifest\nMANIFEST = Manifest("small", "S", "1", "seven or so")\n',
        "which is no range",
    ),
    "a missing argument": (
        'from lianxin.api import Manifest\nMANIFEST = Manifest("small", "S", "1")\n',
        "TypeError",
    ),
    "a module that is missing": ("import nobody_has_this\n", "ModuleNotFoundError"),
    "an exit at import": ("raise SystemExit(3)\n", "SystemExit"),
    "a slip of the pen": ("MANIFEST = (\n", "SyntaxError"),
}


@pytest.mark.parametrize(("init", "told"), MANIFESTS.values(), ids=MANIFESTS)
def test_each_fault_of_a_manifest_names_plugin_file_and_remedy(shelf: Shelf, init: str, told: str) -> None:
    folder = shelf.write("small", init=init)
    fault = shelf.fault()
    assert fault.plugin == "small"
    assert fault.file.startswith(str(folder))
    assert told in fault.what
    assert fault.remedy
    assert str(fault) == f"Plugin 'small' ({fault.file}): {fault.what} {fault.remedy}"


def test_whoever_stops_the_start_at_the_keyboard_stops_it(shelf: Shelf) -> None:
    shelf.write("small", init="raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        shelf.assembled(strict=False)


def test_a_strict_start_tells_all_faults_at_once(shelf: Shelf) -> None:
    shelf.write("one", init="MANIFEST = (\n")
    shelf.write("two", plugin="raise RuntimeError('no')\n")
    shelf.write("three", manifest=', requires=("four",)')
    assert set(shelf.faults()) == {"one", "two", "three"}


def test_a_strict_start_starts_nothing(shelf: Shelf) -> None:
    shelf.write("good")
    shelf.write("bad", plugin="raise RuntimeError('no')\n")
    with pytest.raises(PluginFaults, match="Plugin 'bad'"):
        shelf.assembled()
