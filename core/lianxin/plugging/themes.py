"""Where a theme's files are."""

from __future__ import annotations

import importlib.util
from importlib.metadata import entry_points
from pathlib import Path

from lianxin.config import ConfigError

GROUP = "lianxin.themes"


def find_theme(name: str) -> Path:
    """The folder of an installed theme. Raises ConfigError, which names those that are there."""
    packages = {point.name: point.value for point in entry_points(group=GROUP)}
    if name not in packages:
        raise ConfigError(f"theme {name!r} is not installed. Installed: {', '.join(sorted(packages)) or 'none'}.")
    spec = importlib.util.find_spec(packages[name])
    if spec is None or not spec.submodule_search_locations:
        raise ConfigError(f"theme {name!r} has no folder {packages[name]}. Install it again.")
    return Path(next(iter(spec.submodule_search_locations)))
