"""What holds: the default, over it the site's choice, over it that of the nearest area upwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

import structlog
from tortoise.expressions import Q

from lianxin.data.vault import get_vault
from lianxin.declarations import Scope
from lianxin.settings.models import Setting
from lianxin.settings.registry import SettingsField, SettingShown, climb, fields_of, fields_of_owner
from lianxin.settings.values import choices, from_json, show, to_json

T = TypeVar("T")
_log = structlog.get_logger("lianxin.settings")


async def get_settings(schema: type[T], area_id: UUID | None = None) -> T:
    """The group as it holds for the site, or in an area: one query, and one more for the area's place in the tree.

    A kept value that no longer fits its field counts as not there (and is logged).
    """
    fields = fields_of(schema)
    rows = await _rows(fields, area_id)
    return schema(**{field.attribute: _value(field, rows.get(field.name)) for field in fields})


async def list_settings(owner: str, area_id: UUID | None = None) -> list[SettingShown]:
    """An owner's settings for the administration: for an area, only those that may differ there."""
    fields = fields_of_owner(owner)
    rows = await _rows(fields, area_id)
    wanted = [field for field in fields if area_id is None or field.scope is Scope.AREA]
    return [_shown(field, rows.get(field.name), area_id) for field in wanted]


async def _rows(fields: Sequence[SettingsField], area_id: UUID | None) -> dict[str, Setting]:
    """The row that counts for each name that has one."""
    areas: Sequence[UUID] = await climb(area_id) if area_id else ()
    differing = [field.name for field in fields if field.scope is Scope.AREA]
    wanted = Q(name__in=[field.name for field in fields], area_id=None)
    if areas and differing:
        wanted |= Q(name__in=differing, area_id__in=list(areas))
    # From the site to the nearest area: the last one to set a name wins.
    order = {area: place for place, area in enumerate(reversed(areas), start=1)}
    found = sorted(await Setting.filter(wanted), key=lambda row: order.get(row.area_id, 0) if row.area_id else 0)
    return {row.name: row for row in found}


def _value(field: SettingsField, row: Setting | None) -> Any:
    if row is None:
        return field.default
    if field.secret:
        return "" if row.sealed is None else _open(row)
    try:
        return from_json((row.value or {}).get("is"), field.kind)
    except ValueError:
        _log.warning("setting_does_not_fit", name=field.name)
        return field.default


def _open(row: Setting) -> str:
    assert row.sealed is not None
    return get_vault().open_for_delivery(row.sealed, table="setting", column="sealed", row_id=row.id)


def _shown(field: SettingsField, row: Setting | None, area_id: UUID | None) -> SettingShown:
    source = "default" if row is None else "site" if row.area_id is None else "area"
    return SettingShown(
        field=field,
        text="" if field.secret else show(_value(field, row)),
        source="above" if source == "area" and row is not None and row.area_id != area_id else source,
        choices=tuple(str(to_json(value)) for value in choices(field.kind)),
    )
