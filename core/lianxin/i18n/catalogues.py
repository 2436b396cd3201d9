"""Translations, read from `.po` files at start into one table a language.

All catalogues of a language are merged: the kernel's first, then the plugins' in the order given, and
the first translation of a message stands. So one English sentence has one translation on the whole
site; where a plugin needs another, it says so by a context (`pgettext`). A second, different
translation is a `Conflict`, which the catalogue check reports.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from lianxin.i18n.languages import LANGUAGES, Language

CORE_FOLDER: Final = Path(__file__).parents[1] / "locale"

Key = tuple[str, str]
"""Context (empty for none) and message id (the singular, where there is a plural)."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A message that a later folder translates in another way than an earlier one."""

    language: Language
    message: str
    folder: Path
    kept: str
    dropped: str


def po_path(folder: Path, language: Language) -> Path:
    """Where a `locale` folder keeps a language."""
    return folder / language / "LC_MESSAGES" / "messages.po"


class Catalogues:
    """The translations of the kernel and of the plugins whose `locale` folders are given."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self._tables: dict[Language, dict[Key, tuple[str, ...]]] = {known: {} for known in LANGUAGES}
        conflicts: list[Conflict] = []
        for folder in (CORE_FOLDER, *folders):
            for language in LANGUAGES:
                conflicts += self._add(language, folder)
        self.conflicts = tuple(conflicts)

    def _add(self, language: Language, folder: Path) -> list[Conflict]:
        table = self._tables[language]
        conflicts = []
        for key, forms in _read(po_path(folder, language)).items():
            kept = table.setdefault(key, forms)
            if kept != forms:
                conflicts.append(Conflict(language, key[1], folder, kept[0], forms[0]))
        return conflicts

    def find(self, language: Language, msgid: str, context: str = "") -> str | None:
        """The translation, or None: then the message id itself is the text."""
        forms = self._tables[language].get((context, msgid))
        return forms[0] if forms else None

    def find_plural(self, language: Language, singular: str, number: int, context: str = "") -> str | None:
        """The form for this number, or None. Chinese has one form, English two."""
        forms = self._tables[language].get((context, singular))
        return forms[plural_form(language, number) % len(forms)] if forms else None


def plural_form(language: Language, number: int) -> int:
    """Which form a number takes: the rule of the `Plural-Forms` header of each language."""
    return 0 if language == "zh_Hans" else int(number != 1)


def _read(path: Path) -> Mapping[Key, tuple[str, ...]]:
    return _entries(path, path.stat().st_mtime_ns) if path.exists() else {}


@cache
def _entries(path: Path, _changed: int) -> Mapping[Key, tuple[str, ...]]:
    with path.open("rb") as stream:
        entries = read_po(stream)
    return {key_of(entry): forms_of(entry) for entry in entries if _is_translated(entry)}


def _is_translated(entry: Message) -> bool:
    forms = forms_of(entry)
    return bool(entry.id) and not entry.fuzzy and bool(forms) and all(forms)


def key_of(entry: Message) -> Key:
    """Context and singular of an entry of a `.po` file."""
    singular = entry.id if isinstance(entry.id, str) else entry.id[0]
    return entry.context or "", singular


def forms_of(entry: Message) -> tuple[str, ...]:
    """The translations of an entry, one for each plural form."""
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
