"""The addresses of what was kept for somebody whose session had ended."""

from __future__ import annotations

from lianxin.declarations import SIGNED_IN, Route, action, page
from lianxin.web.held import HELD_PATH, open_held, show_held

HELD_ROUTES: tuple[Route, ...] = (
    page(HELD_PATH, name="held", access=SIGNED_IN, handler=show_held),
    action(HELD_PATH, name="open_held", access=SIGNED_IN, handler=open_held),
)
