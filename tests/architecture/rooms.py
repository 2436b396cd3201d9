"""The floors of the kernel, and who may import what. The map is the one in docs/architecture.md."""

from collections.abc import Iterable, Iterator, Mapping

from tests.architecture.reading import Finding, Import, Source, imports_of

# From the ground up; within a floor from left to right. A room imports from what stands before it.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("values", "config", "i18n"),
    ("declarations",),
    ("data",),
    ("settings", "bus", "directory"),
    ("access", "audit"),
    ("events", "services", "slots", "messages", "files", "figures", "calendar"),
    ("matters",),
    ("plugging", "web"),
    ("api",),
    ("shells",),
    ("operate", "app", "commands", "__main__", "testing"),
)
PLACES: Mapping[str, tuple[int, int]] = {
    room: (floor, place) for floor, rooms in enumerate(FLOORS) for place, room in enumerate(rooms)
}
THE_ONE_DOOR = "lianxin.api"
IN_TESTS = "lianxin.testing"


def room_of(module: str) -> str:
    """The room of a kernel module: `data` for `lianxin.data.unit`, empty for `lianxin` itself."""
    return (module.split(".") + [""])[1]


def kernel_breaches(source: Source) -> Iterator[Finding]:
    """Imports of a kernel module that go up, to the right, through the wrong door, or out to a plugin."""
    room = room_of(source.module)
    if room and room not in PLACES and room != "migrations":
        yield source.finding(1, f"stands in no known room: give {room!r} its floor in tests/architecture/rooms.py")
        return
    for each in imports_of(source):
        if each.module.startswith("lianxin_"):
            yield source.finding(each.line, f"imports {each.module}: the kernel knows no plugin and no theme")
        elif each.module.split(".")[0] == "lianxin":
            yield from _breach(source, room, each)


def _breach(source: Source, room: str, each: Import) -> Iterator[Finding]:
    target = room_of(each.full)
    if room == "shells":
        shell = ".".join(source.module.split(".")[:3])
        if not (_within(each.full, THE_ONE_DOOR) or _within(each.full, shell)):
            yield source.finding(
                each.line, f"imports {each.full}: a shell imports only {THE_ONE_DOOR}, as a plugin does"
            )
    elif room == "migrations":
        if PLACES.get(target, (99, 0)) > PLACES["data"]:
            yield source.finding(each.line, f"imports {each.full}: a migration needs nothing above data")
    elif target in PLACES and room and target != room and PLACES[target] >= PLACES[room]:
        yield source.finding(each.line, f"imports {each.full}: {_direction(room, target)}")


def _direction(room: str, target: str) -> str:
    (floor, _), (other, _) = PLACES[room], PLACES[target]
    if floor == other:
        return f"on floor {floor} {room} stands left of {target}, and imports go to the left only"
    return f"{room} is on floor {floor} and may not import floor {other}"


def plugin_breaches(source: Source) -> Iterator[Finding]:
    """Imports of a plugin (or of its tests) past the kernel's one door or past another plugin's `api`.

    Its migrations are written by the kernel's own loop, and name the columns of the room of data.
    """
    if source.is_migration:
        return
    in_tests = source.parts[0] == "tests"
    own = f"lianxin_{source.parts[2]}" if in_tests else source.parts[1]
    doors = [own, THE_ONE_DOOR, *([IN_TESTS] if in_tests else [])]
    for each in imports_of(source):
        top = each.module.split(".")[0]
        if top == "lianxin" and not any(_within(each.full, door) for door in doors):
            yield source.finding(each.line, f"imports {each.full}: a plugin has {' and '.join(doors[1:])} only")
        elif top.startswith("lianxin_") and top != own and not _within(each.full, f"{top}.api"):
            yield source.finding(each.line, f"imports {each.full}: of another plugin only {top}.api is for others")


def _within(name: str, door: str) -> bool:
    return name == door or name.startswith(f"{door}.")


def circles(sources: Iterable[Source]) -> list[list[str]]:
    """Groups of modules that import each other in a circle. What only the type checker sees does not count."""
    known = {source.module: source for source in sources}
    graph = {name: sorted(_neighbours(source, known)) for name, source in known.items()}
    return [sorted(group) for group in _strongly_connected(graph) if len(group) > 1]


def _neighbours(source: Source, known: Mapping[str, Source]) -> set[str]:
    named = [each for each in imports_of(source) if not each.for_types]
    return {each.full if each.full in known else each.module for each in named} & known.keys() - {source.module}


def _strongly_connected(graph: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Kosaraju: in the order in which the search leaves them, whoever is reached backwards belongs together."""
    left: dict[str, None] = {}
    for name in graph:
        _walk(graph, name, set(left), left)
    backwards: dict[str, list[str]] = {name: [] for name in graph}
    for name, targets in graph.items():
        for target in targets:
            backwards[target].append(name)
    taken: dict[str, None] = {}
    for name in reversed(left):
        group: dict[str, None] = {}
        _walk(backwards, name, set(taken), group)
        taken.update(group)
        yield list(group)


def _walk(graph: Mapping[str, list[str]], start: str, seen: set[str], left: dict[str, None]) -> None:
    """Adds to `left`, in the order of leaving, all that is reached from `start` and was not seen before."""
    if start in seen:
        return
    seen.add(start)
    trail = [(start, iter(graph[start]))]
    while trail:
        name, targets = trail[-1]
        following = next((target for target in targets if target not in seen), None)
        if following is None:
            trail.pop()
            left[name] = None
        else:
            seen.add(following)
            trail.append((following, iter(graph[following])))
