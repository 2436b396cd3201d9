"""Addresses of a person's own pages."""

from __future__ import annotations

from lianxin.api import SIGNED_IN, Loader, action, matter_loader, page
from lianxin.shells.account.mine import matters, profile, reach, security, telling
from lianxin.shells.account.mine.forms import HomeForm, IdentityForm, ReachForm, RememberForm, WithdrawForm

UPLOADS = 60 * 1024 * 1024


async def _as_typed(_visit: object, text: str) -> str:
    return text


MATTER = {"code": matter_loader()}
STEP = MATTER | {
    "transition": Loader(_as_typed, scoped=False, because="a word of the flow; the matter beside it is scoped")
}
SESSION = {"session": Loader(security.load_session)}

ROUTES = (
    page("/account/", name="home", access=SIGNED_IN, handler=matters.show_home),
    page("/account/m/{code}", name="matter", access=SIGNED_IN, handler=matters.show_matter, loads=MATTER),
    action("/account/m/{code}/remind", name="remind", access=SIGNED_IN, handler=matters.hurry, loads=MATTER),
    page(
        "/account/m/{code}/{transition}",
        name="transition",
        access=SIGNED_IN,
        handler=matters.show_transition,
        loads=STEP,
    ),
    action(
        "/account/m/{code}/{transition}",
        name="make_transition",
        access=SIGNED_IN,
        handler=matters.make_transition,
        loads=STEP,
        again="transition",
        limit_bytes=UPLOADS,
    ),
    page("/account/messages", name="messages", access=SIGNED_IN, handler=telling.show_messages),
    action("/account/messages", name="mark_read", access=SIGNED_IN, handler=telling.mark_read),
    page("/account/profile", name="profile", access=SIGNED_IN, handler=profile.show_profile),
    action(
        "/account/profile",
        name="remember",
        access=SIGNED_IN,
        handler=profile.remember,
        form=RememberForm,
        again="profile",
    ),
    page("/account/reach", name="reach", access=SIGNED_IN, handler=reach.show_reach),
    action(
        "/account/reach",
        name="choose_reach",
        access=SIGNED_IN,
        handler=reach.keep_reach,
        form=ReachForm,
        again="reach",
    ),
    page("/account/identity", name="identity", access=SIGNED_IN, handler=profile.show_identity),
    action(
        "/account/identity",
        name="claim_identity",
        access=SIGNED_IN,
        handler=profile.change_identity,
        form=IdentityForm,
        again="identity",
    ),
    page("/account/area", name="area", access=SIGNED_IN, handler=profile.show_home_area),
    action(
        "/account/area",
        name="set_area",
        access=SIGNED_IN,
        handler=profile.change_home_area,
        form=HomeForm,
        again="area",
    ),
    page("/account/sessions", name="sessions", access=SIGNED_IN, handler=security.show_sessions),
    action("/account/sessions", name="end_sessions", access=SIGNED_IN, handler=security.end_others),
    action(
        "/account/sessions/{session}/end",
        name="end_session",
        access=SIGNED_IN,
        handler=security.end_one,
        loads=SESSION,
    ),
    page("/account/readings", name="readings", access=SIGNED_IN, handler=security.show_readings),
    page("/account/consents", name="consents", access=SIGNED_IN, handler=security.show_consents),
    action(
        "/account/consents",
        name="withdraw",
        access=SIGNED_IN,
        handler=security.withdraw,
        form=WithdrawForm,
        again="consents",
    ),
)
