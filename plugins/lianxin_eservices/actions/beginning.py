"""An application begins: the consents are kept, the draft is opened with its services, or found again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lianxin.api import N_, Actor, Refused, get_settings, get_vault, give_consent, unit_of_work, uuid7
from lianxin_eservices.models import Draft, DraftPart
from lianxin_eservices.queries.authorisations import covers
from lianxin_eservices.queries.drafts import TABLE, find_desk_draft, find_draft, find_proxy_draft
from lianxin_eservices.queries.items import DEPARTMENTS, PublishedItem
from lianxin_eservices.queries.life import Wish, only
from lianxin_eservices.rules.application import Answers
from lianxin_eservices.rules.authorisation import Leave
from lianxin_eservices.rules.bundle import parts_of
from lianxin_eservices.rules.consent import VERSION, consent_purpose, consent_text
from lianxin_eservices.settings import EservicesSettings


async def begin(
    wish: Wish | PublishedItem, person_id: UUID, *, by: Actor, channel: Any, language: str, now: datetime
) -> UUID:
    """Keeps the consents and opens a draft, or finds the one that is open; its services are then those of this wish.

    `channel` is "web", or how the desk was told; the colleague at the desk is then the witness. Answers the draft's id.
    Raises Refused where one has to come (at the desk she has), for nothing chosen, and for a colleague's own
    application at her own desk.
    """
    wish = only(wish) if isinstance(wish, PublishedItem) else wish
    desk = channel != "web"
    check_wish(wish, desk=desk)
    if desk and person_id in by.person_ids:
        raise Refused(
            "eservices.own", N_("You can't enter your own application at the desk. Apply as a resident."), status=403
        )
    made_by_id = by.person_id if desk else None
    async with unit_of_work():
        await _agree(wish, person_id, made_by_id, channel, language, now)
        found = await (
            find_desk_draft(person_id, wish.subject, made_by_id)
            if made_by_id
            else find_draft((person_id, *by.merged_ids), wish.subject)
        )
        draft_id = found.id if found else await _insert(wish, person_id, made_by_id, now)
        await _choose(draft_id, wish)
    return draft_id


async def begin_for(leave: Leave, wish: Wish | PublishedItem, *, by: Actor, language: str, now: datetime) -> UUID:
    """The same by a proxy who may act for the person: she read the text out to her. Answers the draft's id."""
    assert by.person_id is not None  # the route asks for somebody signed in
    wish = only(wish) if isinstance(wish, PublishedItem) else wish
    if not all(item.online and covers(leave, by.person_id, item, now) for item in wish.items):
        said = N_("You may not act for this person in this matter. She or he has to allow it, or to come.")
        raise Refused("eservices.not_for_this", said, status=403)
    check_wish(wish, desk=False)
    async with unit_of_work():
        await _agree(wish, leave.person_id, by.person_id, "web", language, now)
        found = await find_proxy_draft(leave.person_id, wish.subject, by.person_id)
        if found is None:
            draft_id = await _insert(wish, leave.person_id, by.person_id, now, authorisation_id=leave.id)
        else:
            # Begun under an earlier authorisation, or this one: the one in force counts.
            draft_id = found.id
            await Draft.filter(id=draft_id, ended_at=None).update(authorisation_id=leave.id)
        await _choose(draft_id, wish)
    return draft_id


def check_wish(wish: Wish, *, desk: bool) -> None:
    """Raises Refused (422) where nothing is chosen, (409) for what cannot be applied for from home."""
    if not wish.items:
        text = N_("Choose at least one of the services.")
        raise Refused("eservices.nothing_chosen", text, status=422, field="parts")
    if not desk and not all(item.online for item in wish.items):
        raise Refused("eservices.come", N_("For this service somebody has to come in person."), status=409)


async def _agree(
    wish: Wish, person_id: UUID, witness_id: UUID | None, channel: Any, language: str, now: datetime
) -> None:
    """A consent for each service: papers given for one are used for another only where both were agreed to.

    At home the page shows the text of what was ticked before; at the desk all is read out.
    """
    shown = wish.items if channel == "web" else wish.offered
    text = consent_text([(item.guide, DEPARTMENTS[item.department].full_name) for item in shown], language)
    for item in wish.items:
        purpose = consent_purpose(item.guide)
        await give_consent(person_id, purpose, VERSION, text, channel=channel, witness_id=witness_id, now=now)


async def _insert(
    wish: Wish, person_id: UUID, made_by_id: UUID | None, now: datetime, authorisation_id: UUID | None = None
) -> UUID:
    draft_id = uuid7()
    days = (await get_settings(EservicesSettings)).draft_days
    row = Draft(
        id=draft_id,
        person_id=person_id,
        made_by_id=made_by_id,
        authorisation_id=authorisation_id,
        subject=wish.subject,
        answers=get_vault().seal(_first_answers(wish).to_text(), table=TABLE, column="answers", row_id=draft_id),
        created_at=now,
        updated_at=now,
        expires_at=now + timedelta(days=days),
    )
    # Two pages may begin at once: the index lets one through, the other finds it.
    await Draft.bulk_create([row], ignore_conflicts=True)
    same = Draft.filter(person_id=person_id, subject=wish.subject, made_by_id=made_by_id, ended_at=None)
    made = await same.filter(authorisation_id=authorisation_id).first()
    assert made is not None  # ours, or the rival's
    return made.id


def _first_answers(wish: Wish) -> Answers:
    """What the event answers by itself; it stands in the review, where she can change it."""
    rules = {part.item.code: part for part in parts_of(item.guide for item in wish.offered)}
    asked = [(rules[each.item].conditions, code) for each in wish.held if each.item in rules for code in each.holds]
    return Answers(conditions={keys[code]: True for keys, code in asked if code in keys})


async def _choose(draft_id: UUID, wish: Wish) -> None:
    """Marks what is chosen. What the event offers since it was begun is added at the end, in its version of now."""
    rows = {row.item_id: row for row in await DraftPart.filter(draft_id=draft_id)}
    new = [item for item in wish.offered if item.id not in rows]
    added = [
        DraftPart(
            draft_id=draft_id,
            item_id=item.id,
            version_id=item.version_id,
            place=place,
            chosen=item.guide.code in wish.chosen,
        )
        for place, item in enumerate(new, start=len(rows))
    ]
    # A rival who began at the same moment has written the same ones.
    await DraftPart.bulk_create(added, ignore_conflicts=True)
    if rows:
        chosen = [item.id for item in wish.items]
        await DraftPart.filter(draft_id=draft_id, item_id__in=chosen).update(chosen=True)
        await DraftPart.filter(draft_id=draft_id).exclude(item_id__in=chosen).update(chosen=False)
