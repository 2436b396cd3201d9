"""What runs beside the pages: jobs, commands, checks, demo data, personal data, the life of the process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Job:
    """Background work. `run(payload)` may be called more than once for one job: make its effect unique.

    `every` is a cron expression in the site's zone for periodic jobs, which get an empty payload plus `due_at`. `title`
    says to the administration what it does.
    """

    name: str
    run: Callable[[dict[str, Any]], Awaitable[None]]
    every: str | None = None
    attempts: int = 10
    lease_seconds: int = 60
    title: object = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """What the audit trail calls by a name of its own ("mail.confirm"), in words for who reads it."""

    name: str
    title: object


@dataclass(frozen=True, slots=True)
class Command:
    """Something that county IT does once, found as `lianxin plugin run <plugin> <name>`.

    `run()` is awaited with the site open, and answers the line that is printed.
    """

    name: str
    help: str
    run: Callable[[], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `fix` says what to do, in one line."""

    level: Literal["ok", "warning", "error"]
    text: object
    fix: object = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One question of `lianxin check`; `look(config)` answers. `deploy` checks are asked only with --deploy."""

    name: str
    title: object
    look: Callable[[Any], Awaitable[Verdict]]
    deploy: bool = False


@dataclass(frozen=True, slots=True)
class DemoData:
    """Fills an empty demo site with lifelike data of this plugin; `weight` orders (the kernel's come at 0)."""

    fill: Callable[[Any], Awaitable[None]]
    weight: int = 50


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What a plugin keeps about a person: gives it out, and erases it as far as law allows."""

    name: str
    export: Callable[[Any], Awaitable[dict[str, Any]]]
    erase: Callable[[Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Lifespan:
    """Something that must be opened and closed with the process."""

    open: Callable[[Any], AbstractAsyncContextManager[Any]]
