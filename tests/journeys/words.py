"""What stands on the screen, found by the message id that the code has for it."""

import re
from functools import cache
from pathlib import Path

from lianxin.i18n import Catalogues, Language

ROOT = Path(__file__).parents[2]
LANGUAGES: dict[str, Language] = {"zh": "zh_Hans", "en": "en"}
_VALUE = re.compile(r"%\(\w+\)s")


class Words:
    """The texts of a site in one language: `words("Sign in")`."""

    def __init__(self, language: str) -> None:
        self.language = LANGUAGES[language]

    def __call__(self, msgid: str, **values: object) -> str:
        """The text as it is shown."""
        text = _catalogues().find(self.language, msgid) or msgid
        return text % values if values else text

    def pattern(self, msgid: str) -> re.Pattern[str]:
        """The text with anything in the place of its values."""
        parts = [re.escape(part) for part in _VALUE.split(self(msgid))]
        return re.compile("(.+?)".join(parts) + r"\s*")


@cache
def _catalogues() -> Catalogues:
    return Catalogues(sorted(ROOT.glob("plugins/*/locale")))
