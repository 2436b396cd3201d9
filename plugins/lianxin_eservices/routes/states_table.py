"""Addresses of what is posted, and of papers that follow."""

from __future__ import annotations

from lianxin.api import PUBLIC, SIGNED_IN, Route, action, matter_loader, page
from lianxin_eservices import forms
from lianxin_eservices.forms_states import ObjectionForm
from lianxin_eservices.routes import following, posted

_CASE = {"matter": matter_loader("eservices.case")}
_POSTED = {"posting": posted.POSTED}
UPLOAD_BYTES = 120_000_000

STATES_ROUTES: tuple[Route, ...] = (
    page("/posted/", name="posted", access=PUBLIC, handler=posted.show_posted),
    page("/posted/{posting}/object", name="object_page", access=SIGNED_IN, handler=posted.show_object, loads=_POSTED),
    action(
        "/posted/{posting}/object",
        name="object",
        access=SIGNED_IN,
        handler=posted.object_now,
        loads=_POSTED,
        form=ObjectionForm,
        again="object_page",
    ),
    page("/follow/{matter}", name="follow_page", access=SIGNED_IN, handler=following.show_follow, loads=_CASE),
    action(
        "/follow/{matter}",
        name="follow",
        access=SIGNED_IN,
        handler=following.follow,
        loads=_CASE,
        form=forms.MorePhotosForm,
        again="follow_page",
        heavy=True,
        limit_bytes=UPLOAD_BYTES,
    ),
)
