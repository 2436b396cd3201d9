"""Plugins with tables, written for one test and importable only there."""

from __future__ import annotations

import importlib
import itertools
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path

_numbers = itertools.count(1)


def write_package(folder: Path, models: str, migrations: Mapping[str, str] | None = None) -> str:
    """Writes a package with models and migrations into `folder`, which must be on the path; answers the models module.

    Each has a name of its own: what was imported once stays imported. In the texts PACKAGE is that name.
    """
    name = f"tried_{next(_numbers)}"
    package = folder / name
    (package / "migrations").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "migrations" / "__init__.py").touch()
    (package / "models.py").write_text(_text(models, name))
    for file, text in (migrations or {}).items():
        add_migration(folder, f"{name}.models", file, text)
    importlib.invalidate_caches()
    return f"{name}.models"


def add_migration(folder: Path, module: str, file: str, text: str) -> None:
    """Adds a migration, or puts another text in the place of one."""
    name = module.partition(".")[0]
    (folder / name / "migrations" / f"{file}.py").write_text(_text(text, name))
    sys.modules.pop(f"{name}.migrations.{file}", None)
    importlib.invalidate_caches()


def _text(text: str, package: str) -> str:
    return textwrap.dedent(text).replace("PACKAGE", package)
