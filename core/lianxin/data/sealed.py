"""A value of people that nobody reads by accident."""

from __future__ import annotations

from typing import Any, NoReturn

from tortoise import fields
from tortoise.models import Model


class Sealed:
    """Cipher bytes that refuse to be printed, formatted, logged, pickled or compared. The vault alone opens them."""

    __slots__ = ("_cipher",)

    def __init__(self, cipher: bytes) -> None:
        self._cipher = cipher

    def cipher(self) -> bytes:
        """The encrypted bytes, as stored: key id, nonce, cipher text, tag."""
        return self._cipher

    def __repr__(self) -> str:
        return "<sealed>"

    def _refuse(self, *_: object) -> NoReturn:
        raise TypeError("a sealed value can't be shown: ask vault.reveal(...) with a purpose, or vault.masked(...)")

    __str__ = __format__ = __bytes__ = __reduce__ = __reduce_ex__ = _refuse
    __eq__ = __hash__ = __iter__ = _refuse


class SealedField(fields.BinaryField):  # type: ignore[type-arg]
    """A column of sealed values: takes and gives `Sealed` (or None), never text."""

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> Any:
        """The cipher bytes. Raises TypeError for anything that was not sealed."""
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.model_field_name} takes a Sealed from vault.seal(...), not {type(value).__name__}")
        return value.cipher()

    def to_python_value(self, value: Any) -> Any:
        """The bytes of the row, closed."""
        if value is None or isinstance(value, Sealed):
            return value
        if isinstance(value, str):
            raise TypeError(f"{self.model_field_name} takes a Sealed from vault.seal(...), not str")
        return Sealed(bytes(value))
