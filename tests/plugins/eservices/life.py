"""A life event with a telephone in the hand: ticks, consent, the one form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from lianxin.api import Actor
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices.actions import drafting
from lianxin_eservices.models import Draft
from lianxin_eservices.queries.drafts import DraftView, view_draft
from lianxin_eservices.queries.items import list_published
from lianxin_eservices.queries.life import Wish
from lianxin_eservices.rules.application import PHOTOS, SELF, Answers
from tests.plugins.eservices.applying import followed
from tests.plugins.eservices.people import herself

RETIREMENT = ("RS-003", "RS-008", "MZ-008")
LIFE = "/eservices/life/ageing/apply"


def ticks(codes: Sequence[str]) -> str:
    """As they stand in the address."""
    return "?" + "&".join(f"part={code}" for code in codes)


async def begin(client: SiteClient, codes: Sequence[str] = RETIREMENT, where: str = LIFE) -> str:
    """Agrees for these parts; the address of the first open question."""
    page = where + ticks(codes)
    sent = await client.submit(page, {"agree": "yes"}, page=page)
    assert sent.status_code == 303, sent.text
    return await followed(client, sent.headers["location"])


async def wish_for(*codes: str, chosen: Sequence[str] = ()) -> Wish:
    """These services as a retirement, whatever the event offers."""
    items = {item.guide.code: item for item in await list_published()}
    return Wish("life:ageing", tuple(items[code] for code in codes), tuple(chosen or codes))


async def read(draft_id: UUID) -> DraftView:
    """The draft as it stands."""
    return await view_draft(await Draft.get(id=draft_id))


async def ready(site: TestSite, person_id: UUID, wish: Wish, by: Actor | None = None, **said: Any) -> DraftView:
    """A draft in which nothing is open: yes to every condition, every paper is brought to the desk."""
    by, now = by or herself(person_id), site.clock()
    draft_id = await drafting.begin(wish, person_id, by=by, channel="web", language="zh_Hans", now=now)
    draft = await read(draft_id)
    conditions = {key: True for part in draft.parts for key in part.rule.conditions.values()}
    answers = Answers(**{"whom": SELF, "phone": "", "conditions": conditions, **said})
    await drafting.save_answers(draft, answers, "review", now=now)
    for one in (await read(draft_id)).asked:
        if one.step.startswith(PHOTOS):
            await drafting.save_photos(draft, one.key, (), later=True, step="review", by=by, now=now)
    return await read(draft_id)
