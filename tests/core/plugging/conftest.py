"""Small plugins, written down for one test."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from textwrap import dedent

import pytest

from lianxin.config import Config
from lianxin.operate.rooms import built_in_rooms
from lianxin.plugging.assembly import Assembly, assemble
from lianxin.plugging.faults import Fault, PluginFaults

_numbers = count(1)
EMPTY = "from lianxin.api import hookimpl\n"


class Shelf:
    """Plugins that were written, and the assembly of those that a test switches on."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.packages: dict[str, str] = {}

    def write(self, name: str, plugin: str = EMPTY, *, manifest: str = "", init: str = "", **files: str) -> Path:
        """A plugin `name`: `manifest` are further arguments, `init` stands in place of the whole `__init__.py`."""
        package = f"lianxin_small{next(_numbers)}_{name}"
        folder = self.root / package
        folder.mkdir()
        usual = (
            f'from lianxin.api import Manifest\nMANIFEST = Manifest("{name}", "{name}", "1", ">=0.1,<1"{manifest})\n'
        )
        texts = {"__init__": init or usual, "plugin": plugin, **files}
        for stem, text in texts.items():
            (folder / f"{stem}.py").write_text(dedent(text).replace("HERE", package), "utf-8")
        self.packages[name] = package
        return folder

    def assembled(self, *on: str, strict: bool = True, essential: tuple[str, ...] = ()) -> Assembly:
        """What the kernel makes of the plugins `on` (all that were written when none is named)."""
        config = Config(folder=self.root, plugins=on or tuple(self.packages), essential=essential)
        return assemble(config, built_in_rooms(config), strict=strict, packages=self.packages)

    def faults(self, *on: str) -> Mapping[str, Fault]:
        """The faults of a strict start, by plugin; one each."""
        with pytest.raises(PluginFaults) as caught:
            self.assembled(*on)
        found = {fault.plugin: fault for fault in caught.value.faults}
        assert len(found) == len(caught.value.faults)
        return found

    def fault(self, *on: str) -> Fault:
        """The only fault of a strict start."""
        (fault,) = self.faults(*on).values()
        return fault


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """An empty shelf; what is put on it can be imported for this test."""
    made = Shelf(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield made
    for name in [each for each in sys.modules if each.split(".")[0] in made.packages.values()]:
        del sys.modules[name]
