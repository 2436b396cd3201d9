"""`lianxin.toml` and the environment, as one frozen Config."""

from __future__ import annotations

import dataclasses
import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class ConfigError(Exception):
    """The configuration can't be used; the text says where and what to do."""


@dataclass(frozen=True, slots=True)
class Config:
    """How this site runs. Paths are absolute; `database` is `sqlite` (in `folder`) or a `postgresql://` address.

    `trusted_proxies` are the addresses whose X-Forwarded-* are believed; `hosts` the names this site answers to
    beside that of `base_url`. `demo` is true only for a site that `lianxin demo` made.
    """

    folder: Path
    base_url: str = "http://127.0.0.1:8000"
    hosts: tuple[str, ...] = ()
    listen: str = "127.0.0.1:8000"
    database: str = "sqlite"
    redis: str = ""
    plugins: tuple[str, ...] = ()
    essential: tuple[str, ...] = ()
    theme: str = "default"
    zone: str = "Asia/Shanghai"
    county: str = ""
    trusted_proxies: tuple[str, ...] = ()
    trusted_desks: tuple[str, ...] = ()
    demo: bool = False
    log_level: str = "info"

    @property
    def secure(self) -> bool:
        """Whether browsers reach the site over TLS: cookies and headers follow it."""
        return self.base_url.startswith("https://")

    @property
    def sqlite_file(self) -> Path:
        """Where the SQLite file is, when there is one."""
        return self.folder / "lianxin.sqlite3"

    @property
    def keys_file(self) -> Path:
        """The keys of the vault: made by `lianxin init`, never in the database, readable to the owner alone."""
        return self.folder / "keys.toml"

    @property
    def uploads(self) -> Path:
        """Where files are kept."""
        return self.folder / "uploads"

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Every host name, with port where it is not the usual one, that a request may name."""
        return frozenset({urlsplit(self.base_url).netloc.lower(), *(host.lower() for host in self.hosts)})


_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"", "0", "false", "no", "off"})
_ALMOST = 0.8
"""How like a key a variable must be named to be a slip: tests and tools have variables of their own."""
_FIELDS = {field.name: field for field in dataclasses.fields(Config) if field.name != "folder"}


def load_config(folder: Path, environment: Mapping[str, str] | None = None) -> Config:
    """Reads `folder/lianxin.toml`, then `LIANXIN_<KEY>` of the environment over it.

    Raises ConfigError with a sentence that names file and key, and the nearest right name for a wrong one.
    """
    file = folder / "lianxin.toml"
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as missing:
        raise ConfigError(f"{file} is not there. `lianxin init {folder}` makes a new site.") from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise ConfigError(f"{file} can't be read: {broken}. Mend that line.") from broken
    return make_config(folder, raw, os.environ if environment is None else environment, where=str(file))


def make_config(folder: Path, raw: Mapping[str, Any], environment: Mapping[str, str], *, where: str) -> Config:
    """The Config of already parsed values. Raises ConfigError."""
    values = {key: _typed(key, value, where) for key, value in raw.items()}
    for name, text in environment.items():
        key = name.removeprefix("LIANXIN_").lower()
        if name.startswith("LIANXIN_") and key in _FIELDS:
            values[key] = _from_text(key, text, name)
        elif name.startswith("LIANXIN_") and (near := difflib.get_close_matches(key, _FIELDS, 1, _ALMOST)):
            raise ConfigError(f"The environment has {name}. Did you mean LIANXIN_{near[0].upper()}?")
    config = Config(folder=folder.resolve(), **values)
    if not config.base_url.startswith(("http://", "https://")):
        raise ConfigError(f"{where}: base_url must begin with http:// or https://, not {config.base_url!r}.")
    if config.database != "sqlite" and not config.database.startswith(("postgresql://", "postgres://")):
        raise ConfigError(f'{where}: database must be "sqlite" or "postgresql://…", not {config.database!r}.')
    unknown = set(config.essential) - set(config.plugins)
    if unknown:
        raise ConfigError(f"{where}: essential names {sorted(unknown)}, which plugins does not. Add it or take it out.")
    return config


def _typed(key: str, value: Any, where: str) -> Any:
    if key not in _FIELDS:
        near = difflib.get_close_matches(key, _FIELDS, 1)
        hint = f" Did you mean {near[0]!r}?" if near else f" Known keys: {', '.join(sorted(_FIELDS))}."
        raise ConfigError(f"{where}: there is no key {key!r}.{hint}")
    wanted = type(_FIELDS[key].default)
    if wanted is tuple and isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    if wanted is tuple or not isinstance(value, wanted):
        name = "a list of strings" if wanted is tuple else {str: "a string", bool: "true or false"}[wanted]
        raise ConfigError(f"{where}: {key} must be {name}, not {value!r}.")
    return value


def _from_text(key: str, text: str, name: str) -> Any:
    wanted = type(_FIELDS[key].default)
    if wanted is tuple:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if wanted is bool:
        if text.strip().lower() not in _YES | _NO:
            raise ConfigError(f"The environment has {name}={text!r}. Say true or false.")
        return text.strip().lower() in _YES
    return text
