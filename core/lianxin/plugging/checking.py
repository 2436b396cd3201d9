"""What no plugin can see alone: names that clash, pages that nobody guards, things that point nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lianxin.declarations import Access, Flow, PageEntry, Permission, Route
from lianxin.plugging.collecting import Collected
from lianxin.plugging.faults import Fault
from lianxin.plugging.soundness import check_soundness

RESERVED = frozenset(
    {
        *("account", "admin", "api", "choose", "demo", "desk", "files", "healthz", "live", "m", "readyz"),
        *("search", "sign-in", "sign-out", "static"),
    }
)
"""Addresses of the kernel, which no plugin may be called."""


def check_together(parts: Sequence[Collected]) -> list[Fault]:
    """Faults that show only when all are seen, each laid to the plugin that came later."""
    return [
        *_names(parts),
        *_repeated(parts, "routes", "the address", _address),
        *_repeated(parts, "routes", "the route name", lambda owner, route: f"{owner}:{route.name}"),
        *_repeated(parts, "models", "the table", lambda _, model: model._meta.db_table),
        *_repeated(parts, "permissions", "the permission", lambda _, permission: permission.name),
        *_repeated(parts, "flows", "the flow", lambda _, flow: flow.name),
        *_repeated(parts, "jobs", "the job", lambda _, job: job.name),
        *_repeated(parts, "deeds", "the deed", lambda _, deed: deed.name),
        *_repeated(parts, "messages", "the message", lambda _, kind: kind.name),
        *_repeated(parts, "channels", "the channel", lambda _, channel: channel.name),
        *_tables(parts),
        *_prefixes(parts),
        *_pointing(parts),
        *check_soundness(parts),
    ]


def _address(owner: str, route: Route) -> str:
    """A page and the action of its form may share an address: one is GET, the other POST."""
    return f"{route.methods[0]} {'/api' if route.kind == 'api' else ''}/{owner}{route.path}"


def _names(parts: Sequence[Collected]) -> Iterator[Fault]:
    taken = RESERVED | {part.name for part in parts if part.built_in}
    for part in parts:
        if not part.built_in and part.name in taken:
            yield Fault(part.name, part.file, f"/{part.name}/ is an address of the kernel.", "Give it another name.")


def _repeated(parts: Sequence[Collected], hook: str, what: str, key: Any) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for part in parts:
        for item in part.declared.get(hook, ()):
            name = key(part.name, item)
            if name in seen:
                where = "itself" if seen[name] == part.name else f"plugin {seen[name]!r}"
                yield Fault(
                    part.name, part.file, f"{what} {name!r} is there already, by {where}.", "Give one of them another."
                )
            seen.setdefault(name, part.name)


def _tables(parts: Sequence[Collected]) -> Iterator[Fault]:
    for part in parts:
        for model in part.declared.get("models", ()):
            table = str(model._meta.db_table)
            if not part.built_in and not table.startswith(f"{part.name}_"):
                what = f"its table {table!r} does not begin with {part.name}_."
                yield Fault(part.name, part.file, what, f'Set `table = "{part.name}_{table}"` in its Meta.')


def _prefixes(parts: Sequence[Collected]) -> Iterator[Fault]:
    for part in parts:
        if part.built_in:
            continue
        for hook in ("permissions", "flows", "jobs", "deeds", "messages"):
            for item in part.declared.get(hook, ()):
                if not item.name.startswith(f"{part.name}."):
                    what = f"{item.name!r} in {hook}() does not begin with {part.name}."
                    yield Fault(part.name, part.file, what, f"Call it {part.name}.{item.name.rpartition('.')[2]}.")


def _pointing(parts: Sequence[Collected]) -> Iterator[Fault]:
    permissions = {item.name for part in parts for item in part.declared.get("permissions", ())}
    routes = {f"{part.name}:{route.name}" for part in parts for route in part.declared.get("routes", ())}
    for part in parts:
        yield from _routes(part, permissions)
        yield from _flows(part, permissions)
        for entry in part.declared.get("pages", ()):
            if isinstance(entry, PageEntry) and entry.route not in routes:
                what = f"pages() names the route {entry.route!r}, which nobody declares."
                yield Fault(part.name, part.file, what, "Name one of routes(), as <plugin>:<name>.")


def _routes(part: Collected, permissions: set[str]) -> Iterator[Fault]:
    names = {route.name: route for route in part.declared.get("routes", ())}
    for route in names.values():
        if not isinstance(route.access, Access | str):
            what = f"its route {route.name!r} says access={route.access!r}."
            yield Fault(part.name, part.file, what, "Say access=PUBLIC, SIGNED_IN or the name of a permission.")
        elif isinstance(route.access, str) and route.access not in permissions:
            what = f"its route {route.name!r} asks for the permission {route.access!r}, which nobody declares."
            yield Fault(part.name, part.file, what, "Declare it in permissions().")
        if route.kind == "api" and not (route.answers is not None and route.title):
            what = f"its route {route.name!r} is for machines, and does not say by which title, or what it answers."
            yield Fault(part.name, part.file, what, "Give it title=, and answers= with a pydantic model.")
        if route.again is not None and names.get(route.again, route).kind != "page":
            what = f"its action {route.name!r} goes back to {route.again!r}, which is no page of its own."
            yield Fault(part.name, part.file, what, "Name a page in again=.")
        wanted = {piece.split("}")[0].split(":")[0] for piece in route.path.split("{")[1:]}
        if wanted != set(route.loads):
            what = (
                f"its route {route.name!r} has the parameters {sorted(wanted)} and loaders for {sorted(route.loads)}."
            )
            yield Fault(part.name, part.file, what, "Declare a loader for each parameter in loads=.")


def _flows(part: Collected, permissions: set[str]) -> Iterator[Fault]:
    for flow in part.declared.get("flows", ()):
        assert isinstance(flow, Flow)
        needed = {flow.read, flow.claim, *(t.access for t in flow.transitions if isinstance(t.access, str))}
        for name in sorted(needed - permissions):
            what = f"its flow {flow.name!r} asks for the permission {name!r}, which nobody declares."
            yield Fault(part.name, part.file, what, "Declare it in permissions().")


def permission_names(parts: Sequence[Collected]) -> list[Permission]:
    """All permissions, for the administration."""
    return [item for part in parts for item in part.declared.get("permissions", ())]
