"""The tree of places, and how each is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin.api import (
    N_,
    AreaInfo,
    FormView,
    Loader,
    Refused,
    See,
    Visit,
    _,
    ancestors,
    change_area,
    find_area,
    list_children,
    record,
    unit_of_work,
)
from lianxin.shells.admin.forms import AreaForm


@dataclass(frozen=True, slots=True)
class AreasPage:
    """What lies right below a place. `area` is None at the top."""

    template: ClassVar[str] = "admin/areas.html"
    shell: ClassVar[str] = "admin"

    title: str
    area: AreaInfo | None
    above: list[AreaInfo]
    children: list[AreaInfo]


@dataclass(frozen=True, slots=True)
class EditAreaPage:
    """Telephone, hours, address."""

    template: ClassVar[str] = "admin/edit_area.html"
    shell: ClassVar[str] = "admin"

    title: str
    area: AreaInfo
    form: FormView


async def _load(visit: Visit, text: str) -> AreaInfo:
    found = await find_area(text[:20])
    if found is None:
        raise Refused("admin.no_area", N_("There is no such place."), status=404)
    return found


AREA = Loader(_load, scoped=False, because="places are public; the route's permission guards their change")


async def show_areas(visit: Visit) -> AreasPage:
    """The top: the county."""
    return AreasPage(_("Places"), None, [], await list_children(None))


async def show_area(visit: Visit, area: AreaInfo) -> AreasPage:
    """One place and what lies in it."""
    return AreasPage(area.name, area, await ancestors(area), await list_children(area.id))


async def edit(visit: Visit, area: AreaInfo) -> EditAreaPage:
    """The form, as it stands."""
    values = {name: getattr(area, name) for name in AreaForm.model_fields}
    form = visit.form(AreaForm, visit.url("admin:save_area", area=area.code), values=values)
    return EditAreaPage(area.name, area, form)


async def save(visit: Visit, form: AreaForm, area: AreaInfo) -> See:
    """Keeps what differs; residents see it at once."""
    typed = form.model_dump()
    changes = {name: text.strip() for name, text in typed.items() if text.strip() != getattr(area, name)}
    async with unit_of_work():
        if changes:
            await change_area(area.id, **changes)
            await record(
                "directory.area_changed",
                by=visit.actor,
                object_kind="area",
                object_id=area.id,
                area_id=area.id,
                detail={"fields": sorted(changes)},
                now=visit.now,
            )
    return See(visit.url("admin:area", area=area.code), _("Kept."))
