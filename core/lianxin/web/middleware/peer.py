"""From whom a request comes, and for which name it asks: believed only as far as the operator said."""

from __future__ import annotations

import ipaddress

from starlette.datastructures import Headers
from starlette.types import Scope

from lianxin.config import Config


class Peers:
    """The proxies whose X-Forwarded-For counts, and the names of this site."""

    def __init__(self, config: Config) -> None:
        self._hosts = config.allowed_hosts
        self._proxies = frozenset(ipaddress.ip_address(address) for address in config.trusted_proxies)

    def is_ours(self, headers: Headers) -> bool:
        """Whether the request names one host, and that of this site."""
        named = headers.getlist("host")
        return len(named) == 1 and named[0].lower() in self._hosts

    def find_visitor(self, scope: Scope, headers: Headers) -> None:
        """Puts the visitor's address in place of a trusted proxy's: of the chain, the last one that is no proxy.

        All lines of the header count together: a proxy that adds a line of its own writes it below the visitor's.
        """
        peer = scope["client"][0] if scope.get("client") else ""
        chain = [part.strip() for line in headers.getlist("x-forwarded-for") for part in line.split(",")]
        try:
            while chain and ipaddress.ip_address(peer) in self._proxies:
                peer = str(ipaddress.ip_address(chain.pop()))
        except ValueError:
            return
        if scope.get("client"):
            scope["client"] = (peer, scope["client"][1])

    def are_behind(self, scope: Scope) -> bool:
        """Whether this request's peer is a proxy of ours, whose request id may be used."""
        try:
            return bool(scope.get("client")) and ipaddress.ip_address(scope["client"][0]) in self._proxies
        except ValueError:
            return False
