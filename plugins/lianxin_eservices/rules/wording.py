"""What people type, brought to one form: width, case, marks, spaces, and the words around the wish."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 64
"""Characters of a query that count; more is a pasted letter."""

# Longest first within each list; what a person says around the thing that she wants.
BEFORE: Final = (
    *("我想知道", "我想问一下", "请问一下", "问一下", "我家里", "麻烦问", "怎么申请", "怎么办理", "怎么样"),
    *("在哪里", "到哪里", "去哪里", "哪里能", "哪里可以", "咋个", "咋样", "怎样", "怎么", "如何", "哪里"),
    *("在哪", "去哪", "到哪", "请问", "您好", "你好", "麻烦", "帮我", "给我", "我想", "我要", "我们", "我家"),
    *("想要", "需要", "可以", "能不能", "可不可以", "关于", "咨询", "申请", "办理", "办个", "办", "查询"),
    *("查", "想", "要", "去", "给", "我", "能", "咋", "领取", "领"),
)
AFTER: Final = (
    *("需要什么材料", "要什么材料", "要带什么材料", "需要带什么", "要带什么", "需要什么", "要准备什么"),
    *("怎么办理", "怎么申请", "怎么领取", "怎么弄", "怎么办", "怎么领", "怎么交", "在哪里办", "去哪里办"),
    *("在哪办", "去哪办", "到哪办", "咋个办", "咋办", "咋弄", "多少钱", "有哪些", "是什么", "什么条件"),
    *("的材料", "的流程", "的手续", "的条件", "材料", "流程", "手续", "条件", "事情", "的事", "一下"),
    *("可以吗", "可以不", "行不行", "怎么", "咋个", "办理", "申请", "吗", "呢", "啊", "呀", "嘛", "吧", "的", "么"),
)
FILLERS: Final = frozenset(
    re.findall(
        r"\w+",
        """
        a an and any application apply are at be can do does for form from get give have help how i id im in
        is it look me my need no of on or our please s t that the there this to u want was we what when
        where which who why will with you your
        """,
    )
)
"""English words that name no service."""


def plain_words(text: str) -> list[str]:
    """Half-width, lower case, without accents and punctuation, split where these stood."""
    bare = unicodedata.normalize("NFKD", text)
    kept = (char for char in bare if not unicodedata.combining(char))
    return "".join(char if char.isalnum() else " " for char in "".join(kept).casefold()).split()


def squash(text: str, *, most: int | None = LONGEST) -> str:
    """The same in one piece: `Gaoling  JINTIE` and `gaolingjintie` are one."""
    return "".join(plain_words(text))[:most]


def wish(squashed: str) -> str:
    """`我想办养老保险` → `养老保险`; what would leave fewer than two characters stays as it is."""
    core = squashed
    while shorter := _without_one(core):
        core = shorter
    return core


def _without_one(core: str) -> str | None:
    for word in BEFORE:
        if core.startswith(word) and len(core) - len(word) >= 2:
            return core[len(word) :]
    for word in AFTER:
        if core.endswith(word) and len(core) - len(word) >= 2:
            return core[: -len(word)]
    return None


def bigrams(squashed: str) -> frozenset[str]:
    """Neighbouring pairs; the unit of Chinese search here (two-character words are the commonest queries)."""
    return frozenset(squashed[i : i + 2] for i in range(len(squashed) - 1))


def is_latin(squashed: str) -> bool:
    """True for letters and digits that could be pinyin, initials or English."""
    return squashed.isascii() and squashed.isalnum()
