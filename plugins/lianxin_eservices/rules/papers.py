"""Which papers may be kept for a person's next application, for how long, and the text to which she agrees."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from lianxin_eservices.rules.authorisation import last_moment
from lianxin_eservices.rules.item import Material
from lianxin_eservices.rules.plain import Text

VERSION: Final = "1"
PURPOSE: Final = "eservices.papers"
MONTH: Final = 30
"""Days, as the text that she agrees to says it."""

_OF_OTHERS: Final = ("全家", "孩子", "监护人", "父母", "双方", "成员", "亲属", "死亡", "火化", "出生")
_OF_ONE_MATTER: Final = ("申请", "承诺", "声明", "授权", "同意", "票据", "清单", "备案", "贷款", "购车", "转诊")
_SOON_OLD: Final = ("诊断", "病历", "证明", "评估", "意见")
_PICTURES: Final = ("照片", "合影")
SOON_OLD_MONTHS: Final = 3
PICTURE_MONTHS: Final = 6


def months_kept(material: Material, usual: int) -> int:
    """For how many months a paper is kept, 0 where it is not; `usual` is what the county says for cards and books.

    Personal Information Protection Law, articles 6 and 19: no longer than what it is kept for needs. What the station
    provides, what belongs to one matter, and what is about others than the person herself is not kept.
    """
    name = material.name.zh
    if not material.to_prepare or any(word in name for word in (*_OF_OTHERS, *_OF_ONE_MATTER)):
        return 0
    # 残疾人证, 身份证 and the like are cards: what is a certificate of today says 证明.
    if any(word in name for word in _SOON_OLD):
        return min(usual, SOON_OLD_MONTHS)
    return min(usual, PICTURE_MONTHS) if any(word in name for word in _PICTURES) else usual


def valid_until(now: datetime, months: int) -> datetime:
    """The last moment of the day on which a paper that is kept now ends. Raises ValueError for less than a month."""
    if months < 1:
        raise ValueError("a paper is kept for at least a month")
    return last_moment(now, months * MONTH)


def still_valid(until: datetime, now: datetime) -> bool:
    """Whether a kept paper may be offered; on the last day it may."""
    return now < until


def day_before(until: datetime) -> datetime:
    """A moment of the last day, to be shown as its date."""
    return until - timedelta(seconds=1)


# Personal Information Protection Law, articles 14, 17 and 29: a consent of its own, what for, how long, who sees it.
_TEXT: Final = Text(
    "我同意为我保存这些材料，下次办事可以再用：{papers}。最多保存{months}个月，体检、病历、证明一类{soon}个月，照片{picture}个月，"
    "到期自动删除。加密保存，只有我看得到；我每次说可以用，办那件事的人才看得到。每次用在哪里都有记录。我随时可以删除。",
    "Keep these papers of mine for my next application: {papers}. For at most {months} months, certificates and "
    "medical papers {soon}, photos of me {picture}; then they are erased. Encrypted, and only I see them; staff see "
    "one when I say that it may be used for their matter. Each use is written down. I may remove them at any time.",
)


def keep_text(papers: tuple[str, ...], usual: int, language: str) -> str:
    """The whole text beside the tick (the desk reads it out), of which the fingerprint is kept."""
    listed = (", " if language.startswith("en") else "、").join(papers)
    return _TEXT.in_language(language).format(
        papers=listed,
        months=usual,
        soon=min(usual, SOON_OLD_MONTHS),
        picture=min(usual, PICTURE_MONTHS),
    )
