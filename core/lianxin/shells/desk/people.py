"""A person at the desk: her card, her matters, and the box that finds or makes her."""

from __future__ import annotations

from dataclasses import dataclass, field
from hmac import compare_digest
from typing import ClassVar
from uuid import UUID

from lianxin.api import (
    N_,
    AreaInfo,
    DeskEntry,
    FormView,
    GrantHeld,
    Loader,
    MatterRow,
    PersonCard,
    PersonInfo,
    Refused,
    See,
    Shown,
    Visit,
    _,
    all_flows,
    card_of,
    find_area,
    find_flow,
    find_or_create_person,
    find_person,
    get_area,
    get_vault,
    list_below,
    record,
    same_person_ids,
    title_of,
    unit_of_work,
    visible_matters,
)
from lianxin.shells.desk.access import CHANGE, PEOPLE, REVEAL
from lianxin.shells.desk.forms import NewPersonForm

FOUND = "desk.person_found"
MATTERS = 20


def found_mark(visit: Visit, person_id: UUID) -> str:
    """Shows that this session found the person by her whole number, wherever she lives. Holds in no other session."""
    return get_vault().index(f"{visit.actor.session_id}:{person_id}", purpose=FOUND)[:32]


def found_address(visit: Visit, person_id: UUID) -> str:
    """The card of somebody whom the search has just found."""
    return visit.url("desk:person", person=person_id, found=found_mark(visit, person_id))


def person_address(visit: Visit, name: str, person_id: UUID) -> str:
    """A page about this person; the way by which she was reached goes along."""
    found = found_mark(visit, person_id) if visit.query("found") else ""
    return visit.url(f"desk:{name}", person=person_id, found=found)


def no_person() -> Refused:
    """Absent and forbidden look alike."""
    return Refused("desk.no_person", N_("Nobody here whom you may see. Look for her by her whole number."), status=404)


async def _load(visit: Visit, text: str) -> PersonInfo:
    try:
        person = await find_person(UUID(text))
    except ValueError:
        person = None
    if person is None or person.erased_at is not None or not await _in_sight(visit, UUID(text), person):
        raise no_person()
    return person


async def _in_sight(visit: Visit, asked: UUID, person: PersonInfo) -> bool:
    """She lives where this colleague works, was found by her number, or has a matter that the colleague may see."""
    mark = visit.query("found", longest=40)
    if mark and compare_digest(mark.encode(), found_mark(visit, asked).encode()):
        return True
    if person.home_area_id is not None:
        path = (await get_area(person.home_area_id)).path
        if any(grant.area_path is None or path.startswith(grant.area_path) for grant in _grants(visit)):
            return True
    ids = await same_person_ids(person.id)
    seen = visible_matters(visit.actor, all_flows())
    return bool(_grants(visit)) and await MatterRow.filter(seen, applicant_id__in=ids).exists()


def _grants(visit: Visit) -> tuple[GrantHeld, ...]:
    return visit.actor.grants_with(PEOPLE)


PERSON = Loader(_load)


