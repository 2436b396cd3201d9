"""Letting somebody act: by a code to the person's telephone, or signed before a colleague; and taking it back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from lianxin.api import (
    N_,
    Actor,
    PersonInfo,
    Refused,
    _,
    bind_phone,
    check_code,
    claim_person,
    format_date,
    get_person,
    get_vault,
    give_files,
    keep,
    people_of_phone,
    record,
    request_code,
    send_code,
    set_maker,
    tell,
    unit_of_work,
    use_language,
    uuid7,
)
from lianxin_eservices import messages
from lianxin_eservices.models import Authorisation, AuthorisationAsked, Case, Draft, GivenMaterial
from lianxin_eservices.queries.items import list_published
from lianxin_eservices.rules.authorisation import RELATIONSHIPS, VERSION, Leave, authorisation_text, last_moment
from lianxin_eservices.rules.days import last_day

ASKED: Final = "eservices_authorisation_asked"
ASKED_FOR: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be allowed: the relationship, which items (codes; none: all), for how many days."""

    relationship: str
    items: tuple[str, ...]
    days: int


async def ask(name: str, phone: str, wanted: Wanted, *, by: Actor, language: str, now: datetime) -> UUID:
    """Sends a code to the person's telephone, with the words what it is for. Answers the id of what was asked.

    Whether anybody is known under that number is told to nobody.
    """
    assert by.person_id is not None  # the route asks for somebody signed in
    asked_id = uuid7()
    row = AuthorisationAsked(
        id=asked_id,
        proxy_id=by.person_id,
        whom=_sealed(name, phone, asked_id),
        relationship=wanted.relationship,
        items=list(wanted.items),
        days=wanted.days,
        created_at=now,
        expires_at=now + ASKED_FOR,
    )
    proxy = (await get_person(by.person_id)).name
    async with unit_of_work():
        await row.save(force_create=True)
        made = await request_code(phone, now=now, bound_to=_bound(asked_id))
        with use_language("zh_Hans" if language != "en" else "en"):
            text = _(
                "%(proxy)s (%(relationship)s) asks to do this for you: %(items)s, until %(until)s. If you want that, "
                "tell her or him this code: %(code)s. If not, tell it to nobody.",
                proxy=proxy or _("Somebody"),
                relationship=str(RELATIONSHIPS[wanted.relationship]),
                items=await items_in_words(wanted.items, language),
                until=format_date(last_day(last_moment(now, wanted.days))),
                code=made.code,
            )
        await send_code(phone, text, now=now)
    return asked_id


def _sealed(name: str, phone: str, asked_id: UUID) -> Any:
    return get_vault().seal(json.dumps([name, phone]), table=ASKED, column="whom", row_id=asked_id)


def whom_asked(row: AuthorisationAsked) -> tuple[str, str]:
    """Name and telephone as the asker typed them."""
    if row.whom is None:
        return "", ""
    name, phone = json.loads(get_vault().open_for_delivery(row.whom, table=ASKED, column="whom", row_id=row.id))
    return name, phone


def _bound(asked_id: UUID) -> str:
    return f"authorisation:{asked_id}"


async def items_in_words(items: Sequence[str], language: str) -> str:
    """The names of the items, or that it is for all."""
    if not items:
        return _("every service for which somebody else may act")
    names = {item.guide.code: item.guide.plain_name.in_language(language) for item in await list_published()}
    return ("、" if language != "en" else ", ").join(names.get(code, code) for code in items)


async def give_by_code(row: AuthorisationAsked, code: str, *, by: Actor, language: str, now: datetime) -> UUID:
    """The code came back: the authorisation is made. Raises Refused (422) for a wrong code, or another's number."""
    name, phone = whom_asked(row)
    await check_code(phone, code, now=now, bound_to=_bound(row.id))
    async with unit_of_work():
        if not await AuthorisationAsked.filter(id=row.id, done_at=None).update(done_at=now, whom=None):
            raise Refused("eservices.asked_done", N_("This was asked already. Begin anew."))
        person_id = await _person_of(name, phone, now)
        wanted = Wanted(row.relationship, tuple(row.items), row.days)
        return await give(person_id, row.proxy_id, wanted, method="code", by=by, language=language, now=now)


async def _person_of(name: str, phone: str, now: datetime) -> UUID:
    """Whoever of that name is reached under the number that was proved just now; else a new person by that word."""
    known = [card for card in await people_of_phone(phone, masked=False) if card.name == name]
    if known:
        return known[0].id
    made = await claim_person(name=name, now=now)
    # Not "self": with the number alone nobody signs in as her; one more fact is asked for.
    await bind_phone(made.person_id, phone, bound_by="desk", now=now)
    return made.person_id


