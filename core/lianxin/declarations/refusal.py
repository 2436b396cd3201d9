"""The one exception by which any room says no to a person."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A rule, a right or the state of things forbids what was asked.

    `code` is stable and for machines ("matters.taken"); `text` is a lazy message for people that says what happened
    and what to do, with `%(name)s` places filled from `data`. `status` is the HTTP status that the web room answers:
    403 (may not), 404 (nothing there that this person may see), 409 (somebody was first, or the state has moved on),
    422 (the input can't be taken), 429 (too often). `field` names the form field it belongs to, if one does.
    """

    def __init__(self, code: str, text: object, *, status: int = 409, field: str | None = None, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.text = text
        self.status = status
        self.field = field
        self.data = data

    def sentence(self) -> str:
        """The text in the language of this moment, its places filled."""
        return str(self.text) % self.data if self.data else str(self.text)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence()}"
