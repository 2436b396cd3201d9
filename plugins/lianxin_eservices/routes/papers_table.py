"""Addresses of kept papers."""

from __future__ import annotations

from lianxin.api import SIGNED_IN, Route, action, matter_loader, page
from lianxin_eservices import forms_papers
from lianxin_eservices.routes import apply, papers

_STEP = {"draft": apply.DRAFT, "step": apply.STEP}

PAPERS_ROUTES: tuple[Route, ...] = (
    page("/my-papers", name="box", access=SIGNED_IN, handler=papers.show_box),
    action(
        "/my-papers/{boxed}/remove",
        name="remove_paper",
        access=SIGNED_IN,
        handler=papers.remove_paper,
        loads={"boxed": papers.BOXED},
    ),
    action(
        "/draft/{draft}/{step}/kept",
        name="use_paper",
        access=SIGNED_IN,
        handler=papers.use_paper,
        loads=_STEP,
        form=forms_papers.UsePaperForm,
        again="question",
    ),
    action(
        "/correct/{matter}/kept/{paper}",
        name="correct_by_kept",
        access=SIGNED_IN,
        handler=papers.correct_by_kept,
        loads={"matter": matter_loader("eservices.case"), "paper": apply.STEP},
    ),
)
