"""One page: give an address, prove it, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lianxin.api import SIGNED_IN, FormView, Refused, See, Visit, _, action, page
from lianxin_mail import actions
from lianxin_mail.forms import AddressForm, CodeForm, ForgetForm
from lianxin_mail.queries import AddressShown, address_of


@dataclass(frozen=True, slots=True)
class AddressPage:
    """`shown` None: no address yet. `code` and `forget` are there when they have a use."""

    template: ClassVar[str] = "mail/address.html"

    title: str
    shown: AddressShown | None
    form: FormView
    code: FormView | None
    forget: FormView | None


async def show_address(visit: Visit) -> AddressPage:
    """Where letters go, if they go."""
    shown = await address_of(_whose(visit))
    waiting = shown is not None and shown.confirmed_at is None
    return AddressPage(
        title=_("My e-mail"),
        shown=shown,
        form=visit.form(AddressForm, visit.url("mail:tell")),
        code=visit.form(CodeForm, visit.url("mail:confirm")) if waiting else None,
        forget=visit.form(ForgetForm, visit.url("mail:forget")) if shown is not None else None,
    )


async def tell(visit: Visit, form: AddressForm) -> See:
    """A code goes out to it."""
    await actions.tell_address(_whose(visit), form.address, by=visit.actor, now=visit.now)
    return See(visit.url("mail:address"), _("We have sent a code to this address. Type it below."))


async def confirm(visit: Visit, form: CodeForm) -> See:
    """The code was right."""
    await actions.confirm_address(_whose(visit), form.code.strip(), by=visit.actor, now=visit.now)
    return See(visit.url("mail:address"), _("From now on we tell you by e-mail too."))


async def forget(visit: Visit, form: ForgetForm) -> See:
    """No letters any more."""
    await actions.forget_address(_whose(visit), by=visit.actor, now=visit.now)
    return See(visit.url("mail:address"), _("The address is erased. Nothing goes there any more."))


def _whose(visit: Visit) -> UUID:
    person_id = visit.actor.person_id
    if person_id is None:
        raise Refused("web.not_signed_in", _("Sign in first."), status=403)
    return person_id


ROUTES = (
    page("/", name="address", access=SIGNED_IN, handler=show_address),
    action("/", name="tell", access=SIGNED_IN, handler=tell, form=AddressForm, again="address"),
    action("/confirm", name="confirm", access=SIGNED_IN, handler=confirm, form=CodeForm, again="address"),
    action("/forget", name="forget", access=SIGNED_IN, handler=forget, form=ForgetForm, again="address"),
)
