"""One visit: who asks, when, in which language, from where. Handlers get it first."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from starlette.requests import Request

from lianxin.access.actor import Actor
from lianxin.data.unit import remember_location
from lianxin.i18n import Language, html_lang
from lianxin.values.masks import mask_name
from lianxin.web.forms import FailedForm, FormView, read_form, view_form

ModelT = TypeVar("ModelT", bound=BaseModel)


class FormFailed(Exception):
    """What was typed does not hold; the page is shown again with it."""

    def __init__(self, form: FailedForm) -> None:
        super().__init__(f"{form.model.__name__}: {sorted(form.faults)}")
        self.form = form


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
class Visit:
    """What a handler knows of the request. `actor` is nobody in particular for visitors without a session."""

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
    data_version: str = ""
    cookies: dict[str, tuple[str, int]] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)

    @property
    def html_lang(self) -> str:
        """For <html lang>."""
        return html_lang(self.language)

    @property
    def signed_in(self) -> bool:
        """Whether there is a person behind this."""
        return self.actor.person_id is not None

    @property
    def staff(self) -> bool:
        """Whether the session was opened by a staff method, so that grants count."""
        return bool(self.actor.staff)

    @property
    def person_name(self) -> str:
        """Masked: what stands in the header."""
        return mask_name(self.actor.name) if self.actor.name else ""

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration."""
        return bool(self.site.config.demo)

    @property
    def path(self) -> str:
        """The path asked for."""
        return self.request.url.path

    @property
    def wants_fragment(self) -> bool:
        """Whether htmx asks, and so a part of the page is enough."""
        return self.request.headers.get("hx-request") == "true" and "hx-history-restore-request" not in (
            self.request.headers
        )

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

    def form(self, model: type[BaseModel], action: str, values: Any = None, **more: Any) -> FormView:
        """The form to show: as it failed a moment ago, or fresh with `values`."""
        failed = self.failed if self.failed and self.failed.model is model else None
        return view_form(model, action, values, failed=failed, key=secrets.token_urlsafe(18), **more)

    def _with(self, **changes: str) -> str:
        query = {key: value for key, value in self.request.query_params.items() if key not in changes}
        return f"/choose?{urlencode(changes | {'back': self.path + ('?' + urlencode(query) if query else '')})}"

    @property
    def other_language_url(self) -> str:
        """One tap to the other language."""
        return self._with(lang="en" if self.language == "zh_Hans" else "zh")

    @property
    def elder_url(self) -> str:
        """One tap into the elder mode, and out of it."""
        return self._with(elder="off" if self.elder else "on")

    @property
    def bigger_url(self) -> str:
        """One tap to the largest letters of the elder mode, and back."""
        return self._with(elder="on" if self.elder == "bigger" else "bigger")

    @property
    def theme_url(self) -> str:
        """One tap to dark and back."""
        return self._with(theme="light" if self.theme == "dark" else "dark")

    def read(self, model: type[ModelT]) -> ModelT:
        """What was typed, as the model. Raises FormFailed, by which the page is shown again."""
        self.read_as = model
        today = self.now.astimezone(ZoneInfo(self.site.config.zone)).date()
        form = read_form(model, self.typed, {"today": today})
        if isinstance(form, FailedForm):
            raise FormFailed(form)
        assert isinstance(form, model)
        return form

    def typed_values(self, model: type[BaseModel]) -> dict[str, Any]:
        """The raw values for the fields of a model, to show them again."""
        return {name: value for name, value in self.typed if name in model.model_fields}

    def tell(self, kind: str, text: str) -> None:
        """A line for the next page."""
        self.notices.append(Notice(kind, text))

    def remember(self, name: str, value: str) -> None:
        """A choice of this browser (lang, elder, theme, area), kept for a year; empty forgets it."""
        self.choices[name] = value

    def sign_in(self, token: str, *, seconds: int) -> None:
        """Gives this browser the token of a session that was just opened."""
        self.cookies["session"] = (token, seconds)

    def sign_out(self) -> None:
        """Takes the session's token from this browser."""
        self.cookies["session"] = ("", 0)

    def know_device(self, token: str, *, seconds: int = 31_536_000) -> None:
        """Marks this browser as one from which somebody signed in."""
        self.cookies["device"] = (token, seconds)

    @property
    def device_token(self) -> str:
        """The mark of a known browser, or nothing."""
        return self.request.cookies.get(self.site.cookie("device"), "")

    @property
    def session_token(self) -> str:
        """The token that the browser sent, or nothing."""
        return self.request.cookies.get(self.site.cookie("session"), "")

    @property
    def address(self) -> str:
        """From which network address the request came."""
        return self.request.client.host if self.request.client else ""

    def back_address(self) -> str:
        """The page from which a form was sent, when it is one of ours; else the first page."""
        parts = urlsplit(self.request.headers.get("referer", ""))
        own = parts.netloc.lower() in self.site.config.allowed_hosts
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "") if own else "/"

    async def remember_answer(self, location: str) -> None:
        """A replay of this request shall be led to the same place."""
        await remember_location(location)
