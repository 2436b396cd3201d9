"""Addresses of signing in and out."""

from __future__ import annotations

from lianxin.api import PUBLIC, SIGNED_IN, action, feed, page
from lianxin.shells.account.signing import leaving, locking, person, phone, slip, staff
from lianxin.shells.account.signing.forms import (
    CodeForm,
    FactForm,
    NameForm,
    NewPasswordForm,
    NewTotpForm,
    PersonForm,
    PhoneForm,
    SlipForm,
    StaffForm,
    TotpForm,
    UnlockForm,
)

ROUTES = (
    page("/sign-in", name="sign_in", access=PUBLIC, handler=phone.show_sign_in),
    action("/sign-in", name="ask_code", access=PUBLIC, handler=phone.ask_code, form=PhoneForm, again="sign_in"),
    page("/sign-in/code", name="code", access=PUBLIC, handler=phone.show_code),
    action("/sign-in/code", name="check_code", access=PUBLIC, handler=phone.check, form=CodeForm, again="code"),
    action("/sign-in/code/again", name="code_again", access=PUBLIC, handler=phone.send_again, again="code"),
    page("/sign-in/person", name="person", access=PUBLIC, handler=person.show_person),
    action(
        "/sign-in/person",
        name="choose_person",
        access=PUBLIC,
        handler=person.choose_person,
        form=PersonForm,
        again="person",
    ),
    page("/sign-in/name", name="name", access=PUBLIC, handler=person.show_name),
    action("/sign-in/name", name="give_name", access=PUBLIC, handler=person.give_name, form=NameForm, again="name"),
    page("/sign-in/fact", name="fact", access=PUBLIC, handler=person.show_fact),
    action("/sign-in/fact", name="tell_fact", access=PUBLIC, handler=person.tell_fact, form=FactForm, again="fact"),
    page("/sign-in/slip", name="slip", access=PUBLIC, handler=slip.show_slip),
    action("/sign-in/slip", name="use_slip", access=PUBLIC, handler=slip.use_slip, form=SlipForm, again="slip"),
    page("/sign-in/staff", name="staff", access=PUBLIC, handler=staff.show_staff),
    action(
        "/sign-in/staff",
        name="give_password",
        access=PUBLIC,
        handler=staff.give_password,
        form=StaffForm,
        again="staff",
    ),
    page("/sign-in/totp", name="totp", access=PUBLIC, handler=staff.show_totp),
    action("/sign-in/totp", name="give_totp", access=PUBLIC, handler=staff.give_totp, form=TotpForm, again="totp"),
    page("/sign-in/totp-new", name="new_totp", access=PUBLIC, handler=staff.show_new_totp),
    action(
        "/sign-in/totp-new",
        name="confirm_totp",
        access=PUBLIC,
        handler=staff.confirm,
        form=NewTotpForm,
        again="new_totp",
    ),
    page("/sign-in/new-password", name="new_password", access=PUBLIC, handler=staff.show_new_password),
    action(
        "/sign-in/new-password",
        name="set_password",
        access=PUBLIC,
        handler=staff.give_new_password,
        form=NewPasswordForm,
        again="new_password",
    ),
    action("/sign-in/lock", name="lock", access=SIGNED_IN, handler=locking.lock),
    page("/sign-in/locked", name="locked", access=PUBLIC, handler=locking.show_locked),
    action("/sign-in/locked", name="unlock", access=PUBLIC, handler=locking.unlock, form=UnlockForm, again="locked"),
    action("/sign-in/locked/other", name="unlock_other", access=PUBLIC, handler=locking.unlock_other),
    feed("/sign-in/idle", name="idle", access=SIGNED_IN, handler=locking.idle_minutes),
    action("/sign-out", name="sign_out", access=PUBLIC, handler=leaving.sign_out),
)
