"""Addresses of the print list."""

from __future__ import annotations

from lianxin.api import Route, action, matter_loader, page
from lianxin_eservices.access import READ
from lianxin_eservices.forms_printing import PrintedForm, PrintLaterForm, TakeOutForm
from lianxin_eservices.routes import printing

_CASE = {"matter": matter_loader("eservices.case")}

PRINTING_ROUTES: tuple[Route, ...] = (
    action(
        "/notice/{matter}/later",
        name="print_later",
        access=READ,
        handler=printing.print_later,
        loads=_CASE,
        form=PrintLaterForm,
    ),
    page("/desk/print", name="to_print", access=READ, handler=printing.show_list),
    page("/desk/print/sheets", name="sheets", access=READ, handler=printing.show_sheets),
    action("/desk/print/sheets", name="printed", access=READ, handler=printing.printed, form=PrintedForm),
    action("/desk/print/out", name="take_out_sheet", access=READ, handler=printing.take_out, form=TakeOutForm),
)
