"""From a page dataclass to HTML: navigation and slots are awaited first; Jinja then waits for nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup

from lianxin import i18n
from lianxin.declarations import Access, PageEntry
from lianxin.plugging.collecting import Owned
from lianxin.slots import fill
from lianxin.values.codes import show_code
from lianxin.values.masks import mask_name
from lianxin.values.money import show_money
from lianxin.web.fragments import Fragments
from lianxin.web.site import Site
from lianxin.web.traces import said_by, trace_without
from lianxin.web.visit import Visit

_log = structlog.get_logger("lianxin.web")

SHELVES = {
    "resident": ("portal", "tabbar", "account", "front"),
    "desk": ("desk",),
    "admin": ("admin", "desk"),
    "print": (),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a navigation, as the template draws it."""

    title: str
    href: str
    icon: str
    current: bool
    badge: int
    badge_late: int
    group: str
    hint: str


class Renderer:
    """Draws pages of one site."""

    def __init__(self, site: Site, folders: Iterable[Path]) -> None:
        self._site = site
        self._zone = ZoneInfo(site.config.zone)
        self.environment = self._environment(folders)

    def _environment(self, folders: Iterable[Path]) -> Environment:
        environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        environment.policies["ext.i18n.trimmed"] = True
        environment.install_gettext_callables(**i18n.jinja_callables(), newstyle=True)  # type: ignore[attr-defined]
        environment.globals["asset"] = self._site.assets.address
        environment.globals["url"] = self._site.urls.url
        environment.globals["knows"] = self._site.urls.knows
        environment.globals["drawn_once"] = Fragments()
        environment.filters.update(self._filters())
        return environment

    def _filters(self) -> dict[str, Any]:
        zone = self._zone
        return {
            "date": lambda moment: i18n.format_date(moment, zone=zone),
            "time": lambda moment: i18n.format_time(moment, zone=zone),
            "datetime": lambda moment: i18n.format_datetime(moment, zone=zone),
            "day": pass_context(lambda on, moment: i18n.format_day_relative(moment, on["visit"].now, zone=zone)),
            "due": pass_context(lambda on, moment: i18n.format_due(moment, on["visit"].now, zone=zone)),
            "duration_left": pass_context(lambda on, moment: i18n.format_duration_left(moment, on["visit"].now)),
            "code": show_code,
            "mask_name": mask_name,
            "money": lambda fen: show_money(fen, i18n.language.get()),
            "lazy": str,
        }

    async def render(self, visit: Visit, page: Any, *, fragment: bool = False) -> str:
        """The whole page, or the fragment that it names when htmx asked."""
        shell = getattr(page, "shell", "resident")
        name = getattr(page, "fragment", None) if fragment else None
        shelves: dict[str, list[Entry]] = {}
        slots: dict[str, Markup] = {}
        if name is None:
            counted: dict[object, tuple[int, int]] = {}
            for shelf in SHELVES.get(shell, ()):
                shelves[shelf] = [entry async for entry in self._entries(visit, shelf, counted)]
        for slot in getattr(page, "slots", ()):
            slots[slot] = await self._slot(visit, page, slot)
        if live := getattr(page, "live", ""):
            visit.live_url = visit.url(live)
        return self._draw(visit, page, name or page.template, shelves, slots)

    def _draw(
        self, visit: Visit, page: Any, template: str, shelves: dict[str, list[Entry]], slots: dict[str, Markup]
    ) -> str:
        with i18n.use_language(visit.language):
            return self.environment.get_template(template).render(
                page=page,
                visit=visit,
                navigation=lambda shelf: shelves.get(shelf, []),
                slot=lambda slot: slots[slot],
            )

    async def _slot(self, visit: Visit, page: Any, slot: str) -> Markup:
        parts = []
        for filled in await fill(slot, visit, page):
            try:
                with i18n.use_language(visit.language):
                    template = self.environment.get_template(filled.template)
                    parts.append(template.render(page=filled.content, visit=visit))
            except Exception as fault:
                trace = trace_without(fault, said_by(visit.request, visit.typed))
                _log.error("slot_not_drawn", slot=slot, plugin=filled.owner, template=filled.template, trace=trace)
        return Markup("").join(Markup(part) for part in parts)  # noqa: S704 - our own templates, autoescaped

    async def _entries(self, visit: Visit, shelf: str, counted: dict[object, tuple[int, int]]) -> AsyncIterator[Entry]:
        """What stands on several shelves is counted once a page."""
        for owned in self._site.shelves.get(shelf, ()):
            if self._admits(visit, owned):
                badge = owned.item.badge
                if badge not in counted:
                    counted[badge] = await _badge(visit, owned.item)
                yield self._entry(visit, owned.item, *counted[badge])

    def _admits(self, visit: Visit, owned: Owned[PageEntry]) -> bool:
        access = self._site.routes[owned.item.route].item.access
        if access is Access.PUBLIC:
            return True
        if access is Access.SIGNED_IN:
            return visit.signed_in or owned.item.shelf in ("portal", "tabbar")
        return visit.actor.may(access) if isinstance(access, str) else False

    def _entry(self, visit: Visit, entry: PageEntry, badge: int, late: int) -> Entry:
        href = self._site.urls.url(entry.route)
        here = visit.path == href or (
            href != "/" and not href.endswith(("/desk/", "/admin/")) and visit.path.startswith(href)
        )
        with i18n.use_language(visit.language):
            return Entry(str(entry.title), href, entry.icon, here, badge, late, str(entry.group), str(entry.hint))


async def _badge(visit: Visit, entry: PageEntry) -> tuple[int, int]:
    """A count that fails is left out: no plugin may take the navigation of the others away."""
    if entry.badge is None or not visit.signed_in:
        return 0, 0
    try:
        counted = await entry.badge(visit)
    except Exception as fault:
        _log.error("badge_failed", route=entry.route, trace=trace_without(fault, said_by(visit.request, visit.typed)))
        return 0, 0
    return counted if isinstance(counted, tuple) else (counted, 0)
