"""An address is told, proved by the code that was sent to it, taken back."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from lianxin.api import (
    N_,
    Actor,
    Refused,
    _,
    choose_reach,
    get_vault,
    reach_of,
    record,
    send_code,
    unit_of_work,
    uuid7,
)
from lianxin_mail.models import MailAddress
from lianxin_mail.queries import TABLE, open_address
from lianxin_mail.rules import CODE_LASTS, MOST_TRIES, hash_code
from lianxin_mail.sending import NAME

PAUSE = timedelta(minutes=1)


async def tell_address(person_id: UUID, address: str, *, by: Actor, now: datetime) -> None:
    """Keeps the address instead of the one before, and sends a code to it. Raises Refused (429) within a minute."""
    row_id, code = uuid7(), f"{secrets.randbelow(1_000_000):06}"
    async with unit_of_work():
        before = await MailAddress.filter(person_id=person_id).select_for_update().first()
        if before is not None and now - before.created_at < PAUSE:
            raise Refused(
                "mail.soon",
                N_("We have just sent you a code. Look for it, or try again in a minute."),
                status=429,
                field="address",
            )
        await MailAddress.filter(person_id=person_id).delete()
        await MailAddress(
            id=row_id,
            person_id=person_id,
            address=get_vault().seal(address, table=TABLE, column="address", row_id=row_id),
            code_hash=hash_code(code, row_id),
            code_until=now + CODE_LASTS,
            created_at=now,
        ).save(force_create=True)
        text = _("Your code is %(code)s. Type it on the page where you gave this address.", code=code)
        await send_code(address, text, now=now, channel=NAME)
        await record("mail.tell", by=by, object_kind="person", object_id=person_id, detail={}, now=now)


async def confirm_address(person_id: UUID, code: str, *, by: Actor, now: datetime) -> str:
    """The code is right: from now on letters go there. Answers the address. Raises Refused (409, 422).

    A wrong code counts although it is refused, so that is told after the unit is done.
    """
    async with unit_of_work():
        row = await MailAddress.filter(person_id=person_id).select_for_update().first()
        if row is None or row.confirmed_at is not None:
            raise Refused("mail.nothing", N_("There is no address to prove. Give one first."), status=409)
        over = row.tries >= MOST_TRIES or row.code_until is None or now > row.code_until
        right = not over and secrets.compare_digest(row.code_hash, hash_code(code, row.id))
        if right:
            await MailAddress.filter(id=row.id).update(confirmed_at=now, code_hash="", code_until=None)
            reach = await reach_of(person_id)
            await choose_reach(person_id, {**reach.chosen, NAME: True}, reach.quiet, now=now)
            await record("mail.confirm", by=by, object_kind="person", object_id=person_id, detail={}, now=now)
        elif not over:
            await MailAddress.filter(id=row.id).update(tries=row.tries + 1)
    if over:
        text = N_("This code is over. Give the address again, and we send a new one.")
        raise Refused("mail.over", text, status=422, field="code")
    if not right:
        raise Refused("mail.wrong", N_("That is not the code. Look at the e-mail again."), status=422, field="code")
    return open_address(row)


async def forget_address(person_id: UUID, *, by: Actor, now: datetime) -> None:
    """Erased for good."""
    async with unit_of_work():
        await MailAddress.filter(person_id=person_id).delete()
        await record("mail.forget", by=by, object_kind="person", object_id=person_id, detail={}, now=now)
