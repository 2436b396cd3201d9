"""Staff: login name and password, then the code of an app; one's own password before anything else."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import (
    N_,
    Refused,
    See,
    SessionHeld,
    TooManyTries,
    Visit,
    _,
    advance_session,
    begin_totp,
    check_password,
    check_totp,
    confirm_totp,
    enrolment_of,
    login_name_of,
    must_change_password,
    qr_markup,
    record,
    set_password,
    tell,
    unit_of_work,
)
from lianxin.shells.account.signing import finishing
from lianxin.shells.account.signing.forms import NewPasswordForm, NewTotpForm, StaffForm, TotpForm
from lianxin.shells.account.signing.pages import FieldsPage, NewTotpPage, QuestionPage
from lianxin.shells.account.warnings import TRIES

METHOD = "password"


async def show_staff(visit: Visit) -> FieldsPage:
    """Login name and password."""
    form = visit.form(StaffForm, finishing.step(visit, "give_password"))
    lead = _("For staff. You need your phone with the app that shows 6 digits.")
    return FieldsPage(_("Sign in as staff"), lead, form, finishing.step(visit, "sign_in"), _("Continue"))


async def give_password(visit: Visit, form: StaffForm) -> See:
    """A right password opens nothing yet: the app comes next."""
    try:
        held = await check_password(
            form.login_name,
            form.password,
            device_token=visit.device_token,
            address=visit.address,
            trusted_addresses=visit.site.config.trusted_desks,
            now=visit.now,
        )
    except Refused as fault:
        await _warn(visit, fault)
        raise
    stage = "second_factor" if held.second_factor else "new_second_factor"
    async with unit_of_work():
        if not held.second_factor:
            await begin_totp(held.person_id, form.login_name, now=visit.now)
        await finishing.begin(visit, held.person_id, method=METHOD, staff=True, stage=stage)
    return See(finishing.step(visit, "totp" if held.second_factor else "new_totp"))


async def _warn(visit: Visit, fault: Refused) -> None:
    """Tells the owner, once in half an hour, that somebody guesses at her password."""
    async with unit_of_work():
        await finishing.refused(visit, METHOD, fault)
        if isinstance(fault, TooManyTries) and fault.owner_id is not None:
            await tell(fault.owner_id, TRIES, parameters={}, path=visit.url("account:sessions"), now=visit.now)


async def show_totp(visit: Visit) -> QuestionPage | See:
    """The app's code."""
    if finishing.under_way(visit, "second_factor") is None:
        return finishing.start_anew(visit)
    form = visit.form(TotpForm, finishing.step(visit, "give_totp"))
    return QuestionPage(_("The code of the app"), form, "code", finishing.step(visit, "staff"), _("Sign in"))


async def give_totp(visit: Visit, form: TotpForm) -> See:
    """A right code goes on."""
    session = finishing.under_way(visit, "second_factor")
    if session is None or session.person_id is None:
        return finishing.start_anew(visit)
    try:
        await check_totp(session.person_id, form.code, now=visit.now)
    except Refused as fault:
        await finishing.refused(visit, "totp", fault, session.person_id)
        raise
    return await _after_factor(visit, session, session.person_id)


async def show_new_totp(visit: Visit) -> NewTotpPage | See:
    """The QR code to scan with the app, and the same as text."""
    session = finishing.under_way(visit, "new_second_factor")
    if session is None or session.person_id is None:
        return finishing.start_anew(visit)
    login = await login_name_of(session.person_id) or ""
    enrolment = await enrolment_of(session.person_id, login, now=visit.now, request_id=visit.request_id)
    if enrolment is None:
        return finishing.start_anew(visit)
    secret = " ".join(enrolment.secret[at : at + 4] for at in range(0, len(enrolment.secret), 4))
    form = visit.form(NewTotpForm, finishing.step(visit, "confirm_totp"))
    return NewTotpPage(_("Set up the app"), form, qr_markup(enrolment.uri), secret, finishing.step(visit, "staff"))


async def confirm(visit: Visit, form: NewTotpForm) -> See:
    """The first right code: from here on the app is asked for at every sign-in."""
    session = finishing.under_way(visit, "new_second_factor")
    if session is None or session.person_id is None:
        return finishing.start_anew(visit)
    await confirm_totp(session.person_id, form.code, now=visit.now)
    by = finishing.doer(visit, session.person_id, staff=True)
    await record("access.second_factor", by=by, object_kind="person", object_id=session.person_id, now=visit.now)
    return await _after_factor(visit, session, session.person_id)


async def _after_factor(visit: Visit, session: SessionHeld, person_id: UUID) -> See:
    must_change = await must_change_password(person_id)
    stage = "new_password" if must_change else finishing.DONE
    opened = await advance_session(session, stage=stage, now=visit.now)
    if opened is None:
        return finishing.start_anew(visit)
    visit.sign_in(opened.token, seconds=opened.seconds)
    if must_change:
        return See(finishing.step(visit, "new_password"))
    return await finishing.finish(visit, person_id, method=METHOD, staff=True)


async def show_new_password(visit: Visit) -> FieldsPage | See:
    """An administrator chose the password: one's own comes before anything else."""
    if finishing.under_way(visit, "new_password") is None:
        return finishing.start_anew(visit)
    form = visit.form(NewPasswordForm, finishing.step(visit, "set_password"))
    lead = _("An administrator chose the one you just used. From now on only you know it.")
    return FieldsPage(_("A password of your own"), lead, form, finishing.step(visit, "staff"), _("Keep and sign in"))


async def give_new_password(visit: Visit, form: NewPasswordForm) -> See:
    """Every other session of hers ends."""
    session = finishing.under_way(visit, "new_password")
    if session is None or session.person_id is None:
        return finishing.start_anew(visit)
    if form.password != form.repeated:
        text = N_("The two are not the same. Type the new password twice.")
        raise Refused("account.passwords_differ", text, status=422, field="repeated")
    login = await login_name_of(session.person_id) or ""
    async with unit_of_work():
        await set_password(session.person_id, login, form.password, keep_session=session.id, now=visit.now)
        by = finishing.doer(visit, session.person_id, staff=True)
        await record("access.password", by=by, object_kind="person", object_id=session.person_id, now=visit.now)
        opened = await advance_session(session, stage=finishing.DONE, now=visit.now)
    if opened is None:
        return finishing.start_anew(visit)
    visit.sign_in(opened.token, seconds=opened.seconds)
    return await finishing.finish(visit, session.person_id, method=METHOD, staff=True)
