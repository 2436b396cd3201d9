"""A strict start refuses; a later one sets the faulty aside, with all that need them, and serves the rest."""

from __future__ import annotations

import pytest

from lianxin.plugging.faults import PluginFaults
from tests.core.plugging.conftest import Shelf
from tests.core.plugging.test_checking import hooks

BROKEN = "raise RuntimeError('broken')\n"


def on(shelf: Shelf) -> list[str]:
    return [part.name for part in shelf.assembled(strict=False).plugins]


def aside(shelf: Shelf) -> dict[str, str]:
    return {fault.plugin: fault.what for fault in shelf.assembled(strict=False).faults}


def test_who_needs_the_faulty_is_set_aside_too_and_told_why(shelf: Shelf) -> None:
    shelf.write("ground", BROKEN)
    shelf.write("wall", manifest=', requires=("ground",)')
    shelf.write("roof", manifest=', requires=("wall",)')
    shelf.write("garden", manifest=', after=("roof",)')
    assert on(shelf) == ["garden"]
    told = aside(shelf)
    assert set(told) == {"ground", "wall", "roof"}
    assert "RuntimeError: broken" in told["ground"]
    assert "requires 'ground'" in told["wall"]
    assert "requires 'wall'" in told["roof"]


def test_a_fault_that_shows_only_together_sets_aside_as_well(shelf: Shelf) -> None:
    wrong = hooks(routes='page("/x", name="a", access="nobody.declares.this", handler=run)')
    shelf.write("wrong", wrong)
    shelf.write("needs", manifest=', requires=("wrong",)')
    shelf.write("good", hooks(routes='page("/x", name="a", access=PUBLIC, handler=run)'))
    assert on(shelf) == ["good"]
    assert set(aside(shelf)) == {"wrong", "needs"}


def test_who_leans_on_the_permission_of_the_faulty_falls_with_it(shelf: Shelf) -> None:
    shelf.write(
        "ground", hooks(permissions='Permission("ground.do.it", "Do", ()), Permission("ground.do.it", "Do", ())')
    )
    shelf.write("leans", hooks(routes='page("/x", name="a", access="ground.do.it", handler=run)'))
    assert on(shelf) == []
    assert "which nobody declares" in aside(shelf)["leans"]


def test_the_rest_has_its_addresses(shelf: Shelf) -> None:
    shelf.write("bad", BROKEN)
    shelf.write("good", hooks(routes='page("/x", name="a", access=PUBLIC, handler=run)'))
    owners = {each.owner for each in shelf.assembled(strict=False).all("routes")}
    assert {"good", "portal", "account"} <= owners
    assert "bad" not in owners


def test_an_essential_plugin_stops_the_start_whatever_is_wrong_with_it(shelf: Shelf) -> None:
    shelf.write("ground", BROKEN)
    shelf.write("roof", manifest=', requires=("ground",)')
    with pytest.raises(PluginFaults, match="requires 'ground'"):
        shelf.assembled(strict=False, essential=("roof",))


def test_a_faulty_plugin_beside_an_essential_one_does_not(shelf: Shelf) -> None:
    shelf.write("bad", BROKEN)
    shelf.write("good")
    assert [part.name for part in shelf.assembled(strict=False, essential=("good",)).plugins] == ["good"]


def test_no_plugin_at_all_is_a_site(shelf: Shelf) -> None:
    shelf.write("off")
    from lianxin.config import Config
    from lianxin.operate.rooms import built_in_rooms
    from lianxin.plugging.assembly import assemble

    config = Config(folder=shelf.root)
    assembly = assemble(config, built_in_rooms(config), strict=True, packages=shelf.packages)
    assert (assembly.plugins, assembly.faults) == ((), ())
    assert {"portal", "account"} <= {part.name for part in assembly.parts}
