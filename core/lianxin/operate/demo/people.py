"""Some hundreds of people who might live in the county: made up, the same ones every time.

ID numbers are of an area that was never assigned, telephones of a series that no company has: none is a living
person's. Most are old, as the county is; families share telephones, some have none.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid5

from lianxin.values.identity import IdNumber, make_id_number

SEED: Final = 510821
_SPACE: Final = UUID("5108a1ee-0000-7000-8000-000000000000")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SURNAMES: Final = _words(
    "何 赵 周 李 王 张 刘 陈 杨 罗 向 吴 侯 伏 苟 蒲 昝 米 冯 邓 唐 谭 熊 彭 白 袁 石 严 魏 谢 "
    "孙 蒋 曾 廖 贾 龙 黎 母 梁 鲜"
)
_OLD_WOMEN: Final = _words(
    "桂华 秀英 玉兰 淑珍 桂芳 素华 素清 玉珍 秀兰 碧秀 天秀 国秀 明珍 正秀 光琼 文秀 开珍 德芳 仕珍 兴碧"
)
_OLD_MEN: Final = _words(
    "国华 德明 光荣 建国 文才 正富 开明 天贵 仕全 明友 兴发 大学 永福 长寿 绍清 定国 思成 朝贵 学林 述全"
)
_WOMEN: Final = _words("小梅 丽 敏 燕 雪梅 婷 琼 晓蓉 春艳 静 娟 芳 红梅 雨桐 欣怡 子涵 佳 倩 玲 思琪")
_MEN: Final = _words("勇 军 强 鹏 建军 小龙 伟 波 志强 浩 磊 涛 俊杰 宇轩 子豪 斌 凯 明 杰 洋")
# Names that have broken many a form: characters outside the basic plane, middle dots, two characters, thirty.
_RARE: Final = (
    ("赵𬱖", False),
    ("李𠅤", False),
    ("王㛃", True),
    ("周䶮", False),
    ("陈垚𫟹", False),
    ("杨頔", True),
    ("吉克·阿木", False),
    ("马海·尔布", False),
    ("阿苦·子呷莫", True),
    ("阿依古丽·买买提", True),
    ("买买提江·阿卜杜热合曼", False),
    ("欧阳彦", True),
    ("曲木·阿果·日呷惹·约哈莫·俄木·阿牛·尔古·沙马", True),
)


@dataclass(frozen=True, slots=True)
class PersonSeed:
    """One person. `phone` is E.164 or empty; `seen` says that the desk knows the card; `number` None: never told.

    `silent_days` is for how long nobody has signed in under the telephone.
    """

    key: int
    name: str
    female: bool
    born: date
    number: IdNumber | None
    phone: str
    bound_by: str
    area: str
    seen: bool
    silent_days: int

    @property
    def id(self) -> UUID:
        """The same in every demo, so that other demo data can speak of this person."""
        return demo_id("person", self.key)


def demo_id(kind: str, key: object) -> UUID:
    """An id for a row of the demo: the same every time."""
    return uuid5(_SPACE, f"{kind}:{key}")


def make_people(areas: Sequence[str], favourite: str, today: date, *, count: int = 480) -> list[PersonSeed]:
    """`count` people in families: a quarter in the place of the code `favourite`, the others spread over `areas`."""
    chance = random.Random(SEED)  # noqa: S311 (lifelike, not secret)
    people: list[PersonSeed] = []
    family = 0
    while len(people) < count:
        area = favourite if family % 4 == 0 else areas[family * 7 % len(areas)]
        people += _family(chance, family, len(people), area, today)
        family += 1
    return [*people[: count - 1], _twin(people, count - 1)]


def _twin(people: Sequence[PersonSeed], key: int) -> PersonSeed:
    """The same woman once more: she registered by telephone before the desk knew her. For "same person?"."""
    known = next(seed for seed in people if seed.female and seed.seen and seed.number and not seed.phone)
    return replace(known, key=key, seen=False, phone=_phone(key, 9), bound_by="self")


def _family(chance: random.Random, family: int, first: int, area: str, today: date) -> Iterator[PersonSeed]:
    size = chance.choice((1, 1, 2, 2, 2, 3, 4))
    shared = chance.random() < 0.6
    number = _phone(family, 0) if chance.random() < 0.9 else ""
    surname = chance.choice(_SURNAMES)
    for place in range(size):
        key = first + place
        own = number if shared or place == 0 or not number else _phone(family, place)
        yield _person(chance, key, surname, place, own, area, today)


def _phone(family: int, place: int) -> str:
    # Mobile numbers beginning with 154 were never given out.
    return f"+86154083{family:04d}{place}"


def _person(
    chance: random.Random, key: int, surname: str, place: int, phone: str, area: str, today: date
) -> PersonSeed:
    rare = _RARE[key // 30] if key % 30 == 11 and key // 30 < len(_RARE) else None
    female = rare[1] if rare else (place % 2 == 1) ^ (chance.random() < 0.5)
    ages = ((60, 96), (60, 85), (30, 59)) if place == 0 else ((60, 96), (60, 85), (30, 59), (3, 40))
    age = chance.randint(*chance.choice(ages))
    born = today - timedelta(days=age * 365 + chance.randint(40, 320))
    seen = chance.random() < 0.7
    number = make_id_number(born, key * 2 % 998 + (0 if female else 1)) if seen or chance.random() < 0.8 else None
    name = rare[0] if rare else surname + chance.choice(_given(female, born.year < 1965))
    bound_by = "desk" if age > 70 and chance.random() < 0.5 else "self"
    silent = 400 if key % 15 == 14 else key % 60
    return PersonSeed(key, name, female, born, number, phone, bound_by, area, seen, silent)


def _given(female: bool, old: bool) -> tuple[str, ...]:
    if old:
        return _OLD_WOMEN if female else _OLD_MEN
    return _WOMEN if female else _MEN
