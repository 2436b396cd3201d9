"""Where the bytes lie: outside the web root, two folders deep, named by id alone."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO
from uuid import UUID

from lianxin.files.cipher import decrypt, encrypt

_folder: Path | None = None


def use_uploads(folder: Path) -> None:
    """Sets where files are kept; makes the folder, for the owner of the process alone."""
    global _folder
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _folder = folder


def uploads() -> Path:
    """Where files are kept. Raises RuntimeError before `use_uploads`."""
    if _folder is None:
        raise RuntimeError("use_uploads(folder) was not called")
    return _folder


def path_of(file_id: UUID) -> Path:
    """The path of a file; the end of its id is random and spreads it over the folders."""
    name = file_id.hex
    return uploads() / name[-2:] / name[-4:-2] / name


def scratch() -> IO[bytes]:
    """A file without a name, on the disk of the uploads: what is in it in clear is gone with the process."""
    return tempfile.TemporaryFile(dir=uploads())


def write(file_id: UUID, source: BinaryIO, key: bytes) -> None:
    """Writes `source` encrypted, and comes back when it is safe on disk."""
    path = path_of(file_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        encrypt(source, target, key, file_id)
        target.flush()
        os.fsync(target.fileno())


def read(file_id: UUID, key: bytes) -> Iterator[bytes]:
    """The bytes in clear, in pieces. Raises FileNotFoundError, Damaged."""
    with path_of(file_id).open("rb") as source:
        yield from decrypt(source, key, file_id)


def remove(file_id: UUID) -> None:
    """Removes the bytes; it may be done already."""
    path_of(file_id).unlink(missing_ok=True)
