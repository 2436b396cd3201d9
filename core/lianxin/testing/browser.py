"""A real browser for the tests of journeys: Debian's Chromium, without a screen.

What a content policy refuses and what scripts break over is kept in `Eyes`: a journey ends by asking that it be empty.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

Screen = Literal["phone", "desktop"]
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCREENS: dict[Screen, dict[str, Any]] = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "user_agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36",
    },
    "desktop": {"viewport": {"width": 1440, "height": 900}},
}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
PATIENCE_MS = 30_000


@dataclass
class Eyes:
    """What went wrong in a browser without anybody being told."""

    refused: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Everything that pages of this context say from now on."""
        context.on("console", self._heard)
        context.on("weberror", lambda fault: self.broken.append(f"{fault.page and fault.page.url}: {fault.error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        text = f"{message.location.get('url', '')}: {message.text}"
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.refused.append(text)
        elif message.type == "error" and "Failed to load resource" not in message.text:
            self.broken.append(text)

    def assert_calm(self) -> None:
        """Nothing was refused by the content policy, no script broke."""
        assert not self.refused, "\n".join(self.refused)
        assert not self.broken, "\n".join(self.broken)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, for as long as the block runs. Raises RuntimeError where none is installed."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise RuntimeError("No Chromium is installed here. On Debian or Ubuntu: apt-get install chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def somebody(
    browser: Browser,
    url: str,
    *,
    screen: Screen = "desktop",
    language: Literal["zh", "en"] = "zh",
    script: bool = True,
    eyes: Eyes | None = None,
    **more: Any,
) -> Iterator[Page]:
    """A page in a browser that has never been here. `more` is for the context (bypass_csp=True for axe)."""
    context = browser.new_context(
        base_url=url, locale=LOCALES[language], java_script_enabled=script, **{**SCREENS[screen], **more}
    )
    context.set_default_timeout(PATIENCE_MS)
    if eyes is not None:
        eyes.watch(context)
    try:
        yield context.new_page()
    finally:
        context.close()
