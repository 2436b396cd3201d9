"""The plugin set of a site, put together: strictly, or with what is faulty set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from lianxin.config import Config
from lianxin.plugging.checking import check_together
from lianxin.plugging.collecting import Collected, Owned, ask, collect, owned
from lianxin.plugging.discovery import Installed, in_order, installed_names, read_manifests
from lianxin.plugging.faults import Fault, PluginFaults


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A room of the kernel that registers itself through the same hooks as a plugin."""

    name: str
    module: ModuleType
    folder: Path
    title: object


@dataclass(frozen=True, slots=True)
class Assembly:
    """Everything declared for this site. `faults` are of plugins set aside; `installed` of those that are on."""

    parts: tuple[Collected, ...]
    installed: tuple[Installed, ...]
    faults: tuple[Fault, ...]

    def all(self, hook: str) -> list[Owned[Any]]:
        """All declarations of one hook with their owners."""
        return owned(self.parts, hook)

    def items(self, hook: str) -> list[Any]:
        """All declarations of one hook."""
        return [each.item for each in self.all(hook)]

    @property
    def plugins(self) -> tuple[Collected, ...]:
        """The parts that are plugins."""
        return tuple(part for part in self.parts if not part.built_in)

    @property
    def tables(self) -> tuple[tuple[str, str], ...]:
        """(app label, models module) of each plugin that has tables."""
        return tuple((part.name, f"{part.package}.models") for part in self.plugins if part.declared["models"])


def assemble(
    config: Config, built_in: Sequence[BuiltIn], *, strict: bool, packages: Mapping[str, str] | None = None
) -> Assembly:
    """Finds, orders, asks and checks the plugins that `config` names.

    Raises PluginFaults when `strict`, or when an essential plugin is among the faulty. Otherwise the faulty plugins and
    those that require them are set aside, and the rest is served.
    """
    manifests, faults = read_manifests(config.plugins, installed_names() if packages is None else packages)
    kernel = tuple(_kernel_part(room) for room in built_in)
    while True:
        ordered, order_faults = in_order(manifests)
        parts, ask_faults = _ask_all(ordered)
        together = check_together([*kernel, *parts])
        found = [*order_faults, *ask_faults, *together]
        faults += found
        if not found:
            break
        if any(fault.plugin not in manifests for fault in together):
            raise PluginFaults(tuple(together))
        for fault in found:
            manifests.pop(fault.plugin, None)
    broken = {fault.plugin for fault in faults}
    if faults and (strict or broken & set(config.essential)):
        raise PluginFaults(tuple(faults))
    return Assembly((*kernel, *parts), tuple(ordered), tuple(faults))


def _kernel_part(room: BuiltIn) -> Collected:
    part = ask(room.name, room.module, room.folder, room.title, built_in=True)
    if isinstance(part, Fault):
        raise PluginFaults((part,))
    return part


def _ask_all(plugins: Sequence[Installed]) -> tuple[list[Collected], list[Fault]]:
    parts: list[Collected] = []
    faults: list[Fault] = []
    for plugin in plugins:
        answer = collect(plugin)
        if isinstance(answer, Fault):
            faults.append(answer)
        else:
            parts.append(answer)
    return parts, faults
