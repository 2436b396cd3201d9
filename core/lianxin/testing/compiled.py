"""Compiled pages, kept for the next site of the same process: a suite opens hundreds of sites with the same pages."""

from __future__ import annotations

import hashlib
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from lianxin.web.site import Site

_kept: dict[tuple[str, str, str], CodeType] = {}


class CompiledPages(BytecodeCache):
    """The pages of one language and of sites with the same addresses: both are written into what is compiled."""

    def __init__(self, site: Site, language: str) -> None:
        told = (language, site.config.zone, site.urls.__dict__, site.assets.addresses)
        self._kind = hashlib.sha256(repr(told).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """By the name and the very text of a template."""
        bucket.code = _kept.get((self._kind, bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """In memory only."""
        if bucket.code is not None:
            _kept[self._kind, bucket.key, bucket.checksum] = bucket.code
