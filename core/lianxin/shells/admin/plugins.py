"""Which plugins are on, what each adds, which were set aside and why, which could be switched on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from lianxin.api import N_, Visit, _, installed_names

ADDS: tuple[tuple[str, object], ...] = (
    ("routes", N_("addresses")),
    ("pages", N_("menu entries")),
    ("flows", N_("queues")),
    ("permissions", N_("permissions")),
    ("messages", N_("messages")),
    ("jobs", N_("jobs")),
    ("models", N_("tables")),
)


@dataclass(frozen=True, slots=True)
class PluginLine:
    """One plugin that is on."""

    name: str
    title: str
    version: str
    adds: list[tuple[int, str]]
    rights: list[str]
    requires: tuple[str, ...]
    icon: str


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One that was set aside at start: what is wrong, what to do. In plain English, as in the terminal."""

    name: str
    what: str
    remedy: str
    file: str


@dataclass(frozen=True, slots=True)
class PluginsPage:
    """On, set aside, there to be switched on."""

    template: ClassVar[str] = "admin/plugins.html"
    shell: ClassVar[str] = "admin"

    title: str
    on: list[PluginLine]
    faults: list[FaultLine]
    off: list[str]


async def show_plugins(visit: Visit) -> PluginsPage:
    """As the process was started."""
    assembly = visit.site.assembly
    manifests = {each.name: each.manifest for each in assembly.installed}
    on = [_line(part, manifests.get(part.name)) for part in assembly.plugins]
    faults = [FaultLine(fault.plugin, fault.what, fault.remedy, _short(fault.file)) for fault in assembly.faults]
    known = {line.name for line in on} | {fault.name for fault in faults}
    return PluginsPage(_("Plugins"), on, faults, sorted(set(installed_names()) - known))


def _short(file: str) -> str:
    """The last two parts: where on the machine it lies is nobody's business here."""
    return "/".join(file.split("/")[-2:])


def _line(part: Any, manifest: Any) -> PluginLine:
    counted = [(len(part.declared.get(hook, ())), str(title)) for hook, title in ADDS]
    entries = part.declared.get("pages", ())
    return PluginLine(
        name=part.name,
        title=str(part.title),
        version=manifest.version if manifest else "",
        adds=[(count, title) for count, title in counted if count],
        rights=[str(right) for right in manifest.rights] if manifest else [],
        requires=manifest.requires if manifest else (),
        icon=entries[0].icon if entries else "plug",
    )
