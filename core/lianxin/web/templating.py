"""The templates of a site, one environment a language: what can be known beforehand is written into the compiled page.

A page says some sixty fixed texts and addresses. Looking each up anew for each page cost a fifth of drawing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from lianxin import i18n
from lianxin.i18n import Language
from lianxin.values.codes import show_code
from lianxin.values.masks import mask_name
from lianxin.values.money import show_money
from lianxin.web.fragments import Fragments
from lianxin.web.site import Site
from lianxin.web.visit import Visit

shown_to: ContextVar[Visit] = ContextVar("shown_to")
"""Whose page is drawn: for filters that tell a moment from hers. So macros need no context, and are made once."""

Known = Callable[..., Any]


class SiteTemplate(Template):
    """What it imports is the same for every page: nobody gives one template globals of its own."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if self._module is None:
            self._module = self.make_module()
        return self._module


class SiteTemplates(Environment):
    """Templates in one language; calls of what is in `known` with fixed words are answered when a page is compiled."""

    template_class = SiteTemplate

    def __init__(self, spoken: Language, known: Mapping[str, Known], folders: Iterable[Path]) -> None:
        super().__init__(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.policies["ext.i18n.trimmed"] = True
        self.install_gettext_callables(**i18n.jinja_callables(), newstyle=True)  # type: ignore[attr-defined]
        self._spoken = spoken
        self._known: Mapping[str, Known] = {"gettext": _said, "_": _said, "icon": self._icon, **known}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Looked up with every name on a page: no chain where one mapping is enough."""
        return super().make_globals(d) if d else self.globals

    def _icon(self, *asked: str) -> Markup:
        return self.get_template("parts/icon.html").module.icon(*asked)  # type: ignore[attr-defined,no-any-return]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        with i18n.use_language(self._spoken):
            _Beforehand(self._known).visit(template)
        return template


class _Beforehand(NodeTransformer):
    """Puts the answer in the place of a call."""

    def __init__(self, known: Mapping[str, Known]) -> None:
        self._known = known

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """Only where all arguments are written out, and only if it can be answered: a fault belongs to the page."""
        self.generic_visit(node)
        named = isinstance(node.node, nodes.Name) and self._known.get(node.node.name)
        if not named or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return node
        if not all(isinstance(each, nodes.Const) for each in node.args):
            return node
        try:
            answer = named(*(each.value for each in node.args if isinstance(each, nodes.Const)))
        except (KeyError, TypeError, ValueError):
            return node
        return nodes.Const(answer, lineno=node.lineno)


def _said(text: str) -> Markup:
    """As the extension answers: translated, `%%` read as `%`."""
    return Markup(i18n.jinja_callables()["gettext"](text)) % {}  # noqa: S704 - written by translators


def make_templates(site: Site, folders: Iterable[Path]) -> dict[Language, SiteTemplates]:
    """The templates of a site: found in its own folder first, then theme, plugins, kernel."""
    found = tuple(folders)
    fragments = Fragments()
    known: dict[str, Known] = {"asset": site.assets.address, "url": site.urls.url, "knows": site.urls.knows}
    filters = _filters(ZoneInfo(site.config.zone))
    made = {}
    for spoken in i18n.LANGUAGES:
        templates = made[spoken] = SiteTemplates(spoken, known, found)
        templates.globals.update(known, drawn_once=fragments)
        templates.filters.update(filters)
    return made


def _filters(zone: ZoneInfo) -> dict[str, Any]:
    return {
        "date": lambda moment: i18n.format_date(moment, zone=zone),
        "time": lambda moment: i18n.format_time(moment, zone=zone),
        "datetime": lambda moment: i18n.format_datetime(moment, zone=zone),
        "day": lambda moment: i18n.format_day_relative(moment, shown_to.get().now, zone=zone),
        "due": lambda moment: i18n.format_due(moment, shown_to.get().now, zone=zone),
        "duration_left": lambda moment: i18n.format_duration_left(moment, shown_to.get().now),
        "code": show_code,
        "mask_name": mask_name,
        "money": lambda fen: show_money(fen, i18n.language.get()),
        "lazy": str,
    }
