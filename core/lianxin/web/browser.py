"""What is kept on the browser of a visit: its session, its marks, and how it wants pages to look."""

from __future__ import annotations

from urllib.parse import quote_plus, urlencode

from lianxin.i18n import html_lang
from lianxin.web.asked import Asked, Notice


class Browser(Asked):
    """Cookies are set when the answer leaves; the addresses of looks lead back to the page at hand."""

    __slots__ = ()

    @property
    def html_lang(self) -> str:
        """For <html lang>."""
        return html_lang(self.language)

    @property
    def other_language_url(self) -> str:
        """One tap to the other language."""
        return self._with("lang", "en" if self.language == "zh_Hans" else "zh")

    @property
    def elder_url(self) -> str:
        """One tap into the elder mode, and out of it."""
        return self._with("elder", "off" if self.elder else "on")

    @property
    def bigger_url(self) -> str:
        """One tap to the largest letters of the elder mode, and back."""
        return self._with("elder", "on" if self.elder == "bigger" else "bigger")

    @property
    def theme_url(self) -> str:
        """One tap to dark and back."""
        return self._with("theme", "light" if self.theme == "dark" else "dark")

    def _with(self, name: str, value: str) -> str:
        """Back to this page. After a failed form the page at hand is where the form was, not where it was sent."""
        here = self.path if self.request.method in ("GET", "HEAD") else self.back_address()
        asked = self.request.query_params
        if here == self.path and asked and (query := {key: kept for key, kept in asked.items() if key != name}):
            here += f"?{urlencode(query)}"
        return f"/choose?{name}={value}&back={quote_plus(here)}"

    def tell(self, kind: str, text: str) -> None:
        """A line for the next page."""
        self.notices.append(Notice(kind, text))

    def remember(self, name: str, value: str) -> None:
        """A choice of this browser (lang, elder, theme, area), kept for a year; empty forgets it."""
        self.choices[name] = value

    def sign_in(self, token: str, *, seconds: int) -> None:
        """Gives this browser the token of a session that was just opened."""
        self.cookies["session"] = (token, seconds)

    def sign_out(self) -> None:
        """Takes the session's token from this browser."""
        self.cookies["session"] = ("", 0)

    def know_device(self, token: str, *, seconds: int = 31_536_000) -> None:
        """Marks this browser as one from which somebody signed in."""
        self.cookies["device"] = (token, seconds)

    @property
    def device_token(self) -> str:
        """The mark of a known browser, or nothing."""
        return self.request.cookies.get(self.site.cookie("device"), "")

    @property
    def session_token(self) -> str:
        """The token that the browser sent, or nothing."""
        return self.request.cookies.get(self.site.cookie("session"), "")
