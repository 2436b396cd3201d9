"""What residents see changes here: drafts published as a whole, an older version set live, a service withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from lianxin.api import N_, Actor, Refused, get_settings, list_organisations, record, unit_of_work
from lianxin_eservices.actions.publishing import BATCH, check_slugs, line_of, mark_edition, publish_items
from lianxin_eservices.models import Item, ItemDraft, ItemVersion
from lianxin_eservices.queries.soundness import all_problems
from lianxin_eservices.rules.catalogue import item_from_json
from lianxin_eservices.rules.item import ServiceItem
from lianxin_eservices.settings import EservicesSettings

MOST_NAMED: Final = 50
"""Codes that one line of the trail names."""


async def publish_drafts(drafts: Mapping[UUID, int], *, reason: str, by: Actor, now: datetime) -> int:
    """Publishes these drafts (id, revision as it was looked at) in one transaction: all of them or none.

    Raises Refused: when one was changed meanwhile, still has a fault, takes another's address, or was edited by who
    publishes where the county wants four eyes.
    """
    four_eyes = (await get_settings(EservicesSettings)).four_eyes
    async with unit_of_work():
        rows = await _take(drafts)
        if four_eyes and any(str(by.person_id) in row.edited_by for row in rows):
            text = N_("You changed this draft yourself. Here somebody else has to publish it.")
            raise Refused("eservices.four_eyes", text, status=409)
        guides = [_sound(item_from_json(row.content)) for row in rows]
        await check_slugs([(row.item_id, guide.slug) for row, guide in zip(rows, guides, strict=True)])
        await publish_items(guides, now=now, by_id=by.person_id, reason=reason, reorder=False)
        await record(
            "eservices.items_published",
            by=by,
            object_kind="item",
            object_id=rows[0].item_id if len(rows) == 1 else None,
            detail={"codes": [guide.code for guide in guides[:MOST_NAMED]], "count": len(rows), "reason": reason},
            now=now,
        )
    return len(rows)


async def _take(drafts: Mapping[UUID, int]) -> list[ItemDraft]:
    """The rows are taken first: of two who publish at once, or publish and save, one comes second."""
    rows: list[ItemDraft] = []
    ids = list(drafts)
    for place in range(0, len(ids), BATCH):
        batch = ids[place : place + BATCH]
        rows += await ItemDraft.filter(id__in=batch).order_by("id").select_for_update()
        await ItemDraft.filter(id__in=batch).delete()
    if {row.id: row.revision for row in rows} != dict(drafts) or not rows:
        text = N_("The draft was changed or published meanwhile. Look at it once more before you publish it.")
        raise Refused("eservices.draft_changed", text)
    return rows


def _sound(guide: ServiceItem) -> ServiceItem:
    problems = all_problems(guide)
    if problems:
        text = N_("%(name)s can't be published yet: %(why)s.")
        name, why = guide.plain_name.zh, str(problems[0].text)
        raise Refused("eservices.faulty", text, status=422, name=name, why=why)
    return guide


async def set_live(version_id: UUID, *, reason: str, by: Actor, now: datetime) -> None:
    """An older version counts again for whoever begins from now on. Its number stays what it was."""
    async with unit_of_work():
        version = await ItemVersion.get(id=version_id)
        if await Item.filter(id=version.item_id, current_id=version_id).exists():
            raise Refused("eservices.live_already", N_("This version is the one that counts already."))
        await check_slugs([(version.item_id, version.content["slug"])])
        await _make_live(version, "set_live", reason, by, now)


async def _make_live(version: ItemVersion, deed: str, reason: str, by: Actor, now: datetime) -> None:
    guide = item_from_json(version.content)
    offices = {one.code: one.id for one in await list_organisations()}
    changes = {"current_id": version.id, "slug": guide.slug, "department": guide.department}
    if guide.department in offices:
        changes["organisation_id"] = offices[guide.department]
    await Item.filter(id=version.item_id).update(**changes)
    await _keep_line(version.item_id, version.id, deed, reason, by, now, number=version.number)


async def _keep_line(
    item_id: UUID, version_id: UUID, deed: str, reason: str, by: Actor, now: datetime, **detail: object
) -> None:
    await mark_edition()
    line = line_of(item_id, version_id, deed, by_id=by.person_id, reason=reason, now=now)
    await line.save(force_create=True)
    await record(
        f"eservices.item_{deed}",
        by=by,
        object_kind="item",
        object_id=item_id,
        detail={"version": version_id, "reason": reason, **detail},
        now=now,
    )


async def withdraw_item(item_id: UUID, *, reason: str, by: Actor, now: datetime) -> None:
    """Nobody can begin it any more; what was begun or sent goes on to its end."""
    await _turn(item_id, ("published", "withdrawn"), "withdrawn", reason, by, now)


async def offer_again(item_id: UUID, *, reason: str, by: Actor, now: datetime) -> None:
    """A service that was withdrawn stands in the list again."""
    await _turn(item_id, ("withdrawn", "published"), "offered", reason, by, now)


async def _turn(item_id: UUID, states: tuple[str, str], deed: str, reason: str, by: Actor, now: datetime) -> None:
    before, after = states
    async with unit_of_work():
        done = await Item.filter(id=item_id, state=before, current_id__isnull=False).update(state=after)
        if not done:
            raise Refused("eservices.turned", N_("Somebody did that already. Look at the service as it is now."))
        item = await Item.get(id=item_id)
        assert item.current_id is not None  # asked for above
        await _keep_line(item_id, item.current_id, deed, reason, by, now)
