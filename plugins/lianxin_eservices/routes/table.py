"""Addresses of the plugin, all below /eservices."""

from __future__ import annotations

from lianxin.api import PUBLIC, SIGNED_IN, Route, action, feed, matter_loader, page
from lianxin_eservices import forms
from lianxin_eservices.access import HANDLE
from lianxin_eservices.routes import apply, case, catalogue, desk, notices, receipt

_ITEM = {"item": catalogue.GUIDE}
_DRAFT = {"draft": apply.DRAFT}
_STEP = {**_DRAFT, "step": apply.STEP}
_CASE = {"matter": matter_loader("eservices.case")}
UPLOAD_BYTES = 120_000_000
"""Six photos of 20 MB in one go; each is checked on its own."""

ROUTES: tuple[Route, ...] = (
    page("/", name="catalogue", access=PUBLIC, handler=catalogue.show_catalogue),
    page("/{item}/", name="guide", access=PUBLIC, handler=catalogue.show_guide, loads=_ITEM),
    page("/{item}/print", name="print", access=PUBLIC, handler=catalogue.print_guide, loads=_ITEM),
    page("/{item}/share", name="share", access=PUBLIC, handler=catalogue.share_guide, loads=_ITEM),
    feed("/{item}/qr.svg", name="qr", access=PUBLIC, handler=catalogue.guide_qr, loads=_ITEM),
    page("/{item}/apply", name="apply", access=SIGNED_IN, handler=apply.show_start, loads=_ITEM),
    action(
        "/{item}/apply",
        name="begin",
        access=SIGNED_IN,
        handler=apply.begin,
        loads=_ITEM,
        form=forms.ConsentForm,
        again="apply",
    ),
    page("/draft/{draft}/{step}", name="question", access=SIGNED_IN, handler=apply.show_question, loads=_STEP),
    action(
        "/draft/{draft}/{step}",
        name="answer",
        access=SIGNED_IN,
        handler=apply.answer,
        loads=_STEP,
        again="question",
        heavy=True,
        limit_bytes=UPLOAD_BYTES,
    ),
    action(
        "/draft/{draft}/{step}/remove/{file}",
        name="remove_photo",
        access=SIGNED_IN,
        handler=apply.remove_photo,
        loads={**_STEP, "file": apply.STEP},
    ),
    action("/send/{draft}", name="send", access=SIGNED_IN, handler=apply.send, loads={"draft": apply.STEP}),
    action("/drop/{draft}", name="drop", access=SIGNED_IN, handler=apply.drop, loads=_DRAFT),
    page("/receipt/{matter}", name="receipt", access=SIGNED_IN, handler=receipt.show_receipt, loads=_CASE),
    page("/correct/{matter}", name="correct_page", access=SIGNED_IN, handler=case.show_correct, loads=_CASE),
    action(
        "/correct/{matter}",
        name="correct",
        access=SIGNED_IN,
        handler=case.correct,
        loads=_CASE,
        form=forms.MorePhotosForm,
        again="correct_page",
        heavy=True,
        limit_bytes=UPLOAD_BYTES,
    ),
    page("/notice/{matter}", name="notice", access=SIGNED_IN, handler=notices.show_notice, loads=_CASE),
    page("/notice/{matter}/print", name="notice_print", access=SIGNED_IN, handler=notices.print_notice, loads=_CASE),
    feed("/notice/{matter}/pdf", name="notice_pdf", access=SIGNED_IN, handler=notices.notice_pdf, loads=_CASE),
    page("/desk/new", name="desk_new", access=HANDLE, handler=desk.show_new),
    action(
        "/desk/new",
        name="desk_begin",
        access=HANDLE,
        handler=desk.begin,
        form=forms.DeskStartForm,
        again="desk_new",
    ),
)
