"""What can be wrong with a plugin, said so that whoever reads it knows what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Which plugin, which file of it, what is wrong, what to do. All in plain English: it is read in a terminal."""

    plugin: str
    file: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"Plugin {self.plugin!r} ({self.file}): {self.what} {self.remedy}"


class PluginFaults(Exception):
    """A strict start found faults. `faults` has them all; nothing was started."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
