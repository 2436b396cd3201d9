"""Amounts of money: whole fen (1 yuan = 100 fen), never a float."""

import re
from typing import Final

from lianxin.values.invalid import InvalidValue
from lianxin.values.text import half_width

LONGEST_YUAN: Final = 12  # digits: beyond any county, within a 64-bit column
_AMOUNT: Final = re.compile(
    r"[¥￥]?\s*(?P<yuan>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<decimals>[0-9]*))?\s*(?:元|yuan)?"
)


class InvalidMoney(InvalidValue):
    """Reasons: `empty`, `not_a_number`, `too_exact` (more than two decimals), `too_large`."""


def parse_money(text: str) -> int:
    """Fen of `12.5`, `￥1,200`, `12.50 元` or `¥0.05`; never negative.

    Raises:
        InvalidMoney: with the reason.
    """
    typed = half_width(text).strip()
    if not typed:
        raise InvalidMoney("empty")
    found = _AMOUNT.fullmatch(typed)
    if not found:
        raise InvalidMoney("not_a_number")
    yuan, decimals = found["yuan"].replace(",", ""), found["decimals"] or ""
    if len(decimals) > 2:
        raise InvalidMoney("too_exact")
    if len(yuan) > LONGEST_YUAN:
        raise InvalidMoney("too_large")
    return int(yuan) * 100 + int(decimals.ljust(2, "0"))


def show_money(fen: int, language: str) -> str:
    """`12.50 元` in Chinese (`zh_Hans`), `¥12.50` in English; whole yuan without decimals."""
    yuan, rest = divmod(abs(fen), 100)
    amount = f"{yuan:,}.{rest:02d}" if rest else f"{yuan:,}"
    sign = "-" if fen < 0 else ""
    return f"{sign}{amount} 元" if language.startswith("zh") else f"{sign}¥{amount}"
