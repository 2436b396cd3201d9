"""What a visit knows of its request: the base of `Visit`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel
from starlette.requests import Request

from lianxin.access.actor import Actor
from lianxin.i18n import Language
from lianxin.web.forms import FailedForm


@dataclass(frozen=True, slots=True)
class Community:
    """The place in the header: home area, else the chosen one, else the county. `phone_link` is for tel:."""

    name: str
    phone: str
    phone_link: str
    hours: str
    area_id: Any = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One line shown once, on the page that follows an action. `kind`: ok, warn, late."""

    kind: str
    text: str


@dataclass(slots=True)
class Asked:
    """The request, who makes it, and what is gathered for its answer."""

    request: Request
    actor: Actor
    now: datetime
    language: Language
    request_id: str
    nonce: str
    site: Any
    session: Any = None
    elder: str = ""
    theme: str = ""
    community: Community = field(default_factory=lambda: Community("", "", "", ""))
    notices: list[Notice] = field(default_factory=list)
    failed: FailedForm | None = None
    typed: list[tuple[str, Any]] = field(default_factory=list)
    read_as: type[BaseModel] | None = None
    browser_key: str = ""
    live_url: str = ""
    keyed: bool = False
    kind: str = ""
    cookies: dict[str, tuple[str, int]] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path asked for."""
        return str(self.request.scope["path"])

    @property
    def address(self) -> str:
        """From which network address the request came."""
        return self.request.client.host if self.request.client else ""

    @property
    def wants_fragment(self) -> bool:
        """Whether htmx asks, and so a part of the page is enough."""
        headers = self.request.headers
        return headers.get("hx-request") == "true" and "hx-history-restore-request" not in headers

    @property
    def wants_problem(self) -> bool:
        """Whether a machine asks, to whom a fault is told as a problem document."""
        headers = self.request.headers
        machine = self.kind in ("api", "stream") or self.path.startswith("/api/")
        return machine or "application/json" in headers.get("accept", "")

    def query(self, name: str, default: str = "", *, longest: int = 200) -> str:
        """A parameter of the address, cut to `longest` characters, without characters that no text may hold."""
        text = self.request.query_params.get(name, default)[:longest]
        return "".join(c for c in text if c.isprintable())

    def url(self, name: str, /, **values: Any) -> str:
        """The address of a route by its full name; values that it has no place for become the query."""
        return str(self.site.urls.url(name, **values))

    def full_url(self, name: str, /, **values: Any) -> str:
        """The same with scheme and host, from the configuration and never from the request."""
        return str(self.site.config.base_url.rstrip("/") + self.url(name, **values))

    def back_address(self) -> str:
        """The page from which a form was sent, when it is one of ours; else the first page."""
        parts = urlsplit(self.request.headers.get("referer", ""))
        own = parts.netloc.lower() in self.site.config.allowed_hosts
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "") if own else "/"
