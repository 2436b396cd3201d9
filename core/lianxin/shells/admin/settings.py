"""Typed settings: each group of each owner, for the site or for one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, get_origin

from pydantic import BaseModel

from lianxin.api import (
    N_,
    AreaInfo,
    FormView,
    Loader,
    Refused,
    See,
    SettingShown,
    Visit,
    _,
    clear_setting,
    find_area,
    list_settings,
    record,
    set_setting,
    settings_groups,
    unit_of_work,
)
from lianxin.shells.admin.forms import (
    ChoiceSettingForm,
    LongSettingForm,
    PressForm,
    SecretSettingForm,
    TextSettingForm,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One setting. `source` in words."""

    name: str
    help: str
    text: str
    source: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """The settings of one owner."""

    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """All groups; `area` is the place they are shown for."""

    template: ClassVar[str] = "admin/settings.html"
    shell: ClassVar[str] = "admin"

    title: str
    groups: list[Group]
    area: AreaInfo | None


@dataclass(frozen=True, slots=True)
class SettingPage:
    """One setting to change. `clear` is None where nothing was chosen."""

    template: ClassVar[str] = "admin/setting.html"
    shell: ClassVar[str] = "admin"

    title: str
    name: str
    source: str
    area: AreaInfo | None
    back: str
    form: FormView
    clear: FormView | None


async def _load(visit: Visit, text: str) -> SettingShown:
    area = await _area(visit)
    owner = text.partition(".")[0]
    known = await list_settings(owner, area.id if area else None) if owner in settings_groups() else []
    found = next((each for each in known if each.field.name == text), None)
    if found is None:
        raise Refused("admin.no_setting", N_("There is no such setting."), status=404)
    return found


SETTING = Loader(_load, scoped=False, because="settings belong to the whole site; the route's permission guards them")


async def _area(visit: Visit) -> AreaInfo | None:
    code = visit.query("area", longest=20)
    return await find_area(code) if code else None


def _source(shown: SettingShown) -> str:
    words = {
        "default": _("as delivered"),
        "site": _("chosen for the county"),
        "above": _("chosen for a place above"),
        "area": _("chosen for this place"),
    }
    return words[shown.source]


async def show_settings(visit: Visit) -> SettingsPage:
    """Groups without settings for this place are left out."""
    area = await _area(visit)
    groups = []
    for owner, group in settings_groups().items():
        shown = await list_settings(owner, area.id if area else None)
        if shown:
            groups.append(Group(str(group.title), [_line(visit, each, area) for each in shown]))
    title = _("Settings of %(place)s", place=area.name) if area else _("Settings")
    return SettingsPage(title, groups, area)


def _line(visit: Visit, shown: SettingShown, area: AreaInfo | None) -> Line:
    field = shown.field
    text = _("hidden") if field.secret else _told(shown)
    href = visit.url("admin:setting", setting=field.name, area=area.code if area else "")
    return Line(field.name, str(field.help or field.attribute), text, _source(shown), href)


def _told(shown: SettingShown) -> str:
    if shown.field.kind is bool:
        return _("yes") if shown.text == "yes" else _("no")
    return shown.text or _("empty")


def _form_for(shown: SettingShown) -> type[BaseModel]:
    if shown.field.secret:
        return SecretSettingForm
    if shown.field.kind is bool or shown.choices:
        return ChoiceSettingForm
    return LongSettingForm if get_origin(shown.field.kind) is tuple else TextSettingForm


async def show_setting(visit: Visit, setting: SettingShown) -> SettingPage:
    """The form that fits its type."""
    area = await _area(visit)
    place = {"area": area.code if area else ""}
    choices = [(each, each, "") for each in setting.choices]
    if setting.field.kind is bool:
        choices = [("yes", _("yes"), ""), ("no", _("no"), "")]
    form = visit.form(
        _form_for(setting),
        visit.url("admin:save_setting", setting=setting.field.name, **place),
        values={"value": setting.text},
        choices={"value": choices},
        labels={"value": setting.field.help or setting.field.attribute},
    )
    clear_url = visit.url("admin:clear_setting", setting=setting.field.name, **place)
    chosen = setting.source in ("site", "area")
    return SettingPage(
        title=str(setting.field.help or setting.field.attribute),
        name=setting.field.name,
        source=_source(setting),
        area=area,
        back=visit.url("admin:settings", **place),
        form=form,
        clear=visit.form(PressForm, clear_url) if chosen else None,
    )


async def save(visit: Visit, setting: SettingShown) -> See:
    """Keeps it; a value that does not fit is said at the field."""
    form: Any = visit.read(_form_for(setting))
    area = await _area(visit)
    area_id = area.id if area else None
    try:
        async with unit_of_work():
            await set_setting(
                setting.field.name, form.value, area_id=area_id, by_id=visit.actor.person_id, now=visit.now
            )
            await _record(visit, "settings.changed", setting, area)
    except Refused as refused:
        raise Refused(refused.code, refused.text, status=refused.status, field="value", **refused.data) from refused
    return See(visit.url("admin:settings", area=area.code if area else ""), _("Kept."))


async def clear(visit: Visit, setting: SettingShown) -> See:
    """What is above it counts again."""
    area = await _area(visit)
    async with unit_of_work():
        await clear_setting(setting.field.name, area_id=area.id if area else None)
        await _record(visit, "settings.cleared", setting, area)
    return See(visit.url("admin:settings", area=area.code if area else ""), _("Taken back."))


async def _record(visit: Visit, action: str, setting: SettingShown, area: AreaInfo | None) -> None:
    await record(
        action,
        by=visit.actor,
        object_kind="setting",
        area_id=area.id if area else None,
        detail={"name": setting.field.name},
        now=visit.now,
    )
