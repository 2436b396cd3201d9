"""Rules that a reader of Python code can check one file at a time. Each takes a source and yields its breaches."""

import ast
import re
from collections.abc import Callable, Iterator

from tests.architecture.reading import Finding, Source, imports_of

Rule = Callable[[Source], Iterator[Finding]]

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
FOREIGN_KEYS = {"ForeignKeyField", "OneToOneField", "ManyToManyField"}
SQL = re.compile(
    r"\b(SELECT\b.+?\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\b.+?\bSET|DELETE\s+FROM|REPLACE\s+INTO|PRAGMA\b"
    r"|(CREATE|ALTER|DROP)\s+(UNIQUE\s+)?(TABLE|INDEX|TRIGGER|VIEW|DATABASE|SCHEMA))\s",
    re.DOTALL,
)
# A database's name can't be a parameter of a statement; there it is checked by its shape first.
MAY_BUILD_SQL = ("core/lianxin/data/", "core/lianxin/testing/postgresql.py")

# An identifier that sorts by the moment it was made asks for that moment itself.
MAKES_IDENTIFIERS = "core/lianxin/values/identifiers.py"


def has_docstring(source: Source) -> Iterator[Finding]:
    """Each module says what it is for."""
    if not source.is_migration and not ast.get_docstring(source.tree):
        yield source.finding(1, "has no docstring: say in a line what the module is for")


def is_named_for_its_subject(source: Source) -> Iterator[Finding]:
    """No drawer in which anything may land."""
    for part in source.module.split("."):
        if part in FORBIDDEN_NAMES:
            yield source.finding(1, f"is named {part}: name the thing, or leave it where it is used")


def writes_through_the_one_door(source: Source) -> Iterator[Finding]:
    """Tortoise's own transactions can hang the site when a task is cancelled; `unit_of_work()` can't."""
    if source.path.startswith(("core/lianxin/data/", "tests/core/data/", "tests/faults/")):
        return
    for each in imports_of(source):
        if each.full.startswith("tortoise.transactions"):
            yield source.finding(each.line, "imports tortoise.transactions: unit_of_work() is the one door to writing")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in {"in_transaction", "_in_transaction"}:
            yield source.finding(node, "calls in_transaction(): unit_of_work() is the one door to writing")


def says_on_delete(source: Source) -> Iterator[Finding]:
    """The ORM's default deletes whatever points at a deleted row; toward the kernel only RESTRICT is right."""
    if source.is_migration:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in FOREIGN_KEYS:
            given = next((each.value for each in node.keywords if each.arg == "on_delete"), None)
            if given is None:
                yield source.finding(node, f"{_last_name(node.func)} does not say on_delete")
            elif _points_from_plugin_to_kernel(source, node) and _last_name(given) not in {"RESTRICT", "NO_ACTION"}:
                yield source.finding(node, "a plugin's key into the kernel is on_delete=RESTRICT")


def _points_from_plugin_to_kernel(source: Source, node: ast.Call) -> bool:
    target = node.args[0] if node.args else None
    to_kernel = isinstance(target, ast.Constant) and str(target.value).startswith("lianxin.")
    return source.parts[0] == "plugins" and to_kernel


def says_whose_time(source: Source) -> Iterator[Finding]:
    """A time without a zone means another moment on another machine."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner, verb = _last_name(node.func.value), node.func.attr
        naive = verb == "now" and owner == "datetime" and not node.args and not node.keywords
        if naive or (owner in {"datetime", "date"} and verb in {"utcnow", "today", "utcfromtimestamp"}):
            yield source.finding(node, f"calls {owner}.{verb}() without a zone: datetime.now(UTC)")


def is_given_the_time(source: Source) -> Iterator[Finding]:
    """A decision gets person and time as arguments, so that a job, a test and an API can ask it too."""
    is_rule = bool({"rules", "rules.py", "values"} & set(source.parts)) and source.parts[0] != "tests"
    if not is_rule or source.path == MAKES_IDENTIFIERS:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asked = (_last_name(node.func.value), node.func.attr)
            if asked in {("datetime", "now"), ("time", "time"), ("time", "time_ns"), ("date", "today")}:
                yield source.finding(
                    node, f"asks the clock by {asked[0]}.{asked[1]}(): in a rule the time is an argument"
                )


def builds_no_sql(source: Source) -> Iterator[Finding]:
    """Outside of data/ a statement is never put together from pieces: values travel as parameters."""
    if source.path.startswith(MAY_BUILD_SQL) or source.is_migration or source.parts[0] == "tests":
        return
    for node in ast.walk(source.tree):
        text = _built_text(node)
        if text and SQL.search(text):
            yield source.finding(node, "puts an SQL statement together from pieces: do it in data/, with parameters")


def keeps_its_lock(source: Source) -> Iterator[Finding]:
    """The ORM forgets FOR UPDATE when a query answers values instead of rows: nothing is locked, and no word of it."""
    for node in ast.walk(source.tree):
        answers_values = isinstance(node, ast.Call) and _last_name(node.func) in {"values", "values_list"}
        if answers_values and "select_for_update" in _chain_of(node.func):
            yield source.finding(node, "asks for values after select_for_update(), which locks nothing: take the rows")


def _chain_of(node: ast.AST) -> Iterator[str]:
    """The names called or read before the last one: `b` and `a` of `a.b().c`."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Await):
        node = node.func if isinstance(node, ast.Call) else node.value
        yield _last_name(node)


def _built_text(node: ast.AST) -> str:
    """The text of an expression that puts texts together, with {} where something is put in; else empty."""
    if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{} " for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        sides = (node.left, node.right)
        if any(_constant_text(side) for side in sides) and not all(_constant_text(side) for side in sides):
            return " ".join(_constant_text(side) or "{}" for side in sides) + " "
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return _constant_text(node.func.value)
    return ""


def _constant_text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _last_name(node: ast.AST) -> str:
    """`b` of `a.b` and of `b`."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


RULES: tuple[Rule, ...] = (
    has_docstring,
    is_named_for_its_subject,
    writes_through_the_one_door,
    says_on_delete,
    says_whose_time,
    is_given_the_time,
    builds_no_sql,
    keeps_its_lock,
)
