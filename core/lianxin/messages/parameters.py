"""What fills the places of a message: kept so that each reader sees it in her own language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from lianxin.i18n import LazyText, format_date, format_datetime, language

Parameter = str | int | date | datetime | LazyText | Mapping[str, str]
"""A text as it is; a day or a moment, written as people of the language do; a text that is translated; or the words

by language, {"zh_Hans": "…", "en": "…"}.
"""


def to_json(value: Parameter) -> object:
    """The value as JSON that `from_json` reads. Raises TypeError for what can't be shown to people later."""
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, LazyText):
        values = {name: to_json(part) for name, part in value.values}  # type: ignore[arg-type]
        return {"msgid": value.msgid, "context": value.context, "values": values}
    if isinstance(value, Mapping):
        return {"in": dict(value)}
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)
    raise TypeError(
        f"a message can't carry a {type(value).__name__}: give a text, a number, a time or words by language"
    )


def from_json(kept: object) -> str:
    """The value as the language of this moment writes it."""
    if not isinstance(kept, Mapping):
        return str(kept)
    if "moment" in kept:
        return format_datetime(datetime.fromisoformat(kept["moment"]))
    if "day" in kept:
        return format_date(date.fromisoformat(kept["day"]))
    if "in" in kept:
        words: Mapping[str, str] = kept["in"]
        return words.get(language.get()) or next(iter(words.values()), "")
    values = {name: from_json(part) for name, part in kept["values"].items()}
    return str(LazyText(kept["msgid"], kept["context"], tuple(values.items())))
