"""Editing one subject of an item: its fields, or the entries of a list one by one."""

from __future__ import annotations

import copy
from typing import Any, Final

from lianxin.api import N_, Loader, Refused, See, Visit, _
from lianxin_eservices.actions import editing
from lianxin_eservices.editing.changing import NotKept, changed, check, values_of
from lianxin_eservices.editing.forms import FORMS, MoveForm, subject_form
from lianxin_eservices.editing.subjects import SUBJECTS, WORDS, Subject
from lianxin_eservices.pages_catalogue import EntriesPage, Entry, SubjectPage
from lianxin_eservices.queries.editing import ItemFile
from lianxin_eservices.routes.services import draft_of, title_of

NEW: Final = "new"


async def _load(_visit: Visit, name: str) -> Subject:
    if name not in SUBJECTS:
        raise Refused("eservices.no_subject", N_("There is no such page."), status=404)
    return SUBJECTS[name]


async def _as_typed(_visit: Visit, text: str) -> str:
    return text[:60]


SUBJECT = Loader(_load, scoped=False, because="a word of the address: one of the pages on which a service is edited")
STEP = Loader(_as_typed, scoped=False, because="a word of the address, compared with the questions of the draft")
PLACE = Loader(_as_typed, scoped=False, because="a word of the address: a place in a list, looked up in the draft")


async def show_subject(visit: Visit, service: ItemFile, subject: Subject) -> SubjectPage | EntriesPage:
    """The fields, or the list."""
    draft = draft_of(service)
    if subject.list_path:
        return _entries(visit, service, subject)
    values = {**values_of(draft.raw, subject), "revision": draft.revision}
    action = visit.url("eservices:save", service=service.code, subject=subject.name)
    back = visit.url("eservices:service", service=service.code)
    return _page(visit, service, subject, action, values, back, title_of(service, visit))


def _page(
    visit: Visit, service: ItemFile, subject: Subject, action: str, values: dict[str, Any], back: str, back_title: str
) -> SubjectPage:
    form = subject_form(visit, subject, action, values)
    name = title_of(service, visit)
    return SubjectPage(str(subject.title), name, str(subject.hint), back, back_title, form)


def _entries(visit: Visit, service: ItemFile, subject: Subject) -> EntriesPage:
    draft = draft_of(service)
    raw = draft.raw.get(subject.list_path, [])
    first = subject.lines[1 if visit.language.startswith("en") else 0].path
    place_of = {"service": service.code, "subject": subject.name}
    entries = tuple(
        Entry(
            title=str(entry.get(first, "")),
            fact=_fact(entry),
            href=visit.url("eservices:edit_entry", **place_of, place=place),
            form=visit.form(
                MoveForm, visit.url("eservices:move", **place_of, place=place), {"revision": draft.revision}
            ),
            first=place == 0,
            last=place == len(raw) - 1,
        )
        for place, entry in enumerate(raw)
    )
    return EntriesPage(
        title=str(subject.title),
        name=title_of(service, visit),
        code=service.code,
        hint=str(subject.hint),
        back=visit.url("eservices:service", service=service.code),
        entries=entries,
        add=str(subject.new),
        add_href=visit.url("eservices:edit_entry", **place_of, place=NEW),
    )


def _fact(entry: dict[str, Any]) -> str:
    kinds = {each.value: str(text) for each, text in WORDS.items()}
    told = [entry.get("code", ""), kinds.get(entry.get("kind", entry.get("necessity", "")), "")]
    told.append(entry.get("shown_when") or entry.get("needed_when") or "")
    return " · ".join(text for text in told if text)


def _entry_of(service: ItemFile, subject: Subject, place: str) -> tuple[int, dict[str, Any]]:
    """The place in the list, and what stands there; a new entry comes last."""
    raw = draft_of(service).raw.get(subject.list_path, []) if subject.list_path else []
    if place == NEW and subject.list_path:
        return len(raw), {}
    if not place.isdecimal() or int(place) >= len(raw):
        raise Refused("eservices.no_entry", N_("This entry is not there any more."), status=404)
    return int(place), raw[int(place)]


async def show_entry(visit: Visit, service: ItemFile, subject: Subject, place: str) -> SubjectPage:
    """The fields of one entry."""
    _number, entry = _entry_of(service, subject, place)
    values = {**values_of(entry, subject), "revision": draft_of(service).revision}
    action = visit.url("eservices:save_entry", service=service.code, subject=subject.name, place=place)
    back = visit.url("eservices:edit", service=service.code, subject=subject.name)
    return _page(visit, service, subject, action, values, back, str(subject.title))


async def save(visit: Visit, service: ItemFile, subject: Subject) -> See:
    """Keeps what was typed, if the guide's own rules let it stand on this page."""
    if subject.list_path:
        raise Refused("eservices.no_subject", N_("There is no such page."), status=404)
    form = visit.read(FORMS[subject.name])
    draft = draft_of(service)
    try:
        raw = changed(draft.raw, subject, form.model_dump())
        check(raw, subject)
    except NotKept as fault:
        raise _said(fault) from fault
    await _keep(visit, service, raw, getattr(form, "revision", 0), subject)
    return See(visit.url("eservices:service", service=service.code), _("Kept in the draft."))


async def save_entry(visit: Visit, service: ItemFile, subject: Subject, place: str) -> See:
    """The same for one entry of a list."""
    form = visit.read(FORMS[subject.name])
    number, entry = _entry_of(service, subject, place)
    raw = copy.deepcopy(draft_of(service).raw)
    try:
        made = changed(entry, subject, form.model_dump())
        listed = raw.get(subject.list_path, [])
        raw[subject.list_path] = [*listed[:number], made, *listed[number + 1 :]]
        check(raw, subject, number)
    except NotKept as fault:
        raise _said(fault) from fault
    await _keep(visit, service, raw, getattr(form, "revision", 0), subject)
    return See(visit.url("eservices:edit", service=service.code, subject=subject.name), _("Kept in the draft."))


def _said(fault: NotKept) -> Refused:
    return Refused("eservices.not_kept", fault.problem.text, status=422, field=fault.problem.path)


async def move(visit: Visit, form: MoveForm, service: ItemFile, subject: Subject, place: str) -> See:
    """Up, down, or out of the list."""
    number, entry = _entry_of(service, subject, place)
    raw = copy.deepcopy(draft_of(service).raw)
    listed = raw[subject.list_path]
    listed.pop(number)
    if form.do != "remove":
        listed.insert(max(0, number + (1 if form.do == "down" else -1)), entry)
    await _keep(visit, service, raw, form.revision, subject)
    return See(visit.url("eservices:edit", service=service.code, subject=subject.name), _("Kept in the draft."))


async def _keep(visit: Visit, service: ItemFile, raw: dict[str, Any], revision: int, subject: Subject) -> None:
    await editing.save_content(
        draft_of(service).id, raw, revision=revision, subject=subject.name, by=visit.actor, now=visit.now
    )
