"""Addresses of life events."""

from __future__ import annotations

from lianxin.api import PUBLIC, SIGNED_IN, Route, action, page
from lianxin_eservices import forms, forms_acting
from lianxin_eservices.routes import acting, life

_EVENT = {"event": life.EVENT}
_LEAVE = {**_EVENT, "leave": acting.ACTING}

LIFE_ROUTES: tuple[Route, ...] = (
    page("/life/{event}/", name="life", access=PUBLIC, handler=life.show_life, loads=_EVENT),
    page("/life/{event}/apply", name="life_apply", access=SIGNED_IN, handler=life.show_consent, loads=_EVENT),
    action(
        "/life/{event}/apply",
        name="life_begin",
        access=SIGNED_IN,
        handler=life.begin,
        loads=_EVENT,
        form=forms.ConsentForm,
        again="life_apply",
    ),
    page("/life/{event}/for/{leave}", name="life_act_start", access=SIGNED_IN, handler=life.show_act, loads=_LEAVE),
    action(
        "/life/{event}/for/{leave}",
        name="life_act_begin",
        access=SIGNED_IN,
        handler=life.begin_act,
        loads=_LEAVE,
        form=forms_acting.ActAgreeForm,
        again="life_act_start",
    ),
)
