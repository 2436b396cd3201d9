"""What whoever keeps the catalogue sees: all items with their state, one item with its draft and its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from lianxin.api import N_, Actor, Refused, card_of, cards_of, get_vault
from lianxin_eservices.models import Item, ItemDraft, ItemVersion, Publication, Trial
from lianxin_eservices.queries.drafts import DraftView, PartView
from lianxin_eservices.queries.items import DEPARTMENTS, PublishedItem, find_items
from lianxin_eservices.queries.soundness import all_problems
from lianxin_eservices.rules.application import AT_DESK, Answers, Known, first_open
from lianxin_eservices.rules.bundle import merged, parts_of
from lianxin_eservices.rules.catalogue import item_from_json
from lianxin_eservices.rules.faults import Problem
from lianxin_eservices.rules.item import ServiceItem

TRIAL_TABLE: Final = "eservices_trial"
STATES: Final = ("all", "live", "draft", "new", "withdrawn")
MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item in the list. `state`: live, new or withdrawn; `draft`: something is being changed."""

    code: str
    title: str
    department: str
    state: str
    draft: bool


@dataclass(frozen=True, slots=True)
class DraftState:
    """The draft of an item: its text as it is now, and what is still wrong with it."""

    id: UUID
    revision: int
    raw: dict[str, Any]
    guide: ServiceItem
    problems: tuple[Problem, ...]
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of an item's history; `by` is empty for the command line."""

    number: int
    version_id: UUID
    deed: str
    reason: str
    by: str
    at: datetime
    live: bool


@dataclass(frozen=True, slots=True)
class ItemFile:
    """All about one item for whoever keeps it."""

    id: UUID
    code: str
    state: str
    live: dict[str, Any] | None
    live_number: int
    draft: DraftState | None

    @property
    def guide(self) -> ServiceItem:
        """The text to show: the draft's, else the live one's."""
        return self.draft.guide if self.draft else item_from_json(self.live or {})


async def list_items(text: str, state: str, language: str) -> tuple[list[ItemLine], dict[str, int], int]:
    """The items found, how many there are of each state, and how many were left out. A fixed number of queries."""
    drafts = {row.item_id: row for row in await ItemDraft.all()}
    rows = await Item.all().order_by("position", "code")
    found = await _found(text, rows, drafts)
    counts = dict.fromkeys(STATES, 0)
    listed: list[Item] = []
    for row in rows:
        states = _states(row, row.id in drafts)
        for each in states:
            counts[each] += 1
        if state in states and (found is None or row.code in found):
            listed.append(row)
    shown = listed[:MOST_SHOWN]
    texts = {each.id: each.content for each in await ItemVersion.filter(id__in=_live_ids(shown))}
    lines = []
    for row in shown:
        draft = drafts.get(row.id)
        content = texts.get(row.current_id) if row.current_id else None
        content = content or (draft.content if draft else {})
        title = content.get("plain_name_en" if language.startswith("en") else "plain_name_zh", row.code)
        office = DEPARTMENTS[row.department].name.in_language(language) if row.department in DEPARTMENTS else ""
        lines.append(ItemLine(row.code, title, office, _states(row, False)[1], draft is not None))
    return lines, counts, len(listed) - len(shown)


def _live_ids(rows: Iterable[Item]) -> list[UUID]:
    return [row.current_id for row in rows if row.current_id is not None]


def _states(row: Item, draft: bool) -> tuple[str, ...]:
    own = "new" if row.current_id is None else "live" if row.state == "published" else "withdrawn"
    return ("all", own, "draft") if draft else ("all", own)


async def _found(text: str, rows: list[Item], drafts: dict[UUID, ItemDraft]) -> set[str] | None:
    """Codes of what a search finds; what is not public is found by a part of its name. None without a search."""
    if not text:
        return None
    hidden = [row for row in rows if row.state != "published" or row.current_id is None]
    contents = {each.item_id: each.content for each in await ItemVersion.filter(id__in=_live_ids(hidden))}
    contents |= {key: row.content for key, row in drafts.items()}
    named = {row.code for row in rows if text in str(contents.get(row.id, {}).get("plain_name_zh", ""))}
    codes = {row.code for row in rows if row.code.startswith(text.upper())}
    return named | codes | {item.guide.code for item in await find_items(text)}


