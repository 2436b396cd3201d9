"""What an address looks like, and what a code is."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import Final

CODE_LASTS: Final = timedelta(minutes=30)
MOST_TRIES: Final = 5
LONGEST: Final = 254
"""RFC 5321, 4.5.3.1.3, less its angle brackets."""

_ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\[\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_FULL_WIDTH = str.maketrans({"＠": "@", "。": ".", "．": "."})


def clean_address(text: str) -> str | None:
    """As it is kept: full-width signs of a Chinese keyboard are read as what was meant, the host in small letters.

    None: it is no address to which a letter could be sent.
    """
    local, at, host = text.strip().translate(_FULL_WIDTH).rpartition("@")
    address = f"{local}{at}{_ascii_host(host)}"
    plain = local.isascii() and ".." not in local and not local.startswith(".") and not local.endswith(".")
    return address if plain and len(address) <= LONGEST and _ADDRESS.fullmatch(address) else None


def _ascii_host(host: str) -> str:
    try:
        return host.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def hash_code(code: str, address_id: object) -> str:
    """What is kept of a code: useless for another row."""
    return hashlib.sha256(f"{address_id}:{code}".encode()).hexdigest()


def mask_address(address: str) -> str:
    """`l***@163.com`."""
    local, at, host = address.rpartition("@")
    return f"{local[:1]}***{at}{host}"
