"""The way of a case in at most five stages, as both sides see it."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.api import _


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: `state` is done, now or empty."""

    title: str
    note: str
    state: str


_HERS = ("correction_requested", "papers_missing")
_AT_STATION = ("submitted", *_HERS)
_WITH_OFFICER = ("accepted", "investigating", "public_notice", "special_procedure", "extended", "deciding", "returned")
_DECIDED = ("completed", "rejected")


def stages(
    state: str, *, sent: str, accepted: str, decided: str, due: str, office: str, badly_rated: bool
) -> tuple[Stage, ...]:
    """The stages of a case in this state. Moments and `due` are words already; empty ones are not known yet."""
    if state == "withdrawn":
        return Stage(_("Sent"), sent, "done"), Stage(_("Withdrawn"), "", "now")
    if state == "refused_acceptance":
        return Stage(_("Sent"), sent, "done"), Stage(_("Not accepted"), "", "now")
    place = _place(state)
    checking = _("You send what is missing") if state in _HERS else _("The station checks the papers")
    notes = (
        (_("Sent"), sent),
        (checking, accepted or (_by(due) if place == 1 else "")),
        (_("%(office)s decides", office=office), decided or (_by(due) if place == 2 else "")),
        (_("You get the result"), ""),
        (_("We call you back") if badly_rated else _("You tell us how it was"), ""),
    )
    return tuple(Stage(title, note, _mark(number, place)) for number, (title, note) in enumerate(notes))


def _by(due: str) -> str:
    return _("by %(due)s", due=due) if due else ""


def _mark(number: int, place: int) -> str:
    return "done" if number < place else "now" if number == place else ""


def _place(state: str) -> int:
    if state in _AT_STATION:
        return 1
    if state in _WITH_OFFICER:
        return 2
    if state in _DECIDED:
        return 3
    return 5 if state == "follow_up_done" else 4
