"""Addresses of the office: figures, their files, the cases behind them, the supervision list."""

from __future__ import annotations

from lianxin.api import Route, feed, page
from lianxin_eservices.access import FIGURES, SUPERVISE
from lianxin_eservices.routes import figures, supervising

OFFICE_ROUTES: tuple[Route, ...] = (
    page("/desk/figures", name="figures", access=FIGURES, handler=figures.show_figures),
    page("/desk/figures/behind", name="figures_behind", access=FIGURES, handler=figures.show_behind),
    feed("/desk/figures/table.csv", name="figures_csv", access=FIGURES, handler=figures.figures_csv),
    feed("/desk/figures/table.xlsx", name="figures_xlsx", access=FIGURES, handler=figures.figures_xlsx),
    page("/desk/watch", name="watch", access=SUPERVISE, handler=supervising.show_watch),
)
