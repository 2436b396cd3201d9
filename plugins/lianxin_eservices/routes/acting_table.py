"""Addresses of acting for somebody."""

from __future__ import annotations

from lianxin.api import PUBLIC, SIGNED_IN, Loader, Route, action, matter_loader, page
from lianxin_eservices import forms_acting
from lianxin_eservices.access import WITNESS
from lianxin_eservices.routes import acting, apply, calling, catalogue, desk_leave, proxies, status

_ASKED = {"asked": acting.ASKED}
_LEAVE = {"leave": acting.ACTING}
_ITEM = {"item": catalogue.GUIDE, **_LEAVE}
_STEP = {"draft": apply.DRAFT, "step": apply.STEP}
_CASE = {"matter": matter_loader("eservices.case")}
SIGNED_BYTES = 25_000_000
"""One photo of a paper."""


async def _as_typed(_visit: object, text: str) -> str:
    return text[:40]


TAKEN = Loader(_as_typed, scoped=False, because="the id of a draft; the action asks whose it is")

ACTING_ROUTES: tuple[Route, ...] = (
    page("/acting", name="acting", access=SIGNED_IN, handler=acting.show_acting),
    page("/acting/new", name="act_for_page", access=SIGNED_IN, handler=acting.show_ask),
    action(
        "/acting/new",
        name="act_for",
        access=SIGNED_IN,
        handler=acting.ask,
        form=forms_acting.ActForForm,
        again="act_for_page",
    ),
    page("/acting/code/{asked}", name="leave_code", access=SIGNED_IN, handler=acting.show_code, loads=_ASKED),
    action(
        "/acting/code/{asked}",
        name="give_leave_code",
        access=SIGNED_IN,
        handler=acting.give_code,
        loads=_ASKED,
        form=forms_acting.LeaveCodeForm,
        again="leave_code",
    ),
    page("/acting/for/{leave}", name="client", access=SIGNED_IN, handler=acting.show_client, loads=_LEAVE),
    page("/acting/for/{leave}/begin", name="act_choose", access=SIGNED_IN, handler=acting.choose, loads=_LEAVE),
    page("/{item}/apply-for/{leave}", name="act_start", access=SIGNED_IN, handler=acting.show_start, loads=_ITEM),
    action(
        "/{item}/apply-for/{leave}",
        name="act_begin",
        access=SIGNED_IN,
        handler=acting.begin,
        loads=_ITEM,
        form=forms_acting.ActAgreeForm,
        again="act_start",
    ),
    page("/proxies", name="proxies", access=SIGNED_IN, handler=proxies.show_proxies),
    action(
        "/proxies/{leave}/revoke",
        name="revoke",
        access=SIGNED_IN,
        handler=proxies.revoke,
        loads={"leave": proxies.GIVEN},
    ),
    action(
        "/proxies/draft/{taken}",
        name="take_draft",
        access=SIGNED_IN,
        handler=proxies.take_draft,
        loads={"taken": TAKEN},
    ),
    action(
        "/proxies/case/{matter}",
        name="take_case",
        access=SIGNED_IN,
        handler=proxies.take_case,
        loads=_CASE,
    ),
    page("/status", name="status", access=PUBLIC, handler=status.show_status),
    action(
        "/status",
        name="ask_status",
        access=PUBLIC,
        handler=status.ask_status,
        form=forms_acting.StatusForm,
        again="status",
    ),
    action(
        "/status/code",
        name="ask_copy",
        access=PUBLIC,
        handler=status.ask_copy,
        form=forms_acting.AskCopyForm,
        again="status",
    ),
    action(
        "/status/copy",
        name="copy",
        access=PUBLIC,
        handler=status.show_copy,
        form=forms_acting.CopyForm,
        again="status",
    ),
    page("/call/{draft}/{step}", name="call_page", access=SIGNED_IN, handler=calling.show_call, loads=_STEP),
    action(
        "/call/{draft}/{step}",
        name="call",
        access=SIGNED_IN,
        handler=calling.call,
        loads=_STEP,
        form=forms_acting.CallMeForm,
        again="call_page",
    ),
    action("/call/{matter}", name="call_about", access=SIGNED_IN, handler=calling.call_about, loads=_CASE),
    page("/desk/authorise", name="desk_leave", access=WITNESS, handler=desk_leave.show_new),
    action(
        "/desk/authorise",
        name="desk_leave_give",
        access=WITNESS,
        handler=desk_leave.give,
        form=forms_acting.DeskLeaveForm,
        again="desk_leave",
        heavy=True,
        limit_bytes=SIGNED_BYTES,
    ),
)
