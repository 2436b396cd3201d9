"""By a slip from the desk, for whom no text message reaches."""

from __future__ import annotations

from lianxin.api import Refused, See, Visit, _, check_slip
from lianxin.shells.account.signing import finishing
from lianxin.shells.account.signing.forms import SlipForm
from lianxin.shells.account.signing.pages import FieldsPage

METHOD = "slip"


async def show_slip(visit: Visit) -> FieldsPage:
    """The QR code on the slip brings its characters along."""
    values = {"code": visit.query("slip", longest=20)}
    form = visit.form(SlipForm, finishing.step(visit, "use_slip"), values)
    lead = _("The desk prints such a slip when you have no mobile phone at hand. It is good for a day, once.")
    return FieldsPage(_("Sign in with a slip"), lead, form, finishing.step(visit, "sign_in"), _("Sign in"))


async def use_slip(visit: Visit, form: SlipForm) -> See:
    """A right slip with a right fact opens the account."""
    try:
        person_id = await check_slip(form.code, form.answer, address=visit.address, now=visit.now)
    except Refused as fault:
        await finishing.refused(visit, METHOD, fault)
        raise
    await finishing.begin(visit, person_id, method=METHOD)
    return await finishing.finish(visit, person_id, method=METHOD)