@dataclass(frozen=True, slots=True)
class HerMatter:
    """One of her matters that this colleague may see."""

    title: str
    code: str
    icon: str
    state: str
    tag: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Her card, masked. Addresses are empty where this colleague may not."""

    template: ClassVar[str] = "desk/person.html"
    shell: ClassVar[str] = "desk"
    slots: ClassVar[tuple[str, ...]] = ("desk.person",)

    title: str
    person: PersonInfo
    card: PersonCard
    matters: list[HerMatter]
    number_href: str
    phone_href: str
    slip_href: str
    merge_href: str


async def show_person(visit: Visit, person: PersonInfo) -> PersonPage:
    """Masked; the whole number is read on a page of its own, with a reason."""
    card = await card_of(person.id)
    may_read, may_change = visit.actor.may(REVEAL), visit.actor.may(CHANGE)
    return PersonPage(
        title=card.name or _("Name not known"),
        person=person,
        card=card,
        matters=await _matters(visit, person.id),
        number_href=person_address(visit, "number", person.id) if may_read and card.id_number else "",
        phone_href=person_address(visit, "phone", person.id) if may_read and card.phone else "",
        slip_href=person_address(visit, "slip", person.id) if may_change else "",
        merge_href=person_address(visit, "merge", person.id) if may_change else "",
    )


async def _matters(visit: Visit, person_id: UUID) -> list[HerMatter]:
    ids = await same_person_ids(person_id)
    seen = visible_matters(visit.actor, all_flows())
    rows = await MatterRow.filter(seen, applicant_id__in=ids).order_by("-id").limit(MATTERS)
    return [made for row in rows if (made := _matter(row)) is not None]


def _matter(row: MatterRow) -> HerMatter | None:
    flow = find_flow(row.flow)
    if flow is None:
        return None
    state = flow.state(row.state)
    return HerMatter(title_of(row), row.code, flow.icon, str(state.title), state.tag)


@dataclass(frozen=True, slots=True)
class NewPersonPage:
    """The box. `doubles` are those who may be her; then the form asks which."""

    template: ClassVar[str] = "desk/new_person.html"
    shell: ClassVar[str] = "desk"

    title: str
    form: FormView
    doubles: tuple[PersonCard, ...] = field(default=())


async def show_new(visit: Visit) -> NewPersonPage:
    """Empty, at home in the colleague's own place."""
    return NewPersonPage(_("Enter a person"), await _new_form(visit))


async def _new_form(visit: Visit, values: object = None, doubles: tuple[PersonCard, ...] = ()) -> FormView:
    places = [(area.code, area.name, "") for area in await _places(visit)]
    choices = {"area": [("", _("not known"), ""), *places], "use": [(str(d.id), d.name, _told(d)) for d in doubles]}
    choices["use"].append(("new", _("None of them: enter her anew"), ""))
    return visit.form(NewPersonForm, visit.url("desk:enter"), values=values, choices=choices)


def _told(card: PersonCard) -> str:
    return " · ".join(part for part in (card.id_number, card.phone, card.home_area) if part)


async def _places(visit: Visit) -> list[AreaInfo]:
    """The villages and communities where this colleague works."""
    paths = {grant.area_path for grant in visit.actor.grants_with(CHANGE)}
    found: dict[UUID, AreaInfo] = {}
    for path in sorted(path or "/" for path in paths):
        found |= {area.id: area for area in await list_below(path) if area.kind not in ("county", "grid")}
    return list(found.values())


async def enter(visit: Visit, form: NewPersonForm) -> See | Shown:
    """Finds or makes her; asks when somebody may be her."""
    area = await find_area(form.area) if form.area else None
    entry = DeskEntry(
        name=form.name,
        id_number=form.id_number.value if form.id_number else "",  # type: ignore[attr-defined]
        phone=form.phone or "",
        home_area_id=area.id if area else None,
        card_seen=form.card_seen,
    )
    anew = form.use == "new"
    use = _chosen(form.use) if form.use and not anew else None
    async with unit_of_work():
        answer = await find_or_create_person(entry, use=use, create_anyway=anew, now=visit.now)
        if answer.person is not None:
            done = "desk.person_entered" if answer.created else "desk.person_completed"
            await record(done, by=visit.actor, object_kind="person", object_id=answer.person.id, now=visit.now)
    if answer.person is None:
        return await _ask_which(visit, answer.doubles)
    told = _("Entered.") if answer.created else _("She was here already. What you typed was added.")
    return See(found_address(visit, answer.person.id), told)


def _chosen(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Refused("desk.use", N_("Choose one of the answers."), status=422, field="use") from wrong


async def _ask_which(visit: Visit, doubles: tuple[PersonCard, ...]) -> Shown:
    values = visit.typed_values(NewPersonForm)
    page = NewPersonPage(_("Enter a person"), await _new_form(visit, values, doubles), doubles)
    return Shown(page, 409)