async def get_file(code: str) -> ItemFile:
    """One item. Refused with 404 when there is none of this code."""
    row = await Item.get_or_none(code=code[:20])
    if row is None:
        raise Refused("eservices.no_item", N_("There is no service of this code."), status=404)
    live = await ItemVersion.get(id=row.current_id) if row.current_id else None
    draft = await ItemDraft.get_or_none(item_id=row.id)
    state = _states(row, False)[1]
    return ItemFile(row.id, row.code, state, live.content if live else None, live.number if live else 0, _draft(draft))


def _draft(row: ItemDraft | None) -> DraftState | None:
    if row is None:
        return None
    guide = item_from_json(row.content)
    return DraftState(row.id, row.revision, row.content, guide, tuple(all_problems(guide)), row.updated_at)


async def list_drafts_to_publish() -> list[tuple[str, DraftState]]:
    """(code, draft) of all that is being changed."""
    rows = await ItemDraft.all().select_related("item").order_by("created_at")
    states = [(row.item.code, _draft(row)) for row in rows]
    return [(code, state) for code, state in states if state is not None]


async def history_of(file: ItemFile) -> list[HistoryLine]:
    """What was done with this item, the latest first."""
    rows = await Publication.filter(item_id=file.id).select_related("version").order_by("-at", "-id").limit(50)
    names = {
        key: card.name for key, card in (await cards_of({row.by_id for row in rows if row.by_id}, masked=False)).items()
    }
    current = (await Item.get(id=file.id)).current_id
    return [
        HistoryLine(
            number=row.version.number,
            version_id=row.version_id,
            deed=row.deed,
            reason=row.reason,
            by=names.get(row.by_id, "") if row.by_id else "",
            at=row.at,
            live=row.version_id == current,
        )
        for row in rows
    ]


async def get_version(file: ItemFile, number: str) -> tuple[UUID, dict[str, Any]]:
    """The text of one version of this item. Refused with 404 when there is none of this number."""
    row = await ItemVersion.get_or_none(item_id=file.id, number=int(number)) if number.isdecimal() else None
    if row is None:
        raise Refused("eservices.no_version", N_("There is no version of this number."), status=404)
    return row.id, row.content


def as_published(file: ItemFile, guide: ServiceItem, version_id: UUID) -> PublishedItem:
    """The draft's text in the shape of a published one, so that the same pages can show it."""
    return PublishedItem(file.id, version_id, guide.slug, guide.department, None, guide)


async def trial_view(file: ItemFile, version_id: UUID, by: Actor, now: datetime) -> DraftView:
    """The trial run of this editor: an application under way that nothing comes of. Nothing of her own is known."""
    assert file.draft is not None  # the routes look first
    assert by.person_id is not None  # the routes ask for a permission
    row = await Trial.get_or_none(item_draft_id=file.draft.id, person_id=by.person_id)
    answers, guide = Answers(), file.draft.guide
    if row is not None and row.answers is not None:
        text = get_vault().open_for_delivery(row.answers, table=TRIAL_TABLE, column="answers", row_id=row.id)
        answers = Answers.from_text(text)
    materials = dict.fromkeys(row.papers if row else (), AT_DESK)
    (part,) = parts_of([guide])
    asked = merged([part], answers, Known())
    return DraftView(
        id=file.draft.id,
        person_id=by.person_id,
        made_by_id=None,
        authorisation_id=None,
        subject=guide.code,
        parts=(PartView(file.id, as_published(file, guide, version_id), part, chosen=True),),
        answers=answers,
        materials=materials,
        files={},
        person=await card_of(by.person_id),
        known=Known(),
        asked=asked,
        open_step=first_open(asked, answers, Known(), materials),
        created_at=now,
    )
