"""Writes docs/plugins/hooks.md from the hookspecs: `python -m tests.architecture.hooks_page`."""

from __future__ import annotations

import dataclasses
import inspect
from pathlib import Path
from typing import Any

from lianxin.plugging import hookspecs

PAGE = Path(__file__).parents[2] / "docs" / "plugins" / "hooks.md"
HEAD = """# Hooks

Made from `core/lianxin/plugging/hookspecs.py` and `core/lianxin/declarations/`; don't edit it here, run
`python -m tests.architecture.hooks_page`.

A plugin implements hooks in its `plugin.py` with `@hookimpl` from `lianxin.api`. Each is called once, at start-up,
takes no argument and returns a list of frozen declarations. The kernel checks them all before the first request: a
misspelt hook, a page without `access=`, a name that clashes are each answered by a sentence that names plugin, file and
remedy.
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_hook(name, kinds) for name, kinds in hookspecs.HOOKS.items())


def _hook(name: str, kinds: type | tuple[type, ...]) -> str:
    listed = kinds if isinstance(kinds, tuple) else (kinds,)
    text = inspect.getdoc(getattr(hookspecs, name)) or ""
    shapes = "".join(_shape(kind) for kind in listed if dataclasses.is_dataclass(kind))
    return f"\n## `{name}()`\n\n{text}\n{shapes}"


def _shape(kind: Any) -> str:
    rows = "".join(f"| `{each.name}` | {_must(each)} |\n" for each in dataclasses.fields(kind))
    told = inspect.getdoc(kind) or ""
    return f"\n**{kind.__name__}.** {told}\n\n| field | |\n| --- | --- |\n{rows}"


def _must(each: dataclasses.Field[Any]) -> str:
    if each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING:
        return "must be given"
    default = each.default if each.default is not dataclasses.MISSING else "empty"
    return (
        f"default: `{default!r}`" if isinstance(default, int | str | float | bool | tuple | None) else "has a default"
    )


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), "utf-8")
