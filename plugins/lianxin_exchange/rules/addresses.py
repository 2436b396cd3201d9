"""Where deliveries may go: never into our own network behind an innocent name (defence B13)."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

PORTS: Final = {"https": 443, "http": 80}
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart. `inside`: the operator vouches for it, so that it may lie in the county's own network."""

    secure: bool
    host: str
    port: int
    path: str
    inside: bool = False

    @property
    def authority(self) -> str:
        """For the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS["https" if self.secure else "http"] else f"{host}:{self.port}"


def parse_target(url: str, *, inside: Collection[str] = (), loopback: bool = False) -> Target | None:
    """The target, or None for an address to which nothing is ever sent.

    https on port 443; another port, or an address of the county's network, only for hosts named in `inside`. Plain http
    only to this very machine, and only where `loopback` says so (a demonstration).
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not host or parts.username or parts.password or parts.fragment:
        return None
    if not (url.isascii() and url.isprintable()) or any(mark in url for mark in (" ", "\\")):
        return None
    here = loopback and host in LOOPBACK
    vouched = here or host in inside
    if (parts.scheme == "http" and not here) or (port not in (None, 443) and not vouched):
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", host, port or PORTS[parts.scheme], path, vouched)


def is_public(address: str) -> bool:
    """Whether an address lies in the open internet; one that hides another inside itself is judged by that one."""
    try:
        found: Ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _is_public(found)


def _is_public(found: Ip) -> bool:
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)
