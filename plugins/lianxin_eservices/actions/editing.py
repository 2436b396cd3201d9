"""The next version of an item: begun, changed, tried, thrown away; published in actions/going_live.py."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from lianxin.api import N_, Actor, Refused, get_vault, record, unit_of_work, uuid7
from lianxin_eservices.models import Item, ItemDraft, ItemVersion, Trial
from lianxin_eservices.queries.editing import TRIAL_TABLE
from lianxin_eservices.rules.application import Answers
from lianxin_eservices.rules.catalogue import item_to_json
from lianxin_eservices.rules.faults import ITEM_CODE
from lianxin_eservices.rules.item import ServiceItem


def _someone(by: Actor) -> UUID:
    assert by.person_id is not None  # the routes ask for a permission, which nobody holds without a session
    return by.person_id


async def begin_editing(item_id: UUID, *, by: Actor, now: datetime) -> UUID:
    """A draft of what is live now, or the one that is open. Answers its id."""
    async with unit_of_work():
        item = await Item.get(id=item_id)
        if item.current_id is None:
            raise Refused("eservices.no_version", N_("This service was never published. Go on with its draft."))
        version = await ItemVersion.get(id=item.current_id)
        return await _open(item.id, version.id, version.content, by, now)


async def _open(item_id: UUID, based_on: UUID | None, content: Mapping[str, Any], by: Actor, now: datetime) -> UUID:
    row = ItemDraft(
        item_id=item_id,
        based_on_id=based_on,
        content=dict(content),
        edited_by=[str(_someone(by))],
        created_at=now,
        updated_at=now,
    )
    # Two may begin at once: the index lets one through, the other finds it.
    await ItemDraft.bulk_create([row], ignore_conflicts=True)
    made = await ItemDraft.get(item_id=item_id)
    if made.id == row.id:
        await _note("begun", item_id, by, now)
    return made.id


async def _note(deed: str, item_id: UUID, by: Actor, now: datetime, **detail: object) -> None:
    await record(f"eservices.item_{deed}", by=by, object_kind="item", object_id=item_id, detail=detail, now=now)


async def make_item(
    like: Mapping[str, Any], *, code: str, slug: str, plain_name: tuple[str, str], by: Actor, now: datetime
) -> str:
    """A new service as a draft, copied from one that is like it. Nothing is public before it is published."""
    if not ITEM_CODE.match(code):
        raise Refused(
            "eservices.bad_code", N_("A code is like MZ-020: letters, a hyphen, digits."), status=422, field="code"
        )
    content = copy.deepcopy(dict(like)) | {
        "code": code,
        "slug": slug,
        "provenance": "sample",
        "plain_name_zh": plain_name[0],
        "plain_name_en": plain_name[1],
        "name_zh": plain_name[0],
        "name_en": plain_name[1],
    }
    async with unit_of_work():
        for field, value, text in (
            ("code", code, N_("This code is taken. Choose another.")),
            ("slug", slug, N_("This address is taken. Choose another.")),
        ):
            if await Item.filter(**{field: value}).exists():
                raise Refused("eservices.taken", text, status=422, field=field)
        last = await Item.all().order_by("-position").first()
        item = Item(code=code, slug=slug, department=content["department"], position=last.position + 1 if last else 0)
        await item.save(force_create=True)
        await _open(item.id, None, content, by, now)
    return code


async def save_content(
    draft_id: UUID, content: Mapping[str, Any], *, revision: int, subject: str, by: Actor, now: datetime
) -> None:
    """Keeps the draft as it is now. Refused when somebody else changed it since it was read."""
    async with unit_of_work():
        row = await ItemDraft.get_or_none(id=draft_id)
        editors = sorted({*(row.edited_by if row else ()), str(_someone(by))})
        done = await ItemDraft.filter(id=draft_id, revision=revision).update(
            content=dict(content), edited_by=editors, revision=revision + 1, updated_at=now
        )
        if row is None or done == 0:
            text = N_("Somebody else changed this draft meanwhile. Look at it as it is now, then change it again.")
            raise Refused("eservices.draft_changed", text, status=409)
        await _note("changed", row.item_id, by, now, subject=subject)


async def drop_item_draft(draft_id: UUID, *, by: Actor, now: datetime) -> None:
    """Throws a draft away; a service that was never published goes with it."""
    async with unit_of_work():
        row = await ItemDraft.get_or_none(id=draft_id)
        if row is None:
            raise Refused("eservices.no_item_draft", N_("This draft was published or thrown away."), status=404)
        await ItemDraft.filter(id=draft_id).delete()
        await _note("draft_dropped", row.item_id, by, now)
        await Item.filter(id=row.item_id, current_id=None).delete()


async def import_items(items: Iterable[ServiceItem], *, by: Actor, now: datetime) -> int:
    """Makes drafts of all that differ from what is live, over those that are open. Answers how many."""
    made = 0
    async with unit_of_work():
        rows = {row.code: row for row in await Item.all()}
        live = {row.id: row for row in await ItemVersion.filter(id__in=[each.current_id for each in rows.values()])}
        slugs = {row.slug: row.code for row in rows.values()}
        for guide in items:
            if slugs.get(guide.slug, guide.code) != guide.code:
                text = N_("The address “%(slug)s” belongs to another service: %(other)s.")
                raise Refused(
                    "eservices.slug_taken", text, status=422, field="file", slug=guide.slug, other=slugs[guide.slug]
                )
            made += await _import(rows.get(guide.code), live, guide, len(rows) + made, by, now)
        await record("eservices.items_imported", by=by, detail={"drafts": made}, now=now)
    return made


async def _import(
    row: Item | None,
    live: Mapping[UUID, ItemVersion],
    guide: ServiceItem,
    position: int,
    by: Actor,
    now: datetime,
) -> bool:
    content = item_to_json(guide)
    version = live.get(row.current_id) if row is not None and row.current_id is not None else None
    if version is not None and version.content == content:
        return False
    if row is None:
        row = Item(code=guide.code, slug=guide.slug, department=guide.department, position=position)
        await row.save(force_create=True)
    await ItemDraft.filter(item_id=row.id).delete()
    await _open(row.id, version.id if version else None, content, by, now)
    return True


async def keep_trial(draft_id: UUID, answers: Answers, papers: Iterable[str], *, by: Actor, now: datetime) -> None:
    """What was answered in a trial run so far. No application comes of it."""
    async with unit_of_work():
        row = await Trial.get_or_none(item_draft_id=draft_id, person_id=_someone(by))
        row_id = row.id if row else uuid7()
        sealed = get_vault().seal(answers.to_text(), table=TRIAL_TABLE, column="answers", row_id=row_id)
        if row is None:
            row = Trial(id=row_id, item_draft_id=draft_id, person_id=_someone(by), papers=[], updated_at=now)
            row.answers = sealed
            row.papers = sorted(papers)
            await Trial.bulk_create([row], ignore_conflicts=True)
        else:
            await Trial.filter(id=row_id).update(answers=sealed, papers=sorted(papers), updated_at=now)


async def end_trial(draft_id: UUID, *, by: Actor) -> None:
    """Forgets the trial run."""
    async with unit_of_work():
        await Trial.filter(item_draft_id=draft_id, person_id=_someone(by)).delete()
