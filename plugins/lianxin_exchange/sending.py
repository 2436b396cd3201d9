"""One POST to one address: checked when it connects, followed nowhere else, bounded in bytes and time.

The name is asked once; each of its addresses must be public; the connection goes to the very address that was checked.
The standard library's client waits, so it runs in a thread.
"""

from __future__ import annotations

import asyncio
import http.client
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from typing import Final

from lianxin_exchange.rules.addresses import Target, is_public

CONNECT_SECONDS: Final = 5.0
WHOLE_SECONDS: Final = 15.0
MOST_BYTES: Final = 65_536
Resolver = Callable[[str, int], list[str]]


class NotSent(Exception):
    """It did not get through; the text is for the log, and says nothing of what the other side answered."""


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name. Raises NotSent."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise NotSent("no such name") from unknown
    return [str(each[4][0]) for each in found]


async def send(target: Target, headers: Mapping[str, str], body: bytes, *, resolver: Resolver = resolve) -> int:
    """Answers the status. Raises NotSent when there is none."""
    try:
        async with asyncio.timeout(WHOLE_SECONDS + CONNECT_SECONDS):
            return await asyncio.to_thread(_post, target, headers, body, resolver)
    except TimeoutError as late:
        raise NotSent("too slow") from late


def _post(target: Target, headers: Mapping[str, str], body: bytes, resolver: Resolver) -> int:
    addresses = resolver(target.host, target.port)
    if not addresses or not (target.inside or all(map(is_public, addresses))):
        raise NotSent("the name leads into a private network")
    connection = _Pinned(target, addresses[0])
    until = time.monotonic() + WHOLE_SECONDS
    try:
        connection.request("POST", target.path, body, {"host": target.authority, **headers})
        answer = connection.getresponse()
        _read(answer, until)
        return answer.status
    except TimeoutError as late:
        raise NotSent("too slow") from late
    except ssl.SSLError as untrusted:
        raise NotSent("its certificate is not to be trusted") from untrusted
    except (OSError, http.client.HTTPException) as broken:
        raise NotSent(f"no answer ({type(broken).__name__})") from broken
    finally:
        connection.close()


def _read(answer: http.client.HTTPResponse, until: float) -> None:
    """What comes back is not looked at, only let come to its end."""
    left = MOST_BYTES
    while left > 0 and (piece := answer.read1(left)):
        left -= len(piece)
        if time.monotonic() > until:
            raise TimeoutError


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was checked, under the name that was asked for. No proxy of the environment."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=CONNECT_SECONDS)
        self._target = target
        self._address = address

    def connect(self) -> None:
        """The socket, in TLS where the address says so."""
        plain = socket.create_connection((self._address, self._target.port), CONNECT_SECONDS)
        if not self._target.secure:
            self.sock = plain
            return
        context = ssl.create_default_context()
        try:
            self.sock = context.wrap_socket(plain, server_hostname=self._target.host)
        except BaseException:
            plain.close()
            raise
