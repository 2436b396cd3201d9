"""The kernel's own rooms that register themselves through the hooks, like any plugin."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from lianxin.config import Config
from lianxin.i18n import N_
from lianxin.plugging.assembly import BuiltIn

SHELLS = (
    ("portal", N_("Portal")),
    ("account", N_("My account")),
    ("desk", N_("Desk")),
    ("admin", N_("Administration")),
    ("api", N_("Programming interface")),
)


def built_in_rooms(config: Config) -> list[BuiltIn]:
    """The kernel and its shells; that of the demonstration only on a site that `lianxin demo` made."""
    shells = [*SHELLS, ("demo", N_("Demonstration"))] if config.demo else SHELLS
    rooms = [("lianxin", "lianxin.operate.kernel", N_("Kernel"))]
    rooms += [(n, f"lianxin.shells.{n}.plugin", t) for n, t in shells if find_spec(f"lianxin.shells.{n}")]
    return [_room(name, module, title) for name, module, title in rooms]


def _room(name: str, path: str, title: object) -> BuiltIn:
    module = import_module(path)
    assert module.__file__ is not None
    return BuiltIn(name, module, Path(module.__file__).parent, title)
