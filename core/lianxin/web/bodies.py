"""The body of a form: pairs of name and text or file. Text is UTF-8, as our pages say; what is not arrives broken.

Starlette reads bytes that are no UTF-8 as Latin-1: a name typed in GB18030 would be stored as letters that nobody
typed. Here each such byte becomes U+FFFD, by which the form says at the field that the text did not arrive whole.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

MOST_FILES = 40
MOST_FIELDS = 400
FIELD_BYTES = 262_144
TEXT_BYTES = 1_048_576
_LONGEST_LENGTH = 12

Pairs = list[tuple[str, Any]]


class _Utf8Parts(MultiPartParser):
    """Takes no other encoding's word for it, whatever the request's own `charset=` says."""

    def on_part_end(self) -> None:
        part = self._current_part
        if part.file is None:
            self.items.append((part.field_name, bytes(part.data).decode("utf-8", "replace")))
        else:
            super().on_part_end()


@asynccontextmanager
async def read_body(request: Request, limit_bytes: int) -> AsyncIterator[Pairs]:
    """What was sent; its files are there for as long as the block runs.

    Raises HTTPException: 411 without a length, 413 when it is too long, 400 when it can't be read.
    """
    _check_length(request, limit_bytes)
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        yield await _urlencoded(request)
        return
    parser = _Utf8Parts(
        request.headers, request.stream(), max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=FIELD_BYTES
    )
    try:
        form = await parser.parse()
    except (MultiPartException, UnicodeError) as broken:
        raise HTTPException(400) from broken
    try:
        yield list(form.multi_items())
    finally:
        await form.close()


async def read_bytes(request: Request, limit_bytes: int) -> bytes:
    """The whole body, in which a machine sends one document. Raises HTTPException: 411, 413."""
    _check_length(request, limit_bytes)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > TEXT_BYTES:
            raise HTTPException(413)
    return bytes(body)


def _check_length(request: Request, limit_bytes: int) -> None:
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdecimal()):
        raise HTTPException(411)
    if len(length) > _LONGEST_LENGTH or int(length) > limit_bytes:
        raise HTTPException(413)


async def _urlencoded(request: Request) -> Pairs:
    body = await read_bytes(request, TEXT_BYTES)
    try:
        return list(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as many:
        raise HTTPException(400) from many
