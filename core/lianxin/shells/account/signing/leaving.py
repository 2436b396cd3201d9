"""Signing out."""

from __future__ import annotations

from lianxin.api import See, Visit, _, end_session, record


async def sign_out(visit: Visit) -> See:
    """Ends the session of this browser; without one it leads home all the same."""
    if visit.session is not None:
        await end_session(visit.session.id, now=visit.now)
        await record("access.sign_out", by=visit.actor, now=visit.now)
    visit.sign_out()
    visit.cookies["phone"] = ("", 0)
    return See("/", _("You are signed out."))
