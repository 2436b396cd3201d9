"""How a matter stands, for whoever has its code and four characters; a copy for whoever has the telephone as well."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lianxin.api import (
    ADDRESS_TRIES,
    N_,
    TEN_TRIES,
    Actor,
    Allowance,
    MatterRow,
    Refused,
    TooManyTries,
    Try,
    _,
    address_key,
    attempt_key,
    check_code,
    counted_apart,
    fits_last_four,
    get_vault,
    mobile_of,
    record,
    request_code,
    send_code,
    take_back,
    unit_of_work,
    use_up,
)
from lianxin_eservices.models import Case
from lianxin_eservices.rules.application import Answers

FLOW: Final = "eservices.case"
ALL_TRIES: Final = (Allowance(60, timedelta(days=1)),)
"""Of one code, from wherever: four characters are few."""


@counted_apart
async def find_standing(code: str, digits: str, *, address: str, now: datetime) -> UUID:
    """The matter. Raises Refused (422), the same for an unknown code and for wrong digits, and TooManyTries (429).

    Ten wrong tries a code and address in half an hour; right ones count against nobody.
    """
    admitted = await use_up(
        [
            Try("status", attempt_key(f"{code}|{address_key(address)}"), TEN_TRIES),
            Try("status_code", attempt_key(code), ALL_TRIES),
            Try("status_address", address_key(address), ADDRESS_TRIES),
        ],
        now=now,
    )
    if isinstance(admitted, timedelta):
        raise TooManyTries(admitted)
    matter = await MatterRow.filter(code=code, flow=FLOW).first()
    case = await Case.get_or_none(matter_id=matter.id) if matter is not None else None
    fits = [await fits_last_four(case.contact_id if case else None, digits)]
    fits.append(await fits_last_four(matter.applicant_id if matter is not None else None, digits))  # type: ignore[attr-defined]
    fits.append(case is not None and _number_given(case)[-4:] == digits.strip())
    if matter is None or not any(fits):
        text = N_("Nothing found under this code with these four characters. Look at the receipt, or call us.")
        raise Refused("eservices.no_status", text, status=422, field="digits")
    await take_back(admitted)
    return matter.id


def _number_given(case: Case) -> str:
    """The telephone that was told for this case alone."""
    if case.answers is None:
        return ""
    text = get_vault().open_for_delivery(case.answers, table="eservices_case", column="answers", row_id=case.matter_id)
    return Answers.from_text(text).phone or ""


async def send_copy_code(matter_id: UUID, *, now: datetime) -> None:
    """A code to the telephone of whoever is told about the case. Raises Refused (422) where none is known."""
    phone = await _phone(matter_id)
    if not phone:
        text = N_("We have no mobile number for this. Come to the desk; you get the copy there.")
        raise Refused("eservices.no_phone_for_copy", text, status=422, field="digits")
    async with unit_of_work():
        made = await request_code(phone, now=now, bound_to=_bound(matter_id))
        words = _("%(code)s is your code for a printed copy of your application. Tell it to nobody.", code=made.code)
        await send_code(phone, words, now=now)


async def check_copy_code(matter_id: UUID, code: str, *, by: Actor, now: datetime) -> None:
    """Uses the code up; that a copy was shown is written down. Raises Refused (422, field sent)."""
    phone = await _phone(matter_id)
    try:
        await check_code(phone or "+8600000000000", code, now=now, bound_to=_bound(matter_id))
    except Refused as wrong:
        raise Refused(wrong.code, wrong.text, status=wrong.status, field="sent", **wrong.data) from wrong
    async with unit_of_work():
        await record("eservices.copy", by=by, object_kind="matter", object_id=matter_id, now=now)


async def _phone(matter_id: UUID) -> str:
    case = await Case.get(matter_id=matter_id)
    return await mobile_of(case.contact_id) or _number_given(case)


def _bound(matter_id: UUID) -> str:
    return f"copy:{matter_id}"
