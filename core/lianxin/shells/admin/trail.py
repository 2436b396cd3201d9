"""The audit trail, read and verified by auditors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin.api import DeedShown, FormView, Refused, Shown, Visit, _, get_rights, list_deeds, record, verify
from lianxin.shells.admin.accounts import find_account
from lianxin.shells.admin.deeds import OBJECTS, RESULTS
from lianxin.shells.admin.forms import PressForm

SIZE = 50


@dataclass(frozen=True, slots=True)
class Words:
    """What the trail's own names mean, by name; one that no plugin that is on declares has none."""

    deeds: dict[str, str]
    objects: dict[str, str]
    results: dict[str, str]
    roles: dict[str, str]


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Entries, the latest first. `faults` is None before the trail was verified; empty: it is whole."""

    template: ClassVar[str] = "admin/trail.html"
    shell: ClassVar[str] = "admin"

    title: str
    deeds: list[DeedShown]
    words: Words
    next_href: str
    action: str
    who: str
    unknown: bool
    check: FormView
    faults: list[str] | None = None


async def show_trail(visit: Visit) -> TrailPage:
    """Filtered by the beginning of the action, and by who."""
    return await _page(visit)


async def check_trail(visit: Visit) -> Shown:
    """Reads every seal, and writes down that it was asked for."""
    faults = await verify()
    result = "broken" if faults else "done"
    await record("audit.verified", by=visit.actor, object_kind="audit", result=result, now=visit.now)
    return Shown(await _page(visit, faults))


def _words(visit: Visit) -> Words:
    return Words(
        deeds={deed.name: str(deed.title) for deed in visit.site.assembly.items("deeds")},
        objects={name: str(title) for name, title in OBJECTS.items()},
        results={name: str(title) for name, title in RESULTS.items()},
        roles={name: str(role.title) for name, role in get_rights().roles.items()} | {"system": ""},
    )


async def _page(visit: Visit, faults: list[str] | None = None) -> TrailPage:
    action, who = visit.query("action", longest=60), visit.query("who", longest=60)
    actor_id, unknown = None, False
    if who:
        try:
            actor_id = (await find_account(who, visit.now)).id
        except Refused:
            unknown = True
    found = await list_deeds(actor_id=actor_id, action=action, after=visit.query("after", longest=500), size=SIZE)
    following = visit.url("admin:audit", action=action, who=who, after=found.next_key) if found.next_key else ""
    check = visit.form(PressForm, visit.url("admin:verify"))
    deeds = [] if unknown else list(found.rows)
    return TrailPage(_("Audit trail"), deeds, _words(visit), following, action, who, unknown, check, faults)
