"""Tables that leave the house, as CSV and as XLSX. No cell in them is ever a formula."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Sequence
from typing import Final

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Cell = str | int | float


def csv_of(rows: Sequence[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark by which a spreadsheet knows it; a text that would be a formula gets an apostrophe."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[_harmless(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA) else cell


async def xlsx_of(name: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    """The same as a workbook of one sheet; numbers are numbers, and every text is a text."""
    return await asyncio.to_thread(_workbook, name, rows)


def _workbook(name: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    import xlsxwriter  # three megabytes: in a process that writes a workbook only

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet(_sheet_name(name))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell, head if number == 0 else None)
                else:
                    sheet.write_number(number, place, cell)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 30)
    return made.getvalue()


def _sheet_name(name: str) -> str:
    return "".join(letter for letter in name if letter not in "[]:*?/\\'")[:31]
