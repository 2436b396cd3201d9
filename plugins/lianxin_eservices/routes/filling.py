"""What the plugin puts into places of other pages."""

from __future__ import annotations

from lianxin.api import Visit, get_settings
from lianxin_eservices.access import HANDLE
from lianxin_eservices.pages import Begin, Begun, Chip, MyDrafts, Popular
from lianxin_eservices.queries.catalogue import popular
from lianxin_eservices.queries.drafts import list_drafts
from lianxin_eservices.queries.life import event_rows, list_offers
from lianxin_eservices.settings import EservicesSettings


async def fill_home(visit: Visit, _page: object) -> Popular | None:
    """For the first page: what many people come for, and what happens in a life."""
    settings = await get_settings(EservicesSettings)
    rows = await popular(settings.popular, visit.language)
    events = tuple(
        Chip(row.title, visit.url("eservices:life", event=row.code), current=False)
        for row in event_rows(await list_offers(), visit.language)
    )
    return Popular(rows, events) if rows else None


async def fill_account(visit: Visit, _page: object) -> MyDrafts | None:
    """For the account: what was begun and not sent."""
    if visit.actor.person_id is None:
        return None
    rows = tuple(
        Begun(
            name.in_language(visit.language),
            visit.url("eservices:question", draft=draft.id, step=draft.step or "next"),
            draft.updated_at,
        )
        for draft, name in await list_drafts(visit.actor.person_ids)
    )
    return MyDrafts(rows) if rows else None


async def fill_counter(visit: Visit, _page: object) -> Begin | None:
    """For the counter, while somebody is served: an application can be begun for her."""
    return Begin(visit.url("eservices:desk_new")) if visit.actor.may(HANDLE) else None