async def give(
    person_id: UUID,
    proxy_id: UUID,
    wanted: Wanted,
    *,
    method: str,
    by: Actor,
    language: str,
    now: datetime,
    file_id: UUID | None = None,
) -> UUID:
    """Writes the authorisation down and tells both. `by` is the witness unless it was given by code."""
    if person_id == proxy_id:
        said = N_("You can't act for yourself. Type the other person's name and number.")
        raise Refused("eservices.act_for_oneself", said, status=422, field="name")
    ends_at = last_moment(now, wanted.days)
    async with unit_of_work():
        person, proxy = await get_person(person_id), await get_person(proxy_id)
        told = await items_in_words(wanted.items, language)
        text = authorisation_text(person.name, proxy.name, told, format_date(last_day(ends_at)), language)
        if file_id is not None:
            await keep([file_id], by.person_id, now)
        row = Authorisation(
            id=uuid7(),
            person_id=person.id,
            proxy_id=proxy.id,
            relationship=wanted.relationship,
            items=list(wanted.items),
            method=method,
            text_version=VERSION,
            text_hash=hashlib.sha256(text.encode()).hexdigest(),
            witness_id=None if method == "code" else by.person_id,
            file_id=file_id,
            starts_at=now,
            ends_at=ends_at,
            created_at=now,
        )
        await row.save(force_create=True)
        await record("eservices.authorise", by=by, object_kind="authorisation", object_id=row.id, now=now)
        await _tell_both(person, proxy, last_day(ends_at), now)
    return row.id


async def _tell_both(person: PersonInfo, proxy: PersonInfo, until: date, now: datetime) -> None:
    for reader, other, kind, path in (
        (person.id, proxy.name, messages.MAY_ACT_FOR_YOU, "/eservices/proxies"),
        (proxy.id, person.name, messages.YOU_MAY_ACT, "/eservices/acting"),
    ):
        await tell(reader, kind, parameters={"name": other, "until": until}, path=path, now=now)


async def revoke(leave: Leave, *, by: Actor, now: datetime) -> None:
    """Takes it back: from the next request on the proxy sees nothing of it, drafts and photos included."""
    async with unit_of_work():
        # The row first: an application that is being sent under it either was sent before, or is refused.
        if not await Authorisation.filter(id=leave.id, ended_at=None).update(ended_at=now):
            return
        await _hide(leave.id, leave.person_id)
        await record("eservices.revoke", by=by, object_kind="authorisation", object_id=leave.id, now=now)
        names = {each: (await get_person(each)).name for each in (leave.person_id, leave.proxy_id)}
        for reader, other in ((leave.person_id, leave.proxy_id), (leave.proxy_id, leave.person_id)):
            kind = messages.ACTS_NO_MORE if reader == leave.person_id else messages.YOU_ACT_NO_MORE
            await tell(reader, kind, parameters={"name": names[other]}, now=now)


async def _hide(authorisation_id: UUID, person_id: UUID) -> None:
    """Cases and photos made under it are the applicant's alone."""
    cases = await Case.filter(authorisation_id=authorisation_id)
    drafts = await Draft.filter(authorisation_id=authorisation_id)
    await set_maker([case.matter_id for case in cases], None)
    papers = await GivenMaterial.filter(matter_id__in=[case.matter_id for case in cases])
    papers += await GivenMaterial.filter(draft_id__in=[draft.id for draft in drafts])
    await give_files([UUID(each) for paper in papers for each in paper.files], person_id)


async def end_run_out(now: datetime) -> int:
    """Ends what has run out, as if it had been taken back. Answers how many."""
    rows = await Authorisation.filter(ended_at=None, ends_at__lte=now).order_by("ends_at").limit(500)
    for row in rows:
        async with unit_of_work():
            if await Authorisation.filter(id=row.id, ended_at=None).update(ended_at=now):
                await _hide(row.id, row.person_id)
    await AuthorisationAsked.filter(expires_at__lt=now, done_at=None).update(done_at=now, whom=None)
    return len(rows)


async def take_draft(draft_id: UUID, *, by: Actor, now: datetime) -> None:
    """The person goes on herself with what her proxy began. Raises Refused."""
    async with unit_of_work():
        row = await Draft.get_or_none(
            id=draft_id, person_id__in=list(by.person_ids), authorisation_id__isnull=False, ended_at=None
        )
        if row is None:
            raise Refused("eservices.no_draft", N_("Nothing under way here any more."), status=404)
        own = await Draft.filter(person_id=row.person_id, subject=row.subject, made_by_id=None, ended_at=None).exists()
        if own:
            text = N_("You have begun the same yourself. Send that one, or throw it away first.")
            raise Refused("eservices.begun_twice", text)
        papers = await GivenMaterial.filter(draft_id=row.id)
        await give_files([UUID(each) for paper in papers for each in paper.files], row.person_id)
        await Draft.filter(id=row.id, ended_at=None).update(made_by_id=None, authorisation_id=None, updated_at=now)
        await record("eservices.take_draft", by=by, object_kind="draft", object_id=row.id, now=now)


async def take_case(matter_id: UUID, *, by: Actor, now: datetime) -> None:
    """The person sees to this case herself from now on; her proxy no longer sees it."""
    async with unit_of_work():
        papers = await GivenMaterial.filter(matter_id=matter_id)
        assert by.person_id is not None  # the route asks for somebody signed in
        await give_files([UUID(each) for paper in papers for each in paper.files], by.person_id)
        await set_maker([matter_id], None)
        await record("eservices.take_case", by=by, object_kind="matter", object_id=matter_id, now=now)
