"""The words of a message in the language of this moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lianxin.i18n import N_
from lianxin.messages.parameters import from_json
from lianxin.messages.registry import find_kind

_UNKNOWN_TITLE = N_("Message")
_UNKNOWN_BODY = N_("The part of this site that wrote this message is switched off.")


@dataclass(frozen=True, slots=True)
class Words:
    """Title and body, ready to be read."""

    title: str
    body: str


def render(kind_name: str, parameters: Mapping[str, object]) -> Words:
    """The words of a message of this kind; of a kind that nobody knows any more, a sentence that says so."""
    kind = find_kind(kind_name)
    if kind is None:
        return Words(str(_UNKNOWN_TITLE), str(_UNKNOWN_BODY))
    values = {name: from_json(kept) for name, kept in parameters.items()}
    return Words(_fill(kind.title, values), _fill(kind.body, values))


class _Words(dict[str, str]):
    """What was kept; a place that the text has got since then shows as a gap, and breaks no page."""

    def __missing__(self, name: str) -> str:
        return "…"


def _fill(text: object, values: Mapping[str, str]) -> str:
    return str(text) % _Words(values) if values else str(text)
