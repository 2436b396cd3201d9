"""The languages, which one is spoken now, and which one a first visit gets."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal, get_args

Language = Literal["zh_Hans", "en"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DEFAULT_LANGUAGE: Final[Language] = "zh_Hans"

language: ContextVar[Language] = ContextVar("language", default=DEFAULT_LANGUAGE)
"""The language of this request or job; the web layer sets it, `gettext` and the formats read it."""


@contextmanager
def use_language(chosen: Language) -> Iterator[None]:
    """Speak a language for a while: a message is written in its reader's, not in its sender's."""
    token = language.set(chosen)
    try:
        yield
    finally:
        language.reset(token)


def html_lang(spoken: Language) -> str:
    """The value of `<html lang>`: `zh-Hans` or `en`."""
    return spoken.replace("_", "-")


def find_language(text: str) -> Language | None:
    """The language meant by `?lang=`, a cookie or a column (`zh-Hans`, `zh_CN`, `EN`), or None."""
    primary = text.strip().lower().replace("_", "-").partition("-")[0]
    return next((known for known in LANGUAGES if known.partition("_")[0] == primary), None)


def negotiate(accept_language: str | None) -> Language:
    """The language of a first visit: Chinese unless the browser lists languages and none is Chinese.

    The order of preference does not count: who reads any Chinese at all gets the county's language.
    """
    wanted = {_primary(part) for part in (accept_language or "").split(",")} - {"", "*"}
    return "en" if wanted and "zh" not in wanted else DEFAULT_LANGUAGE


def _primary(part: str) -> str:
    tag, _, parameters = part.partition(";")
    weight = parameters.replace(" ", "").lower().removeprefix("q=")
    if weight and not weight.strip("0."):
        return "not wanted"  # weight 0: named only to be ruled out
    return tag.strip().lower().partition("-")[0]
