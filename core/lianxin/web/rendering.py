"""From a page dataclass to HTML: navigation and slots are awaited first; Jinja then waits for nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from markupsafe import Markup

from lianxin import i18n
from lianxin.declarations import Access, PageEntry
from lianxin.plugging.collecting import Owned
from lianxin.slots import fill
from lianxin.web.site import Site
from lianxin.web.templating import make_templates, shown_to
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

    def now(self, current: bool, badge: int, late: int) -> Entry:
        """As it stands on the page at hand."""
        return Entry(self.title, self.href, self.icon, current, badge, late, self.group, self.hint)


Standing = tuple[PageEntry, Entry]
MOST_SHELVES = 500


class Renderer:
    """Draws pages of one site."""

    def __init__(self, site: Site, folders: Iterable[Path]) -> None:
        self._site = site
        self.templates = make_templates(site, folders)
        self._shelves: dict[Hashable, list[Standing]] = {}

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
        with shown(visit):
            return (
                self.templates[visit.language]
                .get_template(template)
                .render(
                    page=page,
                    visit=visit,
                    navigation=lambda shelf: shelves.get(shelf, []),
                    slot=lambda slot: slots[slot],
                )
            )

    async def _slot(self, visit: Visit, page: Any, slot: str) -> Markup:
        parts = []
        for filled in await fill(slot, visit, page):
            try:
                with shown(visit):
                    template = self.templates[visit.language].get_template(filled.template)
                    parts.append(template.render(page=filled.content, visit=visit))
            except Exception as fault:
                trace = trace_without(fault, said_by(visit.request, visit.typed))
                _log.error("slot_not_drawn", slot=slot, plugin=filled.owner, template=filled.template, trace=trace)
        return Markup("").join(Markup(part) for part in parts)  # noqa: S704 - our own templates, autoescaped

    async def _entries(self, visit: Visit, shelf: str, counted: dict[object, tuple[int, int]]) -> AsyncIterator[Entry]:
        """What stands on several shelves is counted once a page."""
        for declared, entry in self._standing(visit, shelf):
            badge = declared.badge
            if badge not in counted:
                counted[badge] = await _badge(visit, declared)
            number, late = counted[badge]
            here = _is_here(visit.path, entry.href)
            yield entry.now(here, number, late) if here or number else entry

    def _standing(self, visit: Visit, shelf: str) -> list[Standing]:
        """What this visitor finds on a shelf: the same for all who hold the same rights and speak the same language."""
        actor = visit.actor
        key = (shelf, visit.language, visit.signed_in, actor.person_id is None, actor.staff, actor.grants)
        standing = self._shelves.get(key)
        if standing is None:
            if len(self._shelves) >= MOST_SHELVES:
                self._shelves.clear()
            declared = (owned for owned in self._site.shelves.get(shelf, ()) if self._admits(visit, owned))
            standing = self._shelves[key] = [(owned.item, self._entry(visit, owned.item)) for owned in declared]
        return standing

    def _admits(self, visit: Visit, owned: Owned[PageEntry]) -> bool:
        access = self._site.routes[owned.item.route].item.access
        if access is Access.PUBLIC:
            return True
        if access is Access.SIGNED_IN:
            return visit.signed_in or owned.item.shelf in ("portal", "tabbar")
        return visit.actor.may(access) if isinstance(access, str) else False

    def _entry(self, visit: Visit, entry: PageEntry) -> Entry:
        with i18n.use_language(visit.language):
            title, group, hint = str(entry.title), str(entry.group), str(entry.hint)
        return Entry(title, self._site.urls.url(entry.route), entry.icon, False, 0, 0, group, hint)


def _is_here(path: str, href: str) -> bool:
    """Whether the page stands on or under the entry's address; the roots of the shells hold every other."""
    return path == href or (href != "/" and not href.endswith(("/desk/", "/admin/")) and path.startswith(href))


@contextmanager
def shown(visit: Visit) -> Iterator[None]:
    """While a page of this visit is drawn."""
    token = shown_to.set(visit)
    try:
        with i18n.use_language(visit.language):
            yield
    finally:
        shown_to.reset(token)


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
