"""Parts of pages that depend on one remembered object and on nothing else of the visit: drawn once, shown often."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from lianxin.i18n import language

MOST_CHARACTERS = 1_000_000


class Fragments:
    """In a template: `{% call drawn_once(page.catalogue, 'groups') %}…{% endcall %}`.

    What stands inside may depend on that very object, on the language and on addresses, never on who visits. It is
    drawn anew when another object comes, however equal. What was read is forgotten within a second, so most of what
    is kept here nobody will ask for again: the oldest go, until the rest is at most `most` characters or one part.
    """

    def __init__(self, most: int = MOST_CHARACTERS) -> None:
        self._most = most
        self._characters = 0
        self._drawn: dict[tuple[int, str, str], tuple[object, Markup]] = {}

    def __call__(self, subject: object, name: str, caller: Callable[[], Markup]) -> Markup:
        """The part called `name` for this object."""
        key = (id(subject), name, language.get())
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = (subject, caller())  # keeping the object keeps its id from being used again
            self._characters += len(found[1])
            while self._characters > self._most and len(self._drawn) > 1:
                self._characters -= len(self._drawn.pop(next(iter(self._drawn)))[1])
        return found[1]
