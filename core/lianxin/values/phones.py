"""Phone numbers, kept as E.164 (`+8613800001234`); without a country code they are Chinese."""

import re
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from lianxin.values.invalid import InvalidValue
from lianxin.values.text import half_width

HOME: Final = "CN"

# Our own rule for Chinese mobile numbers: a series handed out tomorrow must work before the
# library learns of it.
_MOBILE: Final = re.compile(r"\+861[3-9][0-9]{9}")
_MOBILE_LENGTH: Final = 11
_HOME_PREFIX: Final = re.compile(r"^(\+86|0086|86(?=1[3-9][0-9]{9}$))")
_PUNCTUATION: Final = re.compile(r"[\s\-().‐‑–—―]+")


class InvalidPhone(InvalidValue):
    """Reasons: `empty`, `short` (by), `long` (by) for mobile numbers, `bad_character` (character), `unknown`."""


def parse_phone(text: str) -> str:
    """A mobile or landline number as typed, in E.164.

    Full-width digits, spaces, dashes and brackets are fine; a landline needs its area code.

    Raises:
        InvalidPhone: with the reason.
    """
    number = _PUNCTUATION.sub("", half_width(text))
    _check_characters(number)
    local = _HOME_PREFIX.sub("", number)
    if re.match(r"1[3-9]", local):
        return _home_mobile(local)
    return _any_other(number)


def _check_characters(number: str) -> None:
    if not number:
        raise InvalidPhone("empty")
    strange = re.search(r"[^+0-9]|(?<=.)\+", number)
    if strange:
        raise InvalidPhone("bad_character", character=strange[0])


def _home_mobile(local: str) -> str:
    if len(local) < _MOBILE_LENGTH:
        raise InvalidPhone("short", by=_MOBILE_LENGTH - len(local))
    if len(local) > _MOBILE_LENGTH:
        raise InvalidPhone("long", by=len(local) - _MOBILE_LENGTH)
    return f"+86{local}"


def _any_other(number: str) -> str:
    if number.startswith("00"):
        number = f"+{number[2:]}"
    try:
        parsed = phonenumbers.parse(number, HOME)
    except NumberParseException:
        raise InvalidPhone("unknown") from None
    if not phonenumbers.is_valid_number(parsed):
        raise InvalidPhone("unknown")
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def is_mobile(phone: str) -> bool:
    """Whether a text message can reach this E.164 number."""
    if _MOBILE.fullmatch(phone):
        return True
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phonenumbers.number_type(_parsed(phone)) in kinds


def show_phone(phone: str) -> str:
    """`138 0000 1234`, `0839 420 1234`; a foreign number with its country code."""
    if _MOBILE.fullmatch(phone):
        return f"{phone[3:6]} {phone[6:10]} {phone[10:]}"
    parsed = _parsed(phone)
    home = parsed.country_code == phonenumbers.country_code_for_region(HOME)
    form = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


def _parsed(phone: str) -> PhoneNumber:
    return phonenumbers.parse(phone, None)
