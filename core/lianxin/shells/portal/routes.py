"""Addresses of the portal."""

from __future__ import annotations

from lianxin.api import PUBLIC, Loader, action, page
from lianxin.shells.portal import choosing, home, texts
from lianxin.shells.portal.forms import CommunityForm


async def _as_typed(_: object, text: str) -> str:
    return text


CODE = Loader(_as_typed, scoped=False, because="it only says where to look; the page it leads to guards itself")

ROUTES = (
    page("/", name="home", access=PUBLIC, handler=home.show_home),
    page("/choose", name="choose", access=PUBLIC, handler=choosing.choose),
    page("/community", name="community", access=PUBLIC, handler=choosing.show_communities),
    action(
        "/community",
        name="set_community",
        access=PUBLIC,
        handler=choosing.set_community,
        form=CommunityForm,
        again="community",
    ),
    page("/m/{code}", name="code", access=PUBLIC, handler=home.follow_code, loads={"code": CODE}),
    page("/privacy", name="privacy", access=PUBLIC, handler=texts.show_privacy),
    page("/accessibility", name="accessibility", access=PUBLIC, handler=texts.show_accessibility),
)
