"""Password hashes: argon2id, 19 MiB, two at a time in a thread, so that a flood of sign-ins can't take the memory."""

from __future__ import annotations

import asyncio
import weakref
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE: Final = 2
HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# For a name that nobody has: checked like any other, so that the time tells nothing. It fits no password.
NOBODY: Final = HASHER.hash("\0nobody's")

_turns: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = weakref.WeakKeyDictionary()


def _turn() -> asyncio.Semaphore:
    loop = asyncio.get_running_loop()
    if loop not in _turns:
        _turns[loop] = asyncio.Semaphore(AT_ONCE)
    return _turns[loop]


async def hash_password(password: str) -> str:
    """The hash to store, parameters and salt in it."""
    async with _turn():
        return await asyncio.to_thread(HASHER.hash, _bytes(password))


async def fits_hash(password: str, stored: str) -> bool:
    """Whether it is the password of this hash."""
    async with _turn():
        return await asyncio.to_thread(_verify, stored, _bytes(password))


def _verify(stored: str, password: bytes) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
