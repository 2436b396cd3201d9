"""Parts of pages that depend on one remembered object and on nothing else of the visit: drawn once, shown often."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from lianxin.i18n import language

MOST = 400


class Fragments:
    """In a template: `{% call drawn_once(page.catalogue, 'groups') %}…{% endcall %}`.

    What stands inside may depend on that very object, on the language and on addresses, never on who visits. It is
    drawn anew when another object comes, however equal.
    """

    def __init__(self) -> None:
        self._drawn: dict[tuple[int, str, str], tuple[object, Markup]] = {}

    def __call__(self, subject: object, name: str, caller: Callable[[], Markup]) -> Markup:
        """The part called `name` for this object."""
        key = (id(subject), name, language.get())
        found = self._drawn.get(key)
        if found is None or found[0] is not subject:
            if len(self._drawn) >= MOST:
                self._drawn.clear()
            found = self._drawn[key] = (subject, caller())  # keeping the object keeps its id from being used again
        return found[1]
