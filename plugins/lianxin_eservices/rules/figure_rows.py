"""The rows of a table of figures: as they are shown in the house, and as they may leave it."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin_eservices.rules.figures import NOT_SAID, SMALL, Counted, shown_numbers

Row = tuple[str, ...]
_COUNTS = ("received", "decided", "rated", "call_backs")


def plain_row(counted: Counted) -> Row:
    """Received, decided, in time, median, nine of ten, corrections a case, ratings, satisfied, call-backs."""
    return (
        str(counted.received),
        str(counted.decided),
        percent(counted.on_time_share),
        NOT_SAID if counted.median is None else str(counted.median),
        NOT_SAID if counted.ninety is None else str(counted.ninety),
        NOT_SAID if counted.corrections_a_case is None else f"{counted.corrections_a_case:.1f}",
        str(counted.rated),
        percent(counted.satisfied),
        str(counted.call_backs),
    )


def percent(share: float | None) -> str:
    """`93 %`, rounded down: not all is never shown as all."""
    return NOT_SAID if share is None else f"{int(share * 100)}%"


def careful_rows(parts: Sequence[Counted], whole: Counted) -> tuple[list[Row], Row]:
    """The same for who may not see the cases, and for files: small numbers hidden, and what would tell them."""
    columns = [shown_numbers([getattr(each, name) for each in parts]) for name in _COUNTS]
    rows = [_careful(each, [column[place] for column, _ in columns]) for place, each in enumerate(parts)]
    return rows, _careful(whole, [total for _, total in columns])


def _careful(counted: Counted, numbers: Sequence[str]) -> Row:
    received, decided, rated, call_backs = numbers
    row = plain_row(counted)
    of_decided = row[2:6] if decided.isdigit() and _says_nobody(counted.on_time, counted.decided) else _HIDDEN
    good = sum(number for grade, number in counted.grades.items() if grade >= 3)
    satisfied = row[7] if rated.isdigit() and _says_nobody(good, counted.rated) else NOT_SAID
    return (received, decided, *of_decided, rated, satisfied, call_backs)


_HIDDEN = (NOT_SAID,) * 4


def _says_nobody(part: int, whole: int) -> bool:
    """Whether a share of this part tells of no few: neither of those in it nor of the others."""
    return whole >= SMALL and not 0 < part < SMALL and not 0 < whole - part < SMALL
