"""How large a piece may be. Aims are in docs/architecture.md; these are the limits at which the suite fails."""

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture.reading import Source

MODULE = 400
TEST_MODULE = 600
FUNCTION = 40
HANDLER = 25
CLASS = 200
METHODS = 15
TEMPLATE = 150
KERNEL = 10_000
KERNEL_AIM = 7_000

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Size:
    """A piece that has a limit: `what` is its path, with `::name` for a part of a module."""

    what: str
    line: int
    unit: str
    is_now: int
    limit: int


def module_sizes(source: Source) -> Iterator[Size]:
    """The sizes of a module and of all in it. Its own lines count by line breaks, a function's without docstring."""
    limit = TEST_MODULE if source.parts[0] == "tests" else MODULE
    yield Size(source.path, 1, "lines in a module", source.lines, limit)
    yield from _sizes_in(source, source.tree, "")


def template_size(source: Source) -> Size:
    """The size of a template."""
    return Size(source.path, 1, "lines in a template", source.lines, TEMPLATE)


def _sizes_in(source: Source, node: ast.AST, inside: str) -> Iterator[Size]:
    for child in ast.iter_child_nodes(node):
        name = _name(child, inside)
        what = f"{source.path}::{name}"
        if isinstance(child, ast.ClassDef):
            methods = sum(isinstance(each, Function) for each in child.body)
            yield Size(what, child.lineno, "lines in a class", _extent(child), CLASS)
            yield Size(what, child.lineno, "methods in a class", methods, METHODS)
        elif isinstance(child, Function):
            handler = _is_handler(source, child)
            unit = "lines in a route handler" if handler else "lines in a function"
            yield Size(what, child.lineno, unit, _extent(child), HANDLER if handler else FUNCTION)
        yield from _sizes_in(source, child, name)


def _name(node: ast.AST, inside: str) -> str:
    """The dotted name of a class or function; for anything else that of where it stands."""
    if not isinstance(node, ast.ClassDef | Function):
        return inside
    return f"{inside}.{node.name}" if inside else node.name


def _is_handler(source: Source, node: Function) -> bool:
    """What answers a request: an async function in `routes.py`, or in the folder it became."""
    return isinstance(node, ast.AsyncFunctionDef) and ("routes.py" in source.parts or "routes" in source.parts)


def _extent(node: ast.ClassDef | Function) -> int:
    """Lines from `def` or `class` to the end, the docstring left out: explaining is never punished."""
    first = node.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    explaining = (first.end_lineno or 0) - first.lineno + 1 if told else 0
    return (node.end_lineno or 0) - node.lineno + 1 - explaining


def code_lines(text: str) -> int:
    """Lines that hold code: blank lines, comments and docstrings left out."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}:
            lines.update(range(token.start[0], token.end[0] + (token.type != tokenize.ENDMARKER)))
    return len(lines - _docstring_lines(ast.parse(text)))


def _docstring_lines(tree: ast.Module) -> set[int]:
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | Function) and ast.get_docstring(node, clean=False) is not None:
            found.update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return found


def is_counted_in_kernel(source: Source) -> bool:
    """The kernel in total is measured without its pages, the testing kit and written migrations."""
    return source.path.startswith("core/lianxin/") and not {"shells", "testing", "migrations"} & set(source.parts)
