"""Reading in full with a reason, sign-in slips, joining two entries of one person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from markupsafe import Markup

from lianxin.api import (
    N_,
    FormView,
    PersonCard,
    PersonInfo,
    PersonRow,
    Refused,
    See,
    Shown,
    Visit,
    _,
    card_of,
    cards_of,
    get_vault,
    happened,
    make_slip,
    merge_people,
    phones_of,
    qr_markup,
    record,
    show_phone,
    undo_merge,
    unit_of_work,
)
from lianxin.shells.desk.forms import MergeForm, PressForm, RevealForm
from lianxin.shells.desk.people import found_address, no_person, person_address


@dataclass(frozen=True, slots=True)
class RevealPage:
    """The reason first; then, once, what was asked for (`shown`)."""

    template: ClassVar[str] = "desk/reveal.html"
    shell: ClassVar[str] = "desk"

    title: str
    card: PersonCard
    back: str
    form: FormView
    shown: str = ""


@dataclass(frozen=True, slots=True)
class SlipPage:
    """A slip to print: told once."""

    template: ClassVar[str] = "desk/slip.html"
    shell: ClassVar[str] = "print"

    title: str
    card: PersonCard
    back: str
    code: str
    expires_at: datetime
    address: str
    qr: Markup


@dataclass(frozen=True, slots=True)
class AskSlipPage:
    """Before one is made: the one before no longer holds."""

    template: ClassVar[str] = "desk/ask_slip.html"
    shell: ClassVar[str] = "desk"

    title: str
    card: PersonCard
    back: str
    form: FormView


@dataclass(frozen=True, slots=True)
class MergePage:
    """Who may be the same person."""

    template: ClassVar[str] = "desk/merge.html"
    shell: ClassVar[str] = "desk"

    title: str
    card: PersonCard
    back: str
    others: tuple[PersonCard, ...]
    form: FormView
    joined: tuple[PersonCard, ...]
    undo: FormView


async def ask_number(visit: Visit, person: PersonInfo) -> RevealPage:
    """The reason is asked first."""
    return await _reveal_page(visit, person, "reveal_number", _("Show the ID number"))


async def ask_phone(visit: Visit, person: PersonInfo) -> RevealPage:
    """The reason is asked first."""
    return await _reveal_page(visit, person, "reveal_phone", _("Show the telephone number"))


async def _reveal_page(visit: Visit, person: PersonInfo, action: str, title: str, shown: str = "") -> RevealPage:
    form = visit.form(RevealForm, person_address(visit, action, person.id))
    back = person_address(visit, "person", person.id)
    return RevealPage(title, await card_of(person.id), back, form, shown)


async def reveal_number(visit: Visit, form: RevealForm, person: PersonInfo) -> Shown:
    """Shown on this answer alone; that it was read, by whom and why, is written down first."""
    row = await PersonRow.get(id=person.id)
    if row.id_number is None:
        raise no_person()
    number = await get_vault().reveal(
        row.id_number,
        table="person",
        column="id_number",
        row_id=row.id,
        subject_id=row.id,
        by=visit.actor.person_id,
        purpose=form.purpose,
        now=visit.now,
        request_id=visit.request_id,
    )
    shown = f"{number[:6]} {number[6:14]} {number[14:]}"
    return Shown(await _reveal_page(visit, person, "reveal_number", _("Show the ID number"), shown))


async def reveal_phone(visit: Visit, form: RevealForm, person: PersonInfo) -> Shown:
    """All her numbers, in the same way."""
    numbers = []
    async with unit_of_work():
        for phone in await phones_of(person.id):
            text = await get_vault().reveal(
                phone.number,
                table="phone",
                column="number",
                row_id=phone.id,
                subject_id=person.id,
                by=visit.actor.person_id,
                purpose=form.purpose,
                now=visit.now,
                request_id=visit.request_id,
            )
            numbers.append(show_phone(text))
    title = _("Show the telephone number")
    return Shown(await _reveal_page(visit, person, "reveal_phone", title, "  ".join(numbers)))


async def ask_slip(visit: Visit, person: PersonInfo) -> AskSlipPage:
    """Says what a slip is good for."""
    back = person_address(visit, "person", person.id)
    form = visit.form(PressForm, person_address(visit, "make_slip", person.id))
    return AskSlipPage(_("Sign-in slip"), await card_of(person.id), back, form)


async def print_slip(visit: Visit, person: PersonInfo) -> Shown:
    """Made and shown once, to be printed."""
    async with unit_of_work():
        slip = await make_slip(person.id, now=visit.now)
        await record("access.slip", by=visit.actor, object_kind="person", object_id=person.id, now=visit.now)
    back = person_address(visit, "person", person.id)
    address, short = visit.full_url("account:slip"), qr_markup(visit.full_url("account:slip", slip=slip.code))
    card = await card_of(person.id)
    return Shown(SlipPage(_("Sign-in slip"), card, back, slip.printed, slip.expires_at, address, short))


async def show_merge(visit: Visit, person: PersonInfo) -> MergePage:
    """Entries with her number, or with her name in her place."""
    others = await _others(person.id)
    choices = [(str(card.id), card.name, _told(card)) for card in others]
    form = visit.form(MergeForm, person_address(visit, "make_merge", person.id), choices={"other": choices})
    back = person_address(visit, "person", person.id)
    joined = tuple((await cards_of(row.id for row in await PersonRow.filter(merged_into_id=person.id))).values())
    undo = visit.form(MergeForm, person_address(visit, "undo_merge", person.id))
    return MergePage(_("Same person?"), await card_of(person.id), back, others, form, joined, undo)


def _told(card: PersonCard) -> str:
    seen = _("ID card seen") if card.seen_by_desk else _("by her own word")
    return " · ".join(part for part in (card.id_number, card.phone, card.home_area, seen) if part)


async def _others(person_id: UUID) -> tuple[PersonCard, ...]:
    row = await PersonRow.get(id=person_id)
    rows = PersonRow.filter(merged_into_id=None, erased_at=None).exclude(id=person_id)
    ids = [each.id for each in await rows.filter(name=row.name, home_area_id=row.home_area_id).limit(20)]
    if row.id_number_key is not None:
        ids += [each.id for each in await rows.filter(id_number_key=row.id_number_key).limit(20)]
    return _in_order(ids, await cards_of(ids))


def _in_order(ids: Iterable[UUID], cards: dict[UUID, PersonCard]) -> tuple[PersonCard, ...]:
    return tuple(cards[each] for each in dict.fromkeys(ids))


async def make_merge(visit: Visit, form: MergeForm, person: PersonInfo) -> See:
    """The entry whose card the desk has seen stays; of two alike, the one that is open."""
    others = {card.id: card for card in await _others(person.id)}
    other = others.get(form.other)
    if other is None:
        raise Refused("desk.merge", N_("Choose an entry."), status=422, field="other")
    own_stays = person.identity == "seen_by_desk" or not other.seen_by_desk
    kept, gone = (person.id, other.id) if own_stays else (other.id, person.id)
    async with unit_of_work():
        merged = await merge_people(kept, gone, now=visit.now)
        await record(
            "desk.people_merged",
            by=visit.actor,
            object_kind="person",
            object_id=kept,
            detail={"gone": gone},
            now=visit.now,
        )
        await happened(merged, now=visit.now)
    return See(found_address(visit, kept), _("Joined: it is one person now."))


async def undo(visit: Visit, form: MergeForm, person: PersonInfo) -> See:
    """That was wrong: the other entry is a person of her own again."""
    row = await PersonRow.get_or_none(id=form.other, merged_into_id=person.id)
    if row is None:
        raise Refused("desk.merge", N_("Choose an entry."), status=422, field="other")
    async with unit_of_work():
        undone = await undo_merge(row.id, now=visit.now)
        await record(
            "desk.people_parted",
            by=visit.actor,
            object_kind="person",
            object_id=person.id,
            detail={"parted": row.id},
            now=visit.now,
        )
        await happened(undone, now=visit.now)
    return See(person_address(visit, "person", person.id), _("Taken apart: they are two people again."))
