"""Bytes at rest: AES-256-GCM in pieces, so that a file is read as a stream and never half trusted.

Each file has a random key of its own. A piece's nonce is its number and whether it is the last: pieces can't be
swapped, dropped or cut off without notice; the file's id is bound in.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE: Final = 256 * 1024
_TAG: Final = 16
_MAGIC: Final = b"LXF1"


class Damaged(Exception):
    """The bytes on disk are not those that were written."""


def new_key() -> bytes:
    """A key for one file."""
    return AESGCM.generate_key(256)


def encrypt(source: BinaryIO, target: BinaryIO, key: bytes, file_id: UUID) -> None:
    """Writes what is in `source` from here on."""
    cipher = AESGCM(key)
    target.write(_MAGIC)
    number, piece = 0, source.read(PIECE)
    while True:
        following = source.read(PIECE)
        target.write(cipher.encrypt(_nonce(number, last=not following), piece, file_id.bytes))
        if not following:
            return
        number, piece = number + 1, following


def decrypt(source: BinaryIO, key: bytes, file_id: UUID) -> Iterator[bytes]:
    """The pieces in clear, one after the other. Raises Damaged."""
    cipher = AESGCM(key)
    if source.read(len(_MAGIC)) != _MAGIC:
        raise Damaged("not a file of ours")
    number, sealed = 0, source.read(PIECE + _TAG)
    while True:
        following = source.read(PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), sealed, file_id.bytes)
        except (InvalidTag, ValueError) as wrong:
            raise Damaged(f"file {file_id} was changed on disk") from wrong
        if not following:
            return
        number, sealed = number + 1, following


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">7xIB", number, last)
