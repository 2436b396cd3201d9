"""Addresses for other systems, all below /api/eservices."""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel

from lianxin.api import N_, PUBLIC, SIGNED_IN, Route, Transition, api, matter_loader
from lianxin_eservices import forms
from lianxin_eservices.access import READ
from lianxin_eservices.resources import cases, services
from lianxin_eservices.routes import exchange
from lianxin_eservices.routes.catalogue import GUIDE

_ITEM = {"item": replace(GUIDE, says=N_("The slug of a service."))}
_CASE = {"code": matter_loader(exchange.FLOW)}
_MINE = {"code": exchange.MINE}


def _bodies(moves: dict[str, Transition]) -> dict[str, type[BaseModel]]:
    return {name: move.form or forms.EmptyForm for name, move in moves.items()}


def _titles(moves: dict[str, Transition]) -> dict[str, object]:
    return {name: move.title for name, move in moves.items()}


EXCHANGE_ROUTES: tuple[Route, ...] = (
    api(
        "/services",
        name="api_services",
        access=PUBLIC,
        handler=exchange.list_services,
        title=N_("The catalogue of services"),
        asks=services.ServicesQuery,
        answers=services.ServiceList,
    ),
    api(
        "/services/{item}",
        name="api_service",
        access=PUBLIC,
        handler=exchange.show_service,
        loads=_ITEM,
        title=N_("One service: its guide"),
        answers=services.Service,
    ),
    api(
        "/mine",
        name="api_mine",
        access=SIGNED_IN,
        handler=exchange.list_my_cases,
        title=N_("My applications"),
        asks=cases.MineQuery,
        answers=cases.MyCaseList,
    ),
    api(
        "/mine/{code}",
        name="api_my_case",
        access=SIGNED_IN,
        handler=exchange.show_my_case,
        loads=_MINE,
        title=N_("How my application stands"),
        answers=cases.MyCase,
    ),
    api(
        "/mine/{code}/moves/{move}",
        name="api_my_move",
        access=SIGNED_IN,
        handler=exchange.make_my_move,
        loads={**_MINE, "move": exchange.MY_MOVE},
        title=N_("My application"),
        says=_titles(exchange.MY_MOVES),
        takes=_bodies(exchange.MY_MOVES),
        answers=cases.CaseState,
    ),
    api(
        "/cases",
        name="api_cases",
        access=READ,
        handler=exchange.list_cases,
        title=N_("Open applications in one’s queues"),
        asks=cases.QueueQuery,
        answers=cases.QueueList,
    ),
    api(
        "/cases/{code}",
        name="api_case",
        access=READ,
        handler=exchange.show_case,
        loads=_CASE,
        title=N_("One application"),
        answers=cases.OfficeCase,
    ),
    api(
        "/cases/{code}/moves/{move}",
        name="api_move",
        access=READ,
        handler=exchange.make_move,
        loads={**_CASE, "move": exchange.OFFICE_MOVE},
        title=N_("Application"),
        says=_titles(exchange.OFFICE_MOVES),
        takes=_bodies(exchange.OFFICE_MOVES),
        answers=cases.CaseState,
    ),
)
