"""Pinyin of Chinese words: full and initials, with care for characters of several readings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import Final

WORDS: Final = {
    "给付": ("ji", "fu"),
    "供给": ("gong", "ji"),
    "补给": ("bu", "ji"),
    "重新": ("chong", "xin"),
    "重复": ("chong", "fu"),
    "重建": ("chong", "jian"),
    "长期": ("chang", "qi"),
    "长寿": ("chang", "shou"),
    "长护": ("chang", "hu"),
    "长住": ("chang", "zhu"),
    "银行": ("yin", "hang"),
    "行业": ("hang", "ye"),
    "会计": ("kuai", "ji"),
    "还款": ("huan", "kuan"),
    "归还": ("gui", "huan"),
    "偿还": ("chang", "huan"),
    "调解": ("tiao", "jie"),
    "调整": ("tiao", "zheng"),
    "音乐": ("yin", "yue"),
    "学校": ("xue", "xiao"),
    "便宜": ("pian", "yi"),
    "扶着": ("fu", "zhe"),
    "折旧": ("zhe", "jiu"),
    "处分": ("chu", "fen"),
    "参差": ("cen", "ci"),
    "传记": ("zhuan", "ji"),
    "率先": ("shuai", "xian"),
    "角色": ("jue", "se"),
    "朝夕": ("zhao", "xi"),
    "记载": ("ji", "zai"),
}
"""Words whose reading is not that of their characters alone."""

ALSO: Final = {
    "给": ("gei", "ji"),
    "重": ("zhong", "chong"),
    "长": ("zhang", "chang"),
    "血": ("xue", "xie"),
    "行": ("xing", "hang"),
    "还": ("hai", "huan"),
    "参": ("can", "shen"),
    "调": ("diao", "tiao"),
    "会": ("hui", "kuai"),
    "乐": ("le", "yue"),
    "假": ("jia", "jie"),
    "约": ("yue", "yao"),
}
"""Characters of two everyday readings: people type either, so either is found."""


def readings(squashed: str) -> Iterator[tuple[str, ...]]:
    """The reading first, then each with one character read the other way. Letters and digits stay whole."""
    pieces = list(_pieces(squashed))
    base = tuple(sound for _, sound in pieces)
    yield base
    for position, (char, sound) in enumerate(pieces):
        for other in ALSO.get(char, ()):
            if other != sound:
                yield (*base[:position], other, *base[position + 1 :])


def initials(sounds: tuple[str, ...]) -> str:
    """`yang lao bao xian` → `ylbx`; a piece of digits stays whole (`4050`)."""
    return "".join(sound if sound[0].isdigit() else sound[0] for sound in sounds)


def folded(letters: str) -> str:
    """One spelling for what many here pronounce and type alike: zh/z, ch/c, sh/s, ng/n, l/n, ü/v/u."""
    for written, heard in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("v", "u")):
        letters = letters.replace(written, heard)
    return letters


def marked(sounds: tuple[str, ...]) -> str:
    """Syllables between marks, so that a part matches at their borders only: `'di'bao'`."""
    return "'" + "'".join(sounds) + "'"


def _pieces(squashed: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(squashed):
        word = squashed[position : position + 2]
        if word in WORDS:
            yield from zip(word, WORDS[word], strict=True)
            position += 2
        elif squashed[position].isascii():
            end = position
            while end < len(squashed) and squashed[end].isascii():
                end += 1
            yield squashed[position:end], squashed[position:end]
            position = end
        else:
            yield squashed[position], _sound(squashed[position])
            position += 1


@cache
def _sound(char: str) -> str:
    """The commonest reading of one character; what has none stands for itself."""
    # The phrase table of pypinyin takes 44 MB in every process; WORDS above does its work for us.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return lazy_pinyin(char)[0] or char
