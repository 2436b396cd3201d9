"""What a piece of code says to people, in the language spoken now."""

from collections.abc import Callable
from dataclasses import dataclass

from lianxin.i18n.catalogues import Catalogues, plural_form
from lianxin.i18n.languages import language

_installed: Catalogues | None = None


def install(catalogues: Catalogues) -> None:
    """Make these the translations of the process. Called once, when the site is put together."""
    global _installed
    _installed = catalogues


def _catalogues() -> Catalogues:
    if _installed is None:
        install(Catalogues())
    assert _installed is not None
    return _installed


def _text(context: str, msgid: str) -> str:
    found = _catalogues().find(language.get(), msgid, context)
    return msgid if found is None else found


def _plural_text(context: str, singular: str, plural: str, number: int) -> str:
    found = _catalogues().find_plural(language.get(), singular, number, context)
    # Without a translation the text is English, whatever the language.
    return (singular, plural)[plural_form("en", number)] if found is None else found


def gettext(msgid: str, **values: object) -> str:
    """The text in the language spoken now, with `%(name)s` filled in from `values`."""
    return _fill(_text("", msgid), values)


def pgettext(context: str, msgid: str, **values: object) -> str:
    """As `gettext`, for a word that means two things: `pgettext("month", "May")`."""
    return _fill(_text(context, msgid), values)


def ngettext(singular: str, plural: str, num: int, **values: object) -> str:
    """The text for a number, which the message shows as `%(num)s`."""
    return _fill(_plural_text("", singular, plural, num), {"num": num, **values})


def npgettext(context: str, singular: str, plural: str, num: int, **values: object) -> str:
    """As `ngettext`, with a context."""
    return _fill(_plural_text(context, singular, plural, num), {"num": num, **values})


def _fill(text: str, values: dict[str, object]) -> str:
    return text % values if values else text


@dataclass(frozen=True, slots=True)
class LazyText:
    """A text in a declaration, translated each time it is shown. Equal when it says the same thing."""

    msgid: str
    context: str = ""
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return _fill(_text(self.context, self.msgid), dict(self.values))


def lazy_gettext(msgid: str, **values: object) -> LazyText:
    """A text for a frozen declaration; `str()` gives it in the language spoken then."""
    return LazyText(msgid, values=tuple(sorted(values.items())))


def lazy_pgettext(context: str, msgid: str, **values: object) -> LazyText:
    """As `lazy_gettext`, with a context."""
    return LazyText(msgid, context, tuple(sorted(values.items())))


N_ = lazy_gettext


def jinja_callables() -> dict[str, Callable[..., str]]:
    """For `environment.install_gettext_callables(**jinja_callables(), newstyle=True)`.

    They do not fill in values: Jinja does so itself, after escaping them.
    """
    return {
        "gettext": lambda msgid: _text("", msgid),
        "ngettext": lambda singular, plural, num: _plural_text("", singular, plural, num),
        "pgettext": _text,
        "npgettext": _plural_text,
    }
