"""Several services by one form: what is asked of all of them once, and what each of them gets of the answers.

An answer is kept under a key: the code of the question or paper. Where two services mean different things by one code,
the second has a key of its own. One service alone is a bundle of one: its keys are its codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from lianxin_eservices.rules.application import (
    CONDITION,
    EXTRA,
    PHOTOS,
    Answers,
    Known,
    Question,
    own,
    usual,
)
from lianxin_eservices.rules.item import Material, Necessity, ServiceItem
from lianxin_eservices.rules.question import ExtraQuestion

LIFE: Final = "life:"
"""What the subject of an application begins with when it is a life event; else it is the code of one service."""


@dataclass(frozen=True, slots=True)
class Part:
    """One service of a bundle: its codes to keys, for its own questions, the conditions of papers, and papers."""

    item: ServiceItem
    extras: Mapping[str, str]
    conditions: Mapping[str, str]
    papers: Mapping[str, str]

    def answers(self, said: Answers) -> Answers:
        """What was said to this service's questions, under its own codes."""
        return replace(said, extras=_back(self.extras, said.extras), conditions=_back(self.conditions, said.conditions))

    def states(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """What is kept of this service's papers (states, or files), under its own codes."""
        return _back(self.papers, kept)

    def step(self, question: Question) -> str:
        """At which step of the one form this service's question is asked."""
        keys = {EXTRA: self.extras, CONDITION: self.conditions, PHOTOS: self.papers}
        return next(kind + codes[question.key] for kind, codes in keys.items() if question.step.startswith(kind))


def _back(keys: Mapping[str, str], kept: Mapping[str, Any]) -> dict[str, Any]:
    return {code: kept[key] for code, key in keys.items() if key in kept}


class _Keys:
    """Gives out keys: the same for what is the same, by code and meaning."""

    def __init__(self) -> None:
        self.meanings: dict[str, list[object]] = {}

    def of(self, code: str, meaning: object) -> str:
        """`ID`; where another service means something else by it `ID.2`, which no code can be."""
        known = self.meanings.setdefault(code, [])
        if meaning not in known:
            known.append(meaning)
        place = known.index(meaning)
        return f"{code}.{place + 1}" if place else code


def parts_of(items: Iterable[ServiceItem]) -> tuple[Part, ...]:
    """The parts of a bundle, in order. All that may ever belong to it: keys must not move when one is left out."""
    extras, conditions, papers = _Keys(), _Keys(), _Keys()
    return tuple(
        Part(
            item,
            {one.code: extras.of(one.code, _meaning(one)) for one in item.questions},
            {one.code: conditions.of(one.code, one.question) for one in item.conditional_materials},
            {one.code: papers.of(one.code, one.name) for one in item.materials},
        )
        for item in items
    )


def _meaning(one: ExtraQuestion) -> object:
    return (one.kind, one.label, one.choices)


def merged(parts: Sequence[Part], answers: Answers, known: Known) -> tuple[Question, ...]:
    """All questions of the chosen parts, each once: the usual ones, the services' own, then their papers."""
    asked: dict[str, list[tuple[str, Question]]] = {}
    for part in parts:
        for one in own(part.item, part.answers(answers)):
            asked.setdefault(part.step(one), []).append((part.item.code, one))
    joined = [_joined(step, some, len(parts)) for step, some in asked.items()]
    return (*usual(answers, known), *sorted(joined, key=lambda one: one.extra is None))


def _joined(step: str, some: Sequence[tuple[str, Question]], parts: int) -> Question:
    """One question in place of several that are the same: needed by one, it may not be left out."""
    first = some[0][1]
    extra, material = first.extra, first.material
    if extra is not None:
        extra = replace(extra, required=any(one.extra is not None and one.extra.required for _, one in some))
    if material is not None:
        materials = [one.material for _, one in some if one.material is not None]
        material = next((one for one in materials if one.necessity is not Necessity.OPTIONAL), material)
    return Question(step, material, extra, tuple(code for code, _ in some) if len(some) < parts else ())


@dataclass(frozen=True, slots=True)
class PaperOnce:
    """One paper of a list in which none stands twice: of which parts, and each part's own entry for it."""

    key: str
    of: tuple[tuple[str, Material], ...]


def papers_once(parts: Sequence[Part]) -> tuple[PaperOnce, ...]:
    """All papers that residents bring for these parts, each once; what everybody needs first."""
    found: dict[str, list[tuple[str, Material]]] = {}
    for part in parts:
        for material in part.item.materials:
            if material.to_prepare:
                found.setdefault(part.papers[material.code], []).append((part.item.code, material))
    listed = [PaperOnce(key, tuple(some)) for key, some in found.items()]
    return tuple(sorted(listed, key=lambda paper: -len(paper.of)))


def event_of(subject: str) -> str:
    """The life event of an application; empty where it is one service."""
    return subject.removeprefix(LIFE) if subject.startswith(LIFE) else ""
