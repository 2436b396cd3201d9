"""Keeps the `.po` files in step with the texts in code and templates.

    python -m lianxin.testing.catalogues update          write all catalogues anew, keeping translations
    python -m lianxin.testing.catalogues merge FILE...   the same, then fill in translations from tables
    python -m lianxin.testing.catalogues check           say what is missing; exit 1 when anything is

A table has a line a message: domain, message id, Chinese and, where the message has one, its
context, parted by tabs (`\\n` stands for a line break). The domain is `core` or a plugin's name
without `lianxin_`; a plural message is named by its singular. Files are sorted and hold neither
dates nor places, so that two branches rarely touch the same line. A message that the kernel has is
left out of the plugins: it has one translation (lianxin.i18n.catalogues).
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import escape, read_po

from lianxin.i18n.catalogues import Key, forms_of, key_of, po_path
from lianxin.i18n.languages import LANGUAGES, Language

ROOT: Final = Path(__file__).parents[3]

_KEYWORDS: Final[Mapping[str, tuple[int | tuple[int, str], ...] | None]] = {
    **dict.fromkeys(("_", "gettext", "lazy_gettext", "N_"), None),
    "ngettext": (1, 2),
    **dict.fromkeys(("pgettext", "lazy_pgettext"), ((1, "c"), 2)),
    "npgettext": ((1, "c"), 2, 3),
}
_JINJA_OPTIONS: Final = {
    "silent": "false",
    "trimmed": "true",
    "newstyle_gettext": "true",
    "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
}
_METHODS: Final = {".py": "python", ".html": "jinja2.ext:babel_extract", ".txt": "jinja2.ext:babel_extract"}
_PLURAL_FORMS: Final[Mapping[Language, str]] = {
    "zh_Hans": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
}
_PLACEHOLDER: Final = re.compile(r"%(?:\((\w+)\))?[#0\- +]*\d*(?:\.\d+)?([a-zA-Z%])")


@dataclass(frozen=True, slots=True)
class Domain:
    """A catalogue: where its texts are and where its `locale` folder is."""

    name: str
    sources: tuple[Path, ...]
    locale: Path


@dataclass(frozen=True, slots=True)
class Source:
    """A message as code says it; `plural` is empty for one without."""

    plural: str = ""


Sources = dict[Key, Source]
Translations = dict[Key, tuple[str, ...]]


def find_domains(root: Path = ROOT) -> tuple[Domain, ...]:
    """The kernel (with the official themes, which are words of its pages) and each plugin folder."""
    kernel = root / "core" / "lianxin"
    plugins = sorted(path for path in (root / "plugins").glob("lianxin_*") if path.is_dir())
    return (
        Domain("core", (kernel, root / "themes"), kernel / "locale"),
        *(Domain(path.name.removeprefix("lianxin_"), (path,), path / "locale") for path in plugins),
    )


def extract_all(domains: Iterable[Domain]) -> dict[str, Sources]:
    """The messages of each domain, without those that an earlier first domain (the kernel) has."""
    found = {domain.name: _extract(domain) for domain in domains}
    kernel = found.get("core", {})
    for name, sources in found.items():
        if name != "core":
            found[name] = {key: source for key, source in sources.items() if key not in kernel}
    return found


def _extract(domain: Domain) -> Sources:
    messages: Sources = {}
    for path in _files(domain.sources):
        options = _JINJA_OPTIONS if path.suffix != ".py" else {}
        found = extract_from_file(_METHODS[path.suffix], path, keywords=_KEYWORDS, options=options)
        for _line, message, _comments, context in found:
            singular, plural = (message, "") if isinstance(message, str) else message[:2]
            key = (context or "", singular)
            if singular and (plural or key not in messages):
                messages[key] = Source(plural)
    return messages


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _METHODS and "migrations" not in path.parts and "static" not in path.parts:
                yield path


def read_translations(path: Path) -> dict[Key, Message]:
    """The entries of a `.po` file; none when it does not exist."""
    if not path.exists():
        return {}
    with path.open("rb") as stream:
        return {key_of(entry): entry for entry in read_po(stream) if entry.id}


def update(root: Path = ROOT, tables: Iterable[Path] = ()) -> list[str]:
    """Write the catalogues of all domains, and say what in the tables was of no use."""
    domains = find_domains(root)
    sources = extract_all(domains)
    kept = {domain.name: _kept(domain) for domain in domains}
    given, complaints = _read_tables(tables)
    # A message that moved to another domain, or is said in two, keeps its Chinese.
    known = {key: forms for translations in kept.values() for key, forms in translations.items()}
    for domain in domains:
        chinese: Translations = {}
        for key in sources[domain.name]:
            text = given.get((domain.name, key)) or given.get(("", key))
            chinese[key] = (text,) if text else kept[domain.name].get(key) or known.get(key) or ("",)
        _write(domain, "zh_Hans", sources[domain.name], chinese)
        _write(domain, "en", *_english(domain, sources[domain.name]))
    used = {key for messages in sources.values() for key in messages}
    unused = sorted({key for _name, key in given if key not in used})
    return complaints + [f"nothing says: {key[1]!r}" for key in unused]


def _kept(domain: Domain) -> Translations:
    entries = read_translations(po_path(domain.locale, "zh_Hans"))
    return {key: forms_of(entry) for key, entry in entries.items() if all(forms_of(entry))}


def _english(domain: Domain, sources: Sources) -> tuple[Sources, Translations]:
    """Plurals, and the exceptions someone wrote: for the rest the message id is the English text."""
    written = read_translations(po_path(domain.locale, "en"))
    plurals: Translations = {key: (key[1], source.plural) for key, source in sources.items() if source.plural}
    exceptions = {key: forms_of(entry) for key, entry in written.items() if key in sources and all(forms_of(entry))}
    forms = plurals | {key: given for key, given in exceptions.items() if len(given) == 1 + bool(sources[key].plural)}
    return {key: sources[key] for key in forms}, forms


def _read_tables(tables: Iterable[Path]) -> tuple[dict[tuple[str, Key], str], list[str]]:
    """Translations by domain and message, and again under the domain "": the first one given for any."""
    given: dict[tuple[str, Key], str] = {}
    complaints: list[str] = []
    for table in tables:
        for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            cells = [cell.replace("\\n", "\n") for cell in line.split("\t")]
            if len(cells) not in (3, 4):
                complaints.append(f"{table.name}:{number}: {len(cells)} cells, not 3 or 4")
                continue
            domain, msgid, chinese, context = (*cells, "")[:4]
            kept = given.setdefault((domain, (context, msgid)), chinese)
            given.setdefault(("", (context, msgid)), chinese)
            if kept != chinese:
                complaints.append(f"{table.name}:{number}: {msgid!r} is already {kept!r}, not {chinese!r}")
    return given, complaints


def _write(domain: Domain, language: Language, sources: Sources, forms: Translations) -> None:
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {_PLURAL_FORMS[language]}\\n"\n'
    )
    entries = [_entry(key, sources[key], forms[key]) for key in sorted(forms, key=lambda key: key[::-1])]
    path = po_path(domain.locale, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *entries]), encoding="utf-8")


def _entry(key: Key, source: Source, forms: tuple[str, ...]) -> str:
    context, msgid = key
    lines = [f"msgctxt {escape(context)}"] if context else []
    lines.append(f"msgid {escape(msgid)}")
    if source.plural:
        lines.append(f"msgid_plural {escape(source.plural)}")
        lines += [f"msgstr[{number}] {escape(form)}" for number, form in enumerate(forms)]
    else:
        lines.append(f"msgstr {escape(forms[0])}")
    return "\n".join(lines) + "\n"


def check(root: Path = ROOT) -> list[str]:
    """One sentence for everything that is wrong with any catalogue; empty when all is well."""
    domains = find_domains(root)
    sources = extract_all(domains)
    faults = [
        fault
        for domain in domains
        for language in LANGUAGES
        for fault in _check_one(domain, language, sources[domain.name])
    ]
    return [*faults, *_check_between(domains)]


def _check_one(domain: Domain, language: Language, sources: Sources) -> Iterator[str]:
    where = f"{domain.name}, {language}"
    entries = read_translations(po_path(domain.locale, language))
    needed = {key for key, source in sources.items() if source.plural or language != "en"}
    for key in sorted(needed - {key for key, entry in entries.items() if all(forms_of(entry))}):
        yield f"{where}: no translation of {key[1]!r}"
    for key, entry in entries.items():
        if key not in sources:
            yield f"{where}: nothing says {key[1]!r} any more"
        elif entry.fuzzy:
            yield f"{where}: {key[1]!r} is marked as uncertain"
        else:
            yield from (f"{where}: {fault}" for fault in _placeholder_faults(key, sources[key], forms_of(entry)))


def _placeholder_faults(key: Key, source: Source, forms: tuple[str, ...]) -> Iterator[str]:
    allowed = [_placeholders(text) for text in (key[1], source.plural) if text]
    for form in forms:
        if form and _placeholders(form) not in allowed:
            yield f"{key[1]!r} has other placeholders in {form!r}"


def _placeholders(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(_PLACEHOLDER.findall(text)) - {("", "%")}


def _check_between(domains: Iterable[Domain]) -> Iterator[str]:
    first: dict[Key, tuple[str, tuple[str, ...]]] = {}
    for domain in domains:
        for key, forms in _kept(domain).items():
            name, kept = first.setdefault(key, (domain.name, forms))
            if kept != forms:
                yield (
                    f"{key[1]!r} is {kept[0]!r} in {name} and {forms[0]!r} in {domain.name}: "
                    "agree on one, or tell them apart by a context (pgettext)"
                )


def main(arguments: list[str]) -> int:
    """The command; 0 when all is well."""
    match arguments:
        case ["update"]:
            said = update()
        case ["merge", _, *_]:
            said = update(tables=[Path(name) for name in arguments[1:]])
        case ["check"]:
            said = check()
        case _:
            said = [(__doc__ or "").strip()]
    sys.stdout.write("".join(f"{line}\n" for line in said))
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
