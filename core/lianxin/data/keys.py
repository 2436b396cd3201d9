"""The keys of a site: in one file beside the configuration, never in the database, readable to its owner alone."""

from __future__ import annotations

import base64
import os
import secrets
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

KEY_BYTES = 32


class KeysError(Exception):
    """The keys can't be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """`sealing` maps a key's id (one character) to 32 bytes; `current` is the one that seals; `index` finds."""

    sealing: Mapping[str, bytes]
    current: str
    index: bytes

    def __repr__(self) -> str:
        return "<keys>"


def make_keys(path: Path) -> None:
    """Writes new random keys. Raises FileExistsError: keys that exist are never overwritten, data hang on them."""
    text = (
        "# Keys of this site. Keep a copy where the backups are not: without them nobody can read what is sealed.\n"
        'current = "a"\n'
        f'index = "{_random()}"\n\n[sealing]\na = "{_random()}"\n'
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _random() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def load_keys(path: Path) -> Keys:
    """Reads the keys. Raises KeysError for a file that is missing, damaged, or open to others."""
    try:
        mode = path.stat().st_mode
        raw = tomllib.loads(path.read_text("ascii"))
    except FileNotFoundError as missing:
        raise KeysError(f"{path} is not there: put it back from where its copy is kept.") from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise KeysError(f"{path} is damaged ({broken}): put it back from where its copy is kept.") from broken
    if stat.S_IMODE(mode) & 0o077:
        raise KeysError(f"{path} can be read by others. Run: chmod 600 {path}")
    try:
        sealing = {name: _bytes(text) for name, text in raw["sealing"].items()}
        keys = Keys(sealing, raw["current"], _bytes(raw["index"]))
    except (KeyError, AttributeError, TypeError, ValueError) as wrong:
        raise KeysError(f"{path} lacks a key ({wrong}): put it back from where its copy is kept.") from wrong
    if keys.current not in sealing or any(len(name) != 1 or not name.isascii() for name in sealing):
        raise KeysError(f"{path}: `current` must name one of [sealing], by one letter.")
    return keys


def _bytes(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key of {len(key)} bytes instead of {KEY_BYTES}")
    return key
