"""Where I am signed in, who looked at my data, what I agreed to."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import (
    N_,
    ConsentTitles,
    Refused,
    See,
    Visit,
    _,
    end_all_sessions,
    end_session,
    find_services,
    get_rights,
    list_consents,
    list_sessions,
    readings_of,
    record,
    same_person_ids,
    unit_of_work,
    withdraw_consent,
)
from lianxin.shells.account.mine.forms import PlainForm, WithdrawForm
from lianxin.shells.account.mine.matters import whose
from lianxin.shells.account.mine.pages import (
    ConsentLine,
    ConsentsPage,
    ReadingLine,
    ReadingsPage,
    SessionLine,
    SessionsPage,
)

METHODS = {
    "phone": N_("with a code to the phone"),
    "slip": N_("with a slip from the desk"),
    "password": N_("with a password, as staff"),
    "demo": N_("with one tap, in the demonstration"),
}
PURPOSES = {
    "matter": N_("Handling your matter"),
    "totp_enrolment": N_("Setting up the app for signing in"),
    "held_request": N_("Bringing back what was typed before signing in"),
}


async def show_sessions(visit: Visit) -> SessionsPage:
    """This browser first."""
    found = await list_sessions(whose(visit), here=visit.actor.session_id, now=visit.now)
    lines = tuple(
        SessionLine(
            each,
            str(METHODS.get(each.method, each.method)),
            None if each.here else visit.form(PlainForm, visit.url("account:end_session", session=each.id)),
        )
        for each in found
    )
    others = visit.form(PlainForm, visit.url("account:end_sessions")) if len(found) > 1 else None
    return SessionsPage(_("Where I am signed in"), lines, others)


async def load_session(_visit: Visit, text: str) -> UUID:
    """The id of a session as the address has it; whose it is, the ending itself asks."""
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Refused("account.no_session", N_("This session has ended."), status=404) from wrong


async def end_one(visit: Visit, session: UUID) -> See:
    """One of hers, and nobody else's."""
    async with unit_of_work():
        if await end_session(session, person_id=whose(visit), now=visit.now):
            await record("access.end_session", by=visit.actor, object_id=session, now=visit.now)
    return See(visit.url("account:sessions"), _("That browser is signed out."))


async def end_others(visit: Visit) -> See:
    """All but this one."""
    async with unit_of_work():
        await end_all_sessions(whose(visit), but=visit.actor.session_id, now=visit.now)
        await record("access.end_sessions", by=visit.actor, now=visit.now)
    return See(visit.url("account:sessions"), _("All other browsers are signed out."))


async def show_readings(visit: Visit) -> ReadingsPage:
    """Who read an ID number, a telephone number or an address in full, and why."""
    found = await readings_of(await same_person_ids(whose(visit)), after=visit.query("after"))
    roles = get_rights().roles
    lines = tuple(
        ReadingLine(
            each,
            str(roles[each.role].title) if each.role in roles else "",
            str(PURPOSES.get(each.purpose, each.purpose)),
        )
        for each in found.rows
    )
    next_href = visit.url("account:readings", after=found.next_key) if found.next_key else ""
    return ReadingsPage(_("Who looked at my data"), lines, next_href)


async def _titles(visit: Visit, purposes: list[str]) -> dict[str, str]:
    """In the words of the plugins that asked; of one that is off, the purpose as it was kept."""
    known: dict[str, str] = {}
    for provider in find_services(ConsentTitles):  # type: ignore[type-abstract]
        known |= await provider.titles(purposes, visit.language)
    return known


async def show_consents(visit: Visit) -> ConsentsPage:
    """Each with a button that takes it back."""
    address = visit.url("account:withdraw")
    found = await list_consents(whose(visit))
    titles = await _titles(visit, [each.purpose for each in found])
    lines = tuple(
        ConsentLine(
            each.id,
            titles.get(each.purpose, each.purpose),
            each.version,
            each.at,
            each.withdrawn_at,
            None if each.withdrawn_at else visit.form(WithdrawForm, address, {"purpose": each.purpose}),
        )
        for each in found
    )
    return ConsentsPage(_("What I agreed to"), lines)


async def withdraw(visit: Visit, form: WithdrawForm) -> See:
    """Counts from the next request on."""
    async with unit_of_work():
        if await withdraw_consent(whose(visit), form.purpose, now=visit.now):
            await record("directory.withdraw_consent", by=visit.actor, detail={"purpose": form.purpose}, now=visit.now)
    return See(visit.url("account:consents"), _("You have taken your consent back. What the law makes us keep stays."))
