"""Choosing, and taking a choice back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault
from lianxin.declarations import Refused, Scope
from lianxin.i18n import N_
from lianxin.settings.models import Setting
from lianxin.settings.registry import SettingsField, find_field
from lianxin.settings.values import parse, to_json


async def set_setting(name: str, text: str, *, area_id: UUID | None = None, by_id: UUID | None, now: datetime) -> None:
    """Keeps what was typed for `<owner>.<field>`, for the site or an area.

    Raises Refused: 404 for a name unknown, 422 (field: the name after the dot) for a text that does not fit, or for an
    area where this setting is the same everywhere.
    """
    field = _field(name, area_id)
    value = parse(text, field.kind, field.attribute)
    async with unit_of_work():
        row = await Setting.filter(name=name, area_id=area_id).select_for_update().first()
        row = row or Setting(name=name, area_id=area_id)
        await _fill(row, field, value, by_id, now).save(force_create=not row._saved_in_db)


def _fill(row: Setting, field: SettingsField, value: Any, by_id: UUID | None, now: datetime) -> Setting:
    if field.secret:
        row.sealed = get_vault().seal(value, table="setting", column="sealed", row_id=row.id)
    else:
        row.value = {"is": to_json(value)}
    row.changed_at, row.changed_by_id = now, by_id
    return row


async def clear_setting(name: str, *, area_id: UUID | None = None) -> None:
    """Takes the choice back: what is above it counts again."""
    _field(name, area_id)
    async with unit_of_work():
        await Setting.filter(name=name, area_id=area_id).delete()


def _field(name: str, area_id: UUID | None) -> SettingsField:
    field = find_field(name)
    if field is None:
        raise Refused("settings.unknown", N_("There is no such setting."), status=404)
    if area_id is not None and field.scope is not Scope.AREA:
        raise Refused(
            "settings.site_only",
            N_("This setting is the same in the whole county."),
            status=422,
            field=field.attribute,
        )
    return field
