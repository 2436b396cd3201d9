"""Sentences that are written again and again: kept in the settings, with a place for the name of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

PAPER: Final = re.compile(r"\{\s*(?:paper|材料)\s*\}")
_PARTS: Final = re.compile(r"[;；\n]+")
MOST: Final = 60
"""More than that nobody looks through."""


def sentences_of(text: str) -> tuple[str, ...]:
    """As the setting has them: parted by semicolons of either width, or lines."""
    return tuple(part.strip() for part in _PARTS.split(text) if part.strip())


def lines_for(sentences: Sequence[str], papers: Iterable[str]) -> list[str]:
    """What may be ticked for a case: each sentence about each of its papers; one without a place, once."""
    names = list(papers)
    about = [PAPER.sub(name, sentence) for name in names for sentence in sentences if PAPER.search(sentence)]
    general = [sentence for sentence in sentences if not PAPER.search(sentence)]
    return list(dict.fromkeys([*about, *general]))[:MOST]


def joined(ticked: Sequence[str], typed: str) -> str:
    """One thing a line, what was ticked first; nothing twice."""
    lines = [line.strip() for line in (*ticked, *typed.splitlines())]
    return "\n".join(dict.fromkeys(line for line in lines if line))
