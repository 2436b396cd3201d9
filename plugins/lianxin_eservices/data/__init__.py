"""The catalogue as it ships. Each county edits its own copy in the database; these files are the start."""

from importlib.resources import files
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a build of PyYAML without libyaml reads the same, ten times slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


def read(name: str) -> Any:
    """The raw content of `services`, `departments`, `life_events` or `target_groups`, for rules/catalogue.py."""
    text = files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=Loader)
