"""What a plugin says of itself before anything of it is imported."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manifest:
    """`requires` must be there and come first; `after` come first if they are there.

    `core` is the range of kernel versions it fits (PEP 440 specifiers, ">=0.1,<1"). `rights` are plain words of what
    it does that an administrator should know ("reads ID numbers", "sends SMS").
    """

    name: str
    title: object
    version: str
    core: str
    requires: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    rights: tuple[object, ...] = ()
