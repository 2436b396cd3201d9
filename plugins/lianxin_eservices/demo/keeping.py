"""The catalogue as somebody keeps it: one service that was changed and published, one that is being changed."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any, Final

from lianxin.api import Actor, GrantHeld, cards_of, list_grants
from lianxin_eservices.actions.editing import begin_editing, save_content
from lianxin_eservices.actions.going_live import publish_drafts
from lianxin_eservices.models import Item, ItemDraft

CHANGED: Final = "MZ-007"
UNDER_WAY: Final = "MZ-004"
REASON: Final = "旺民发〔2026〕18号：高龄津贴统一打卡发放，不再发现金"

_QUESTIONS: Final[list[dict[str, Any]]] = [
    {
        "code": "CARD",
        "kind": "one_choice",
        "label_zh": "津贴打到哪张卡上？",
        "label_en": "To which card shall the allowance go?",
        "hint_zh": "不再发现金。卡要是老人本人的。",
        "hint_en": "No cash any more. The card has to be the person's own.",
        "choices": [
            {"code": "ssc", "label_zh": "社会保障卡", "label_en": "Social-security card"},
            {"code": "bank", "label_zh": "本人银行卡", "label_en": "The person's own bank card"},
            {"code": "none", "label_zh": "还没有卡", "label_en": "There is no card yet"},
        ],
    },
    {
        "code": "HELP",
        "kind": "yes_no",
        "label_zh": "要我们上门帮老人办卡吗？",
        "label_en": "Shall we come and help with getting a card?",
        "shown_when": "CARD = none",
    },
]
_PROPOSED: Final[dict[str, Any]] = {
    "code": "EVENT",
    "kind": "one_choice",
    "label_zh": "家里出了什么事？",
    "label_en": "What happened?",
    "choices": [
        {"code": "fire", "label_zh": "火灾、水灾", "label_en": "Fire or flood"},
        {"code": "illness", "label_zh": "突发重病", "label_en": "Sudden serious illness"},
        {"code": "accident", "label_zh": "交通事故等意外", "label_en": "An accident"},
        {"code": "other", "label_zh": "别的急事", "label_en": "Something else"},
    ],
}


async def fill_keeping(now: datetime) -> None:
    """By whoever holds the role in the demo, through the real actions."""
    grants = await list_grants(now, role="catalogue_editor")
    if not grants:
        return
    person_id = grants[0].person_id
    name = (await cards_of([person_id], masked=False))[person_id].name
    by = Actor(person_id=person_id, name=name, staff=True, grants=(GrantHeld("catalogue_editor"),))
    row = await _change(CHANGED, _QUESTIONS, by, now)
    await publish_drafts({row.id: row.revision}, reason=REASON, by=by, now=now)
    await _change(UNDER_WAY, [_PROPOSED], by, now)


async def _change(code: str, asked: list[dict[str, Any]], by: Actor, now: datetime) -> ItemDraft:
    item = await Item.get(code=code)
    draft = await ItemDraft.get(id=await begin_editing(item.id, by=by, now=now))
    content = copy.deepcopy(draft.content) | {"questions": asked}
    await save_content(draft.id, content, revision=draft.revision, subject="questions", by=by, now=now)
    return await ItemDraft.get(id=draft.id)
