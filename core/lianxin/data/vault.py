"""The vault: seals what must not be read by accident, and writes down who reads it on purpose."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lianxin.data.keys import Keys
from lianxin.data.models import Reading
from lianxin.data.sealed import Sealed
from lianxin.data.unit import unit_of_work

NONCE_BYTES = 12


class VaultError(Exception):
    """A sealed value does not open: it was damaged, or stands in another row than the one it was sealed for."""


class Vault:
    """AES-256-GCM; table, column and row are bound in, so a cipher text copied elsewhere does not open.

    Stored as: key id (1 byte), nonce (12), cipher text with its tag (16).
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._ciphers = {name: AESGCM(key) for name, key in keys.sealing.items()}
        self._index_keys: dict[str, bytes] = {}

    def seal(self, text: str, *, table: str, column: str, row_id: UUID) -> Sealed:
        """Closes a text for one place. Any text can be kept, lone surrogates too."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        place = _place(table, column, row_id)
        cipher = self._ciphers[self._keys.current].encrypt(nonce, text.encode("utf-8", "surrogatepass"), place)
        return Sealed(self._keys.current.encode("ascii") + nonce + cipher)

    def _open(self, sealed: Sealed, table: str, column: str, row_id: UUID) -> str:
        raw = sealed.cipher()
        cipher = self._ciphers.get(raw[:1].decode("ascii", "replace"))
        if cipher is None:
            raise VaultError(f"{table}.{column} was sealed with a key that keys.toml does not have")
        nonce, body = raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, body, _place(table, column, row_id)).decode("utf-8", "surrogatepass")
        except (InvalidTag, ValueError) as damaged:
            raise VaultError(f"{table}.{column} does not open: damaged, or moved from another row") from damaged

    async def reveal(
        self,
        sealed: Sealed,
        *,
        table: str,
        column: str,
        row_id: UUID,
        subject_id: UUID | None,
        by: UUID | None,
        purpose: str,
        now: datetime,
        request_id: str = "",
    ) -> str:
        """The text, for a person to read. Who, whose, which and why is written first: no record, no reading."""
        text = self._open(sealed, table, column, row_id)
        async with unit_of_work():
            await Reading.create(
                at=now,
                reader_id=by,
                subject_id=subject_id,
                table_name=table,
                column_name=column,
                row_id=row_id,
                purpose=purpose,
                request_id=request_id,
            )
        return text

    def masked(self, sealed: Sealed, *, table: str, column: str, row_id: UUID, mask: Callable[[str], str]) -> str:
        """What may be shown without a reason. Nobody sees the text, so nothing is written down."""
        return mask(self._open(sealed, table, column, row_id))

    def open_for_delivery(self, sealed: Sealed, *, table: str, column: str, row_id: UUID) -> str:
        """The text for a machine: a number to send to, a file's key, a setting. Never for somebody else's page."""
        return self._open(sealed, table, column, row_id)

    def index(self, text: str, *, purpose: str) -> str:
        """A keyed hash for exact search; every purpose has a key of its own, so that columns can't be joined by it."""
        key = self._index_keys.get(purpose)
        if key is None:
            derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"index:{purpose}".encode())
            key = self._index_keys[purpose] = derive.derive(self._keys.index)
        return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _place(table: str, column: str, row_id: UUID) -> bytes:
    return f"{table}\0{column}\0".encode() + row_id.bytes


_vault: Vault | None = None


def use_vault(vault: Vault) -> None:
    """Makes this the vault of the process."""
    global _vault
    _vault = vault


def get_vault() -> Vault:
    """The vault of the process. Raises RuntimeError before a site is opened."""
    if _vault is None:
        raise RuntimeError("no vault: open the site first")
    return _vault
