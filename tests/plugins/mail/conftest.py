"""A site with the plugin, and a mail server on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest

from lianxin.api import claim_person, unit_of_work
from lianxin.testing import plugin as testing
from lianxin.testing.database import Template, make_template
from lianxin.testing.site import TestSite, open_test_site


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """The kernel's tables and the plugin's."""
    with make_template(tmp_path_factory.mktemp("template"), (("mail", "lianxin_mail.models"),), "mail") as template:
        yield template


@pytest.fixture
async def site(site_config: Any, anyio_backend: str) -> AsyncIterator[TestSite]:
    """The site."""
    if not site_config.keys_file.exists():
        testing.make_keys(site_config.keys_file)  # type: ignore[attr-defined]
    async with open_test_site(site_config, plugins=("mail",)) as opened:
        yield opened


@pytest.fixture
async def somebody(site: TestSite) -> UUID:
    """Somebody of whom nothing is known yet."""
    async with unit_of_work():
        return (await claim_person(now=site.clock())).person_id


@dataclass
class Postbox:
    """Speaks as much SMTP (RFC 5321) as a client needs, and keeps what it was given."""

    port: int = 0
    refuses: bool = False
    letters: list[EmailMessage] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        writer.write(b"220 here\r\n")
        with suppress(OSError, asyncio.IncompleteReadError):
            while line := await reader.readline():
                await self._answer(line.strip().upper(), reader, writer)
                await writer.drain()
        writer.close()

    async def _answer(self, said: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if said.startswith(b"RCPT") and self.refuses:
            writer.write(b"550 no such box\r\n")
        elif said == b"DATA":
            writer.write(b"354 go on\r\n")
            await writer.drain()
            body = await reader.readuntil(b"\r\n.\r\n")
            self.letters.append(message_from_bytes(body, policy=policy.default))  # type: ignore[arg-type]
            writer.write(b"250 taken\r\n")
        elif said == b"QUIT":
            writer.write(b"221 bye\r\n")
        else:
            writer.write(b"250 ok\r\n")


@pytest.fixture
async def postbox(anyio_backend: str) -> AsyncIterator[Postbox]:
    """The county's mail server."""
    box = Postbox()
    server = await asyncio.start_server(box.serve, "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    async with server:
        yield box
