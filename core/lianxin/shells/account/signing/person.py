"""After the code: which of the people behind a telephone, somebody new, or one more fact."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import (
    N_,
    PersonCard,
    Refused,
    See,
    SessionHeld,
    Visit,
    _,
    advance_session,
    bind_phone,
    check_second_fact,
    claim_person,
    needs_second_fact,
    people_of_phone,
    phone_key,
    unit_of_work,
)
from lianxin.shells.account.signing import finishing
from lianxin.shells.account.signing.forms import FactForm, NameForm, PersonForm
from lianxin.shells.account.signing.pages import QuestionPage, Way

OTHER = "other"
METHOD = "phone"


def _proved(visit: Visit) -> tuple[SessionHeld, str] | None:
    """The sign-in under way and its number, which the browser tells: so it must be the one that was proved."""
    session = finishing.under_way(visit, "choose_person", "second_fact")
    phone = finishing.phone_asked(visit)
    if session is None or not phone or session.phone_key is None:
        return None
    try:
        return (session, phone) if phone_key(phone) == session.phone_key else None
    except Refused:
        return None


async def show_person(visit: Visit) -> QuestionPage | See:
    """By masked names. A number that reaches nobody leads to the question for a name."""
    proved = _proved(visit)
    if proved is None:
        return finishing.start_anew(visit)
    people = await people_of_phone(proved[1])
    if not people:
        return See(finishing.step(visit, "name"))
    choices = [(str(card.id), card.name or _("Somebody without a name yet"), card.home_area) for card in people]
    choices.append((OTHER, _("Somebody else"), _("You are here for the first time")))
    form = visit.form(PersonForm, finishing.step(visit, "choose_person"), choices={"person": choices})
    return QuestionPage(_("Who are you?"), form, "person", finishing.step(visit, "sign_in"), _("Continue"))


async def choose_person(visit: Visit, form: PersonForm) -> See:
    """One of those whom the number reaches, and nobody else."""
    proved = _proved(visit)
    if proved is None:
        return finishing.start_anew(visit)
    session, phone = proved
    if form.person == OTHER:
        return See(finishing.step(visit, "name"))
    chosen = _chosen(await people_of_phone(phone), form.person)
    assert session.phone_key is not None  # _proved
    if await needs_second_fact(chosen, session.phone_key, now=visit.now):
        return await _go_on(visit, session, chosen, stage="second_fact")
    return await _go_on(visit, session, chosen)


def _chosen(people: list[PersonCard], wanted: str) -> UUID:
    for card in people:
        if str(card.id) == wanted:
            return card.id
    raise Refused("account.no_such_person", N_("Choose who you are."), status=422, field="person")


async def _go_on(visit: Visit, session: SessionHeld, person_id: UUID, *, stage: str = finishing.DONE) -> See:
    opened = await advance_session(session, stage=stage, person_id=person_id, now=visit.now)
    if opened is None:
        return finishing.start_anew(visit)
    visit.sign_in(opened.token, seconds=opened.seconds)
    if stage != finishing.DONE:
        return See(finishing.step(visit, "fact"))
    return await finishing.finish(visit, person_id, method=METHOD)


async def show_name(visit: Visit) -> QuestionPage | See:
    """Somebody whom the site does not know yet."""
    if _proved(visit) is None:
        return finishing.start_anew(visit)
    form = visit.form(NameForm, finishing.step(visit, "give_name"))
    return QuestionPage(_("Your name"), form, "name", finishing.step(visit, "sign_in"), _("Continue"))


async def give_name(visit: Visit, form: NameForm) -> See:
    """A new person by her own word, reached under this number."""
    proved = _proved(visit)
    if proved is None:
        return finishing.start_anew(visit)
    session, phone = proved
    async with unit_of_work():
        claimed = await claim_person(name=form.name, language=visit.language, now=visit.now)
        await bind_phone(claimed.person_id, phone, bound_by="self", now=visit.now)
    return await _go_on(visit, session, claimed.person_id)


async def show_fact(visit: Visit) -> QuestionPage | See:
    """One more fact. Who is somebody else says so and gets an account of her own."""
    session = finishing.under_way(visit, "second_fact")
    if session is None:
        return finishing.start_anew(visit)
    form = visit.form(FactForm, finishing.step(visit, "tell_fact"))
    ways = (Way(_("I am somebody else"), finishing.step(visit, "person"), "users"),)
    return QuestionPage(_("One more thing"), form, "answer", finishing.step(visit, "sign_in"), _("Continue"), ways)


async def tell_fact(visit: Visit, form: FactForm) -> See:
    """A right answer opens the account."""
    session = finishing.under_way(visit, "second_fact")
    if session is None or session.person_id is None or session.phone_key is None:
        return finishing.start_anew(visit)
    try:
        await check_second_fact(session.person_id, form.answer, phone_key=session.phone_key, now=visit.now)
    except Refused as fault:
        await finishing.refused(visit, METHOD, fault, session.person_id)
        raise
    return await _go_on(visit, session, session.person_id)
