"""How the tests of the house read it: files that git knows or will know, parsed once."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOPS = {"core": "core/", "plugins": "plugins/", "themes": "themes/", "tests": ""}


@dataclass(frozen=True)
class Finding:
    """A breach: where, and what about it in words that say what to do."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.text}"


@dataclass(frozen=True)
class Source:
    """A text file of the project by its path from the top: `core/lianxin/data/unit.py`."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed module."""
        return ast.parse(self.text, self.path)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the folders and of the file."""
        return tuple(self.path.split("/"))

    @property
    def module(self) -> str:
        """The name under which it is imported: `lianxin.data.unit`."""
        inside = self.path.removeprefix(TOPS.get(self.parts[0], "")).removesuffix(".py")
        return inside.removesuffix("/__init__").replace("/", ".")

    @property
    def package(self) -> str:
        """The package that a relative import in it starts from."""
        return self.module if self.path.endswith("/__init__.py") else self.module.rpartition(".")[0]

    @property
    def is_migration(self) -> bool:
        """Whether it is a written migration: a record of what was, to which today's rules do not apply."""
        return "migrations" in self.parts

    @property
    def lines(self) -> int:
        """Lines by line breaks."""
        return len(self.text.splitlines())

    def finding(self, at: int | ast.AST, text: str) -> Finding:
        """A breach in this file, at a line or at a piece of the tree."""
        return Finding(self.path, at if isinstance(at, int) else getattr(at, "lineno", 1), text)


@dataclass(frozen=True)
class Import:
    """One imported name: `from lianxin.data import unit_of_work` names `lianxin.data` and `lianxin.data.unit_of_work`.

    `for_types` marks what only the type checker sees.
    """

    module: str
    name: str
    line: int
    for_types: bool

    @property
    def full(self) -> str:
        """Module and name in one."""
        return f"{self.module}.{self.name}" if self.name else self.module


def imports_of(source: Source) -> Iterator[Import]:
    """Every import of a module, wherever it stands: in a function it counts as well."""
    yield from _imports_under(source, source.tree, for_types=False)


def _imports_under(source: Source, node: ast.AST, *, for_types: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, "", child.lineno, for_types) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            module = _absolute(source, child)
            yield from (Import(module, alias.name, child.lineno, for_types) for alias in child.names)
        else:
            hidden = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            yield from _imports_under(source, child, for_types=for_types or hidden)


def _absolute(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    start = source.package.split(".")
    kept = start[: len(start) - node.level + 1]
    return ".".join([*kept, node.module] if node.module else kept)


@lru_cache
def project_files() -> tuple[Path, ...]:
    """What git tracks, and what it would track: new files count before they are added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file() and not path.is_symlink())


@lru_cache
def sources(*suffixes: str) -> tuple[Source, ...]:
    """The text files with one of these endings."""
    return tuple(
        Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in project_files()
        if path.suffix in suffixes
    )


def modules(*tops: str) -> list[Source]:
    """The Python files under these top folders ("core", "plugins", "tests"; none: everywhere)."""
    return [source for source in sources(".py") if not tops or source.parts[0] in tops]


def templates() -> list[Source]:
    """Every file in a `templates` folder."""
    endings = (".html", ".txt", ".xml", ".svg", ".jinja")
    return [source for source in sources(*endings) if "templates" in source.parts]


def told(findings: list[Finding]) -> str:
    """All breaches, one a line, for the message of a failing test."""
    return "\n" + "\n".join(str(finding) for finding in findings)
