"""By telephone: a number, then the code sent to it. For a number that we know and one that we don't all is the same."""

from __future__ import annotations

from lianxin.api import (
    N_,
    Refused,
    See,
    TooManyTries,
    Visit,
    _,
    check_code,
    mask_phone,
    needs_second_fact,
    request_code,
    send_code,
    unit_of_work,
)
from lianxin.shells.account.signing import finishing
from lianxin.shells.account.signing.forms import AgainForm, CodeForm, PhoneForm
from lianxin.shells.account.signing.locking import locked_here
from lianxin.shells.account.signing.pages import CodePage, SignInPage, Way

METHOD = "phone"
MINUTE = 60
"""In seconds: how long the next code is waited for."""


async def show_sign_in(visit: Visit) -> SignInPage | See:
    """Which telephone; below it the other ways. A machine that is locked asks for the password first."""
    if not visit.signed_in and await locked_here(visit):
        return See(finishing.step(visit, "locked"))
    form = visit.form(PhoneForm, finishing.step(visit, "ask_code"))
    demo = visit.url("demo:home") if visit.site.urls.knows("demo:home") else ""
    return SignInPage(_("Sign in"), form, _other_ways(visit), demo)


def _other_ways(visit: Visit) -> tuple[Way, ...]:
    methods = sorted(visit.site.assembly.items("sign_in"), key=lambda method: (method.staff, method.weight))
    wanted = finishing.next_of(visit)
    return tuple(
        Way(str(method.title), visit.url(method.route, next=wanted), method.icon)
        for method in methods
        if method.route != "account:sign_in"
    )


async def ask_code(visit: Visit, form: PhoneForm) -> See:
    """Sends a code. A second tap within the minute leads to the same page: the first code is good still."""
    notice = ""
    try:
        await _send(visit, form.phone)
    except TooManyTries as often:
        if often.wait > MINUTE:
            raise
        notice = _(
            "A code was sent less than a minute ago. If you have used it, ask for a new one in %(seconds)s seconds.",
            seconds=often.wait,
        )
    finishing.remember_phone(visit, form.phone)
    return See(finishing.step(visit, "code"), notice, "warn")


async def _send(visit: Visit, phone: str) -> None:
    async with unit_of_work():
        made = await request_code(phone, now=visit.now)
        text = _(
            "%(code)s is your code for signing in to Lianxin, good for 10 minutes. Tell it to nobody, not even to us.",
            code=made.code,
        )
        await send_code(phone, text, now=visit.now)


async def show_code(visit: Visit) -> CodePage | See:
    """Six digits, ten minutes."""
    phone = finishing.phone_asked(visit)
    if not phone:
        return finishing.start_anew(visit)
    who = visit.query("who")
    return CodePage(
        _("The code"),
        visit.form(CodeForm, finishing.step(visit, "check_code", who=who)),
        visit.form(AgainForm, finishing.step(visit, "code_again", who=who)),
        mask_phone(phone),
        finishing.step(visit, "sign_in"),
        "" if who else finishing.step(visit, "code", who="other"),
    )


async def send_again(visit: Visit) -> See:
    """Another code; the ones before no longer hold."""
    visit.read(AgainForm)
    phone = finishing.phone_asked(visit)
    if not phone:
        return finishing.start_anew(visit)
    try:
        await _send(visit, phone)
    except TooManyTries as often:
        if often.wait > MINUTE:
            raise
        soon = N_("A code was sent less than a minute ago. You can ask for a new one in %(seconds)s seconds.")
        raise Refused("account.code_soon", soon, status=429, seconds=often.wait) from often
    return See(
        finishing.step(visit, "code", who=visit.query("who")), _("We have sent a new code. The old one is void.")
    )


async def check(visit: Visit, form: CodeForm) -> See:
    """One person behind the number: she is in. None or several: who is it?"""
    phone = finishing.phone_asked(visit)
    if not phone:
        return finishing.start_anew(visit)
    try:
        proved = await check_code(phone, form.code, now=visit.now)
    except Refused as fault:
        await finishing.refused(visit, METHOD, fault)
        raise
    if len(proved.people) != 1 or visit.query("who") == "other":
        await finishing.begin(visit, None, method=METHOD, stage="choose_person", phone_key=proved.phone_key)
        return See(finishing.step(visit, "person"))
    person_id = proved.people[0]
    if await needs_second_fact(person_id, proved.phone_key, now=visit.now):
        await finishing.begin(visit, person_id, method=METHOD, stage="second_fact", phone_key=proved.phone_key)
        return See(finishing.step(visit, "fact"))
    await finishing.begin(visit, person_id, method=METHOD, phone_key=proved.phone_key)
    return await finishing.finish(visit, person_id, method=METHOD)
