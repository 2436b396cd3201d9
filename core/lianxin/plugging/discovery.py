"""Which plugins are installed, what they say of themselves, and in which order they come."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from lianxin import __version__
from lianxin.declarations import Manifest
from lianxin.plugging.faults import Fault

GROUP = "lianxin.plugins"


@dataclass(frozen=True, slots=True)
class Installed:
    """A plugin that can be switched on: its package and its manifest."""

    manifest: Manifest
    package: str
    folder: Path

    @property
    def name(self) -> str:
        """The name in `lianxin.toml`, of its tables and its addresses."""
        return self.manifest.name


def installed_names() -> dict[str, str]:
    """Name to package of every plugin that some distribution declares. Nothing is imported."""
    return {point.name: point.value for point in entry_points(group=GROUP)}


def read_manifests(names: Iterable[str], packages: Mapping[str, str]) -> tuple[dict[str, Installed], list[Fault]]:
    """The manifests of the named plugins, and what is wrong with the others."""
    found: dict[str, Installed] = {}
    faults: list[Fault] = []
    for name in names:
        plugin = _read(name, packages)
        if isinstance(plugin, Fault):
            faults.append(plugin)
        else:
            found[name] = plugin
    return found, faults


def _read(name: str, packages: Mapping[str, str]) -> Installed | Fault:
    if name not in packages:
        near = difflib.get_close_matches(name, packages, 1)
        hint = f"Did you mean {near[0]!r}?" if near else "Install it with pip, or take it out of `plugins`."
        return Fault(name, "lianxin.toml", "no such plugin is installed.", hint)
    try:
        module = importlib.import_module(packages[name])
    except BaseException as broken:
        return import_fault(name, packages[name], broken)
    manifest = getattr(module, "MANIFEST", None)
    file = module.__file__ or packages[name]
    if not isinstance(manifest, Manifest):
        return Fault(name, file, "it has no MANIFEST.", "Add `MANIFEST = Manifest(name=…, …)` to its __init__.py.")
    if manifest.name != name:
        return Fault(name, file, f"its MANIFEST calls it {manifest.name!r}.", "Use one name in both places.")
    return _fits(manifest, module, file)


def _fits(manifest: Manifest, module: ModuleType, file: str) -> Installed | Fault:
    try:
        if not SpecifierSet(manifest.core).contains(__version__, prereleases=True):
            what = f"it needs Lianxin {manifest.core}, and this is {__version__}."
            return Fault(manifest.name, file, what, "Install a version of it that fits, or upgrade Lianxin.")
    except InvalidSpecifier:
        what = f"its MANIFEST asks for the core version {manifest.core!r}, which is no range."
        return Fault(manifest.name, file, what, 'Write a range such as ">=0.1,<1".')
    return Installed(manifest, module.__name__, Path(file).parent)


def import_fault(name: str, module: str, broken: BaseException) -> Fault:
    """What to say of a module that does not import. A real interrupt by the operator is passed on."""
    if isinstance(broken, KeyboardInterrupt):
        raise broken
    trace = broken.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else module
    if isinstance(broken, SyntaxError):
        place = f"{broken.filename}:{broken.lineno}"
    what = f"importing {module} failed: {type(broken).__name__}: {broken}."
    return Fault(name, place, what, "Mend that line, or take the plugin out of `plugins`.")


def in_order(plugins: Mapping[str, Installed]) -> tuple[list[Installed], list[Fault]]:
    """What is required comes first; what can't be had is a fault of who requires it, a circle of all who are in it."""
    faults: list[Fault] = []
    good = dict(plugins)
    while missing := _missing_requirement(good):
        name, wanted = missing
        file = str(good.pop(name).folder / "__init__.py")
        what = f"it requires {wanted!r}, which is not switched on or has faults."
        faults.append(Fault(name, file, what, f"Add {wanted!r} to `plugins`, or take {name!r} out."))
    ordered: list[Installed] = []
    waiting = dict(good)
    while waiting:
        ready = [p for p in waiting.values() if not _before(p, waiting)]
        if not ready:
            faults += [_circle(plugin, waiting) for plugin in waiting.values()]
            break
        for plugin in ready:
            ordered.append(waiting.pop(plugin.name))
    return ordered, faults


def _missing_requirement(plugins: Mapping[str, Installed]) -> tuple[str, str] | None:
    for plugin in plugins.values():
        for wanted in plugin.manifest.requires:
            if wanted not in plugins:
                return plugin.name, wanted
    return None


def _before(plugin: Installed, waiting: Mapping[str, Installed]) -> set[str]:
    return {name for name in (*plugin.manifest.requires, *plugin.manifest.after) if name in waiting}


def _circle(plugin: Installed, waiting: Mapping[str, Installed]) -> Fault:
    others = ", ".join(sorted(waiting))
    file = str(plugin.folder / "__init__.py")
    return Fault(plugin.name, file, f"{others} wait for each other.", "Take one `requires` or `after` out.")
