"""What a page holds, as far as measuring needs to know: its lines, its forms, its files."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class FormRead:
    """A form as a browser would send it with its first answers chosen."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class PageRead:
    """`links` are (address, its texts) inside <main>; `lines` every text in it; `files` styles and scripts."""

    links: list[tuple[str, list[str]]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    forms: list[FormRead] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def form_to(self, action: str) -> FormRead:
        """The form that is sent there. Raises LookupError."""
        for form in self.forms:
            if form.method == "post" and form.action == action:
                return form
        raise LookupError(f"no form leads to {action}: {[form.action for form in self.forms]}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = PageRead()
        self._main = False
        self._link: list[str] | None = None
        self._form: FormRead | None = None
        self._choice = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._file(tag, given)
        if tag == "main":
            self._main = True
        elif tag == "form":
            self._form = FormRead(given.get("action", ""), given.get("method", "get").lower())
            self.page.forms.append(self._form)
        elif tag == "a" and self._main:
            self._link = []
            self.page.links.append((given.get("href", ""), self._link))
        elif self._form is not None:
            self._field(self._form, tag, given)

    def _file(self, tag: str, given: dict[str, str]) -> None:
        if tag == "script" and given.get("src"):
            self.page.files.append(given["src"])
        elif tag == "link" and "stylesheet" in given.get("rel", ""):
            self.page.files.append(given["href"])

    def _field(self, form: FormRead, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", self._choice), given.get("type", "text")
        if tag == "select":
            self._choice = given.get("name", "")
        elif tag == "option" and self._choice:
            form.values.setdefault(self._choice, given.get("value", ""))
        elif tag == "input" and name and kind in ("radio", "checkbox"):
            if "checked" in given or name not in form.values:
                form.values[name] = given.get("value", "on")
        elif tag in ("input", "textarea") and name and kind not in ("file", "submit"):
            form.values[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._main = False
        elif tag == "form":
            self._form = None
        elif tag == "a":
            self._link = None
        elif tag == "select":
            self._choice = ""

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not self._main or not text:
            return
        self.page.lines.append(text)
        if self._link is not None:
            self._link.append(text)


def read_page(text: str) -> PageRead:
    """The page, looked through once."""
    reader = _Reader()
    reader.feed(text)
    return reader.page
