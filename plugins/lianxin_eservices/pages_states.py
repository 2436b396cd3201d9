"""Pages of what is posted, and of papers that follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin.api import FormView
from lianxin_eservices.queries.passing import PromisedShown
from lianxin_eservices.queries.posted import PostedCase


@dataclass(frozen=True, slots=True)
class PostedPage:
    """Everything that is posted now."""

    template: ClassVar[str] = "eservices/posted.html"

    title: str
    rows: tuple[PostedCase, ...]
    next_href: str


@dataclass(frozen=True, slots=True)
class ObjectPage:
    """One posting, and what somebody has against it."""

    template: ClassVar[str] = "eservices/object.html"

    title: str
    posted: PostedCase
    form: FormView


@dataclass(frozen=True, slots=True)
class FollowPage:
    """Papers that are to follow, and a form to send one."""

    template: ClassVar[str] = "eservices/follow.html"

    title: str
    name: str
    back: str
    promised: tuple[PromisedShown, ...]
    form: FormView
