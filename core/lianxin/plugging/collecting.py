"""Asking each plugin, alone, for what it declares; and keeping whose each thing is."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, TypeVar

import pluggy

from lianxin.plugging import hookspecs
from lianxin.plugging.discovery import Installed, import_fault
from lianxin.plugging.faults import Fault

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Owned(Generic[T]):
    """A declaration and the name of who made it."""

    owner: str
    item: T


@dataclass(frozen=True, slots=True)
class Collected:
    """What one plugin, or one room of the kernel, declared."""

    name: str
    package: str
    folder: Path
    file: str
    title: object
    built_in: bool
    declared: dict[str, list[Any]] = field(default_factory=dict)


def collect(plugin: Installed) -> Collected | Fault:
    """Imports `<package>.plugin` and asks it. The first fault ends it: half a plugin is not switched on."""
    try:
        module = importlib.import_module(f"{plugin.package}.plugin")
    except BaseException as broken:
        return import_fault(plugin.name, f"{plugin.package}.plugin", broken)
    return ask(plugin.name, module, plugin.folder, plugin.manifest.title, built_in=False)


def ask(name: str, module: ModuleType, folder: Path, title: object, *, built_in: bool) -> Collected | Fault:
    """Every hook that the module implements, called once."""
    file = module.__file__ or name
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(module, name)
        manager.check_pending()
    except pluggy.PluginValidationError as wrong:
        return Fault(name, file, f"a hook is not right: {wrong}.", f"Hooks are: {', '.join(hookspecs.HOOKS)}.")
    made = Collected(name, module.__name__.rpartition(".")[0], folder, file, title, built_in)
    for hook in hookspecs.HOOKS:
        answer = _call(manager, name, file, hook)
        if isinstance(answer, Fault):
            return answer
        made.declared[hook] = answer
    return made


def _call(manager: pluggy.PluginManager, name: str, file: str, hook: str) -> list[Any] | Fault:
    kind = hookspecs.HOOKS[hook]
    answers: list[Any] = []
    for implementation in getattr(manager.hook, hook).get_hookimpls():
        try:
            answer = implementation.function()
        except BaseException as broken:
            fault = import_fault(name, hook, broken)
            return Fault(
                name, fault.file, f"its hook {hook}() failed: {type(broken).__name__}: {broken}.", fault.remedy
            )
        if not isinstance(answer, (list, tuple)):
            return Fault(name, file, f"its hook {hook}() returned {answer!r}.", "Return a list of declarations.")
        wrong = next((item for item in answer if not isinstance(item, kind)), None)
        if wrong is not None:
            wanted = getattr(kind, "__name__", "Before or After")
            return Fault(name, file, f"its hook {hook}() lists {wrong!r}.", f"Each must be a {wanted}.")
        answers += answer
    return answers


def owned(collected: Iterable[Collected], hook: str) -> list[Owned[Any]]:
    """All declarations of one hook, in the order of plugins, each with its owner."""
    return [Owned(part.name, item) for part in collected for item in part.declared.get(hook, ())]
