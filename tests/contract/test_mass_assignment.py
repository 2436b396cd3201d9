"""B3: the names of all columns are sent to every form: what a form does not declare changes nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from tortoise import Tortoise, fields

from lianxin.access.models import Grant, Session
from lianxin.directory.models import Person
from lianxin.matters.models import Matter
from tests.contract.asking import Cell, address, cells_of, expected, groups_of, routes_in_order
from tests.contract.scene import Scene

pytestmark = pytest.mark.anyio
WORD = "massassigned"
NUMBER = 98765
ID = "0badc0de-0bad-7bad-8bad-0badc0de0bad"
MOMENT = "2001-02-03T04:05:06+00:00"
ENDING = (
    "eservices:drop",
    "eservices:drop_item_draft",
    "eservices:send",
    "admin:end",
    "eservices:remove_photo",
    "account:sign_out",
)

GIVEN: dict[str, dict[str, Any]] = {
    "portal:set_community": {"area": "510821107001"},
    "account:remember": {"language": "en"},
    "account:claim_identity": {"name": "周秀华", "id_number": "510899195803154328"},
    "account:set_area": {"area": "510821107001"},
    "eservices:begin": {"agree": "yes"},
    "desk:act": {"do": "note", "text": "as told"},
    "desk:search": {"q": "周"},
    "desk:enter": {"name": "周秀华", "area": "510821107001", "use": "new"},
    "desk:make_transition": {"wanted": "one more paper"},
    "desk:reveal_number": {"purpose": "to call her"},
    "desk:reveal_phone": {"purpose": "to call her"},
    "desk:finish": {"outcome": "called her"},
    "admin:save_area": {"phone": "0839-012 3456", "hours_zh": "", "hours_en": "", "address_zh": "", "address_en": ""},
    "admin:set_day": {"day": "2027-05-01", "working": "holiday", "note": ""},
    "admin:make_account": {"name": "周秀华", "login_name": "xiuhua"},
    "account:withdraw": {"purpose": "none"},
    "account:make_transition": {"reason": "not now"},
    "account:give_password": {"login_name": "nobody", "password": "wrong password"},
}
"""What is typed as a person would, so that the form is read to its end; an empty form where nothing is said."""


def _hostile(column: Any) -> str:
    if isinstance(column, fields.UUIDField):
        return ID
    if isinstance(column, fields.BooleanField):
        return "true"
    if isinstance(column, fields.DatetimeField | fields.DateField):
        return MOMENT
    return str(NUMBER) if isinstance(column, fields.IntField | fields.BigIntField) else WORD


def columns() -> dict[str, str]:
    """Every column of every table by name, with a value that would be known again; and some that there are none of."""
    assert Tortoise.apps
    found: dict[str, str] = {}
    for app in Tortoise.apps.values():
        for model in app.values():
            found |= {name: _hostile(model._meta.fields_map[name]) for name in model._meta.db_fields}
    return found | {"staff": "true", "is_admin": "true", "grants": WORD, "roles": "system_admin", "__class__": WORD}


async def planted_values() -> list[str]:
    """Cells of the database that hold one of the values."""
    assert Tortoise.apps
    marks = (WORD, ID)
    found: list[str] = []
    for app in Tortoise.apps.values():
        for model in app.values():
            for row in await model.all().values():
                found += [f"{model._meta.db_table}.{name}" for name, value in row.items() if _is_planted(value, marks)]
    return found


def _is_planted(value: Any, marks: tuple[str, ...]) -> bool:
    if isinstance(value, datetime | date):
        return (value.year, value.month, value.day) == (2001, 2, 3)
    if isinstance(value, int):
        return value == NUMBER
    return isinstance(value, str | UUID | dict | list) and any(
        mark in str(value) for mark in marks if mark != str(NUMBER)
    )


async def guarded() -> dict[str, Any]:
    """What nobody gives herself by a form."""
    return {
        "staff sessions": await Session.filter(staff=True).count(),
        "grants": await Grant.all().count(),
        "identities": await Person.filter(identity="seen_by_desk").count(),
        "owners": {str(row) for row in await Matter.all().values_list("code", "applicant_id", "area_id")},
        "restricted": await Matter.exclude(confidentiality="normal").count(),
    }


async def test_undeclared_fields_change_nothing(scene: Scene) -> None:
    everything = columns()
    assert len(everything) > 120
    assert await planted_values() == []
    read_to_the_end, sent = 0, 0
    answers: dict[str, int] = {}
    for name, route in routes_in_order(scene):
        if route.kind != "action" or name in ENDING:
            continue
        before = await guarded()
        declared = set(route.form.model_fields) if route.form else set()
        given = GIVEN.get(name, {})
        extra = {key: value for key, value in everything.items() if key not in declared | set(given)}
        for cell in _welcome(name):
            browser = await scene.browser(cell.visitor)
            made = {"staff sessions": await Session.filter(staff=True).count()}
            answer = await browser.post(address(scene, cell), data={**extra, **given})
            answers[name] = answer.status_code
            assert answer.status_code not in (400, 500), name
            assert await Session.filter(staff=True).count() == made["staff sessions"], f"{name} opened a session"
            sent += 1
            read_to_the_end += answer.status_code in (200, 303)
        after = await guarded()
        after["owners"] &= before["owners"]  # to ask for a call opens a matter of its own; no other may change hands
        changed = [key for key in before if key != "staff sessions" and before[key] != after[key]]
        assert changed == [], f"{name} changed {changed}"
        assert await planted_values() == [], f"{name} took a field that it does not declare"
    assert sent > 35
    assert read_to_the_end > 20, answers


def _welcome(name: str) -> list[Cell]:
    """One visitor who is let in, with one object that she may do it to."""
    if "shown_by" in groups_of(name)[0]:
        return []
    return [next(cell for cell in cells_of(name) if expected(cell) == "in")]
