"""The imports of the product and nothing else: what starting and memory can't go below."""

import argon2
import babel.core
import jinja2
import pluggy
import pydantic
import starlette.middleware.gzip
import structlog
import tortoise
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

LIBRARIES = (argon2, babel.core, jinja2, pluggy, pydantic, starlette, structlog, tortoise, AESGCM)


async def plain(request: Request) -> PlainTextResponse:
    """As little as can be said."""
    return PlainTextResponse("ok")


app = Starlette(routes=[Route("/", plain)])
