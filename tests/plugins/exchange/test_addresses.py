"""B13: nothing is ever sent into a private network, whatever the address looks like; and deliveries are signed."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin_exchange.rules.addresses import Target, is_public, parse_target
from lianxin_exchange.rules.signing import signed_headers
from lianxin_exchange.sending import MOST_BYTES, NotSent, resolve, send

HOSTS = (
    *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", "localhost", "LOCALHOST."),
    *("[::1]", "[::]", "0.0.0.0", "0", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
    *("169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "192.0.2.1", "198.18.0.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "[fe80::1]", "[fc00::1]", "[ff02::1]", "127。0。0。1"),
)
URLS = (
    *("file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "http://example.com/", "javascript:alert(1)"),
    *("https://user@127.0.0.1/", "https://a:b@example.com/", "https://", "https://example.com:22/", "//127.0.0.1/"),
    *("https://example.com\\@127.0.0.1/", "https://exa mple.com/", "https://example.com/#x", "https://[::1", "x"),
)


@asynccontextmanager
async def listener() -> AsyncIterator[tuple[int, list[bytes]]]:
    """A server on this machine that keeps what it was sent, and answers 204; by /far it leads elsewhere."""
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            heard.append(head + await reader.readexactly(length))
            if b" /far " in head:
                writer.write(b"HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n")
            elif b" /long " in head:
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\n\r\n" + b"x" * MOST_BYTES * 2)
            else:
                writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
            with suppress(ConnectionError):
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], heard


def test_an_address_is_refused_before_anything_is_asked() -> None:
    assert [url for url in URLS if parse_target(url) is not None] == []
    taken = parse_target("https://system.example.gov.cn/hook?x=1")
    assert taken == Target(True, "system.example.gov.cn", 443, "/hook?x=1")
    assert parse_target("https://inner.example:8443/", inside=["inner.example"]) is not None
    assert parse_target("http://localhost:8103/x", loopback=True) is not None
    assert parse_target("http://localhost:8103/x") is None


@pytest.mark.anyio
async def test_no_name_leads_home() -> None:
    async with listener() as (port, heard):
        refused = 0
        for host in HOSTS:
            parsed = parse_target(f"https://{host}/")
            if parsed is None:
                refused += 1
                continue
            target = Target(False, parsed.host, port, "/")
            with pytest.raises(NotSent):
                await send(target, {}, b"{}", resolver=resolve)
            refused += 1
        assert (refused, heard) == (len(HOSTS), [])
    assert len(HOSTS) + len(URLS) >= 40


@pytest.mark.anyio
async def test_a_name_that_changes_its_mind_is_asked_once_and_each_address_counts() -> None:
    asked = 0

    def rebinding(host: str, port: int) -> list[str]:
        nonlocal asked
        asked += 1
        return ["1.1.1.1", "127.0.0.1"] if asked == 1 else ["127.0.0.1"]

    async with listener() as (port, heard):
        with pytest.raises(NotSent, match="private"):
            await send(Target(False, "rebinding.example", port, "/"), {}, b"{}", resolver=rebinding)
    assert (asked, heard) == (1, [])


@pytest.mark.anyio
async def test_it_goes_nowhere_else_and_reads_only_so_much() -> None:
    async with listener() as (port, heard):
        for path, status in (("/far", 302), ("/long", 200), ("/", 204)):
            assert await send(Target(False, "127.0.0.1", port, path, inside=True), {}, b"{}") == status
        assert len(heard) == 3


def test_a_private_address_is_known_in_every_disguise() -> None:
    for host in HOSTS:
        bare = host.strip("[]")
        if any(mark in bare for mark in (":", "169.", "10.", "172.", "192.", "100.", "198.", "224", "240")):
            assert not is_public(bare), host
    assert is_public("1.1.1.1")
    assert is_public("2606:4700:4700::1111")
    assert not is_public("example.com")


@given(st.ip_addresses(v=4))
def test_an_address_hidden_in_another_is_judged_as_itself(inner) -> None:  # type: ignore[no-untyped-def]
    assert is_public(f"::ffff:{inner}") == is_public(str(inner))
    assert not (is_public(str(inner)) and inner.is_private)


def test_a_delivery_is_signed_as_standard_webhooks_says() -> None:
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    now = datetime.fromtimestamp(1614265330, UTC)
    headers = signed_headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", body, now)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-timestamp"] == "1614265330"
    assert signed_headers(secret, "msg_other", body, now)["webhook-signature"] != headers["webhook-signature"]
    assert hmac.new(base64.b64decode(secret[6:]), digestmod=hashlib.sha256).digest_size == 32
