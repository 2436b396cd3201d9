"""Why a guide can't be published: the same rules for the YAML files, for what is typed and for what is imported."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from lianxin.api import N_
from lianxin_eservices.rules.condition import fault_of
from lianxin_eservices.rules.item import Audience, DayUnit, Material, Necessity, ProvidedBy, ServiceItem
from lianxin_eservices.rules.question import MOST_QUESTIONS, comparable, faults_of_question
from lianxin_eservices.rules.state_faults import faults_of_states

SLUG: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
ITEM_CODE: Final = re.compile(r"[A-Z]{2,6}-[0-9]{3,6}\Z")
TAKEN: Final = frozenset(
    (
        "admin",
        "correct",
        "desk",
        "draft",
        "drop",
        "events",
        "follow",
        "household",
        "households",
        "posted",
        "receipt",
        "send",
        "trial",
    )
)
"""First words of the plugin's own addresses."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the field by its path (`materials[2].originals`), and a sentence for people."""

    path: str
    text: Any

    @property
    def english(self) -> str:
        """The sentence as the command line says it."""
        values = dict(self.text.values)
        return str(self.text.msgid % values if values else self.text.msgid)


def faults_of(item: ServiceItem) -> list[str]:
    """Each fault a sentence naming the item and the field, for the command line; empty when it can be published."""
    return [f"Item {item.code}: {_named(item, problem)}{problem.english}" for problem in problems_of(item)]


def _named(item: ServiceItem, problem: Problem) -> str:
    match = re.match(r"(materials|questions)\[(\d+)\]\.", problem.path)
    if match is None:
        return ""
    listed = item.materials if match[1] == "materials" else item.questions
    return f"{match[1].removesuffix('s')} {listed[int(match[2])].code}: "


def problems_of(item: ServiceItem) -> list[Problem]:
    """Everything wrong with a guide, in the order of its fields.

    Conditions, materials and process may not be empty: Provisions on Online Government Services, article 6.
    A committed limit may not exceed the statutory one: Regulations on the Business Environment, article 36.
    """
    found = _problems_of_guide(item)
    known = comparable(item.questions)
    for place, material in enumerate(item.materials):
        found += [Problem(f"materials[{place}].{name}", text) for name, text in _problems_of_material(material)]
        why = fault_of(material.needed_when, known) if material.needed_when is not None else None
        if why is not None:
            found.append(Problem(f"materials[{place}].needed_when", why))
    for place, question in enumerate(item.questions):
        wrong = faults_of_question(question, item.questions[:place])
        found += [Problem(f"questions[{place}].{name}", text) for name, text in wrong]
    return found


def _problems_of_guide(item: ServiceItem) -> list[Problem]:
    fee, many = item.fee, len(item.questions) > MOST_QUESTIONS
    checks = (
        (
            not SLUG.match(item.slug),
            "slug",
            N_("slug %(slug)s must be lower-case words joined by hyphens", slug=repr(item.slug)),
        ),
        (item.slug in TAKEN, "slug", N_("slug %(slug)s is an address of the site itself", slug=repr(item.slug))),
        (not item.materials, "materials", N_("materials is empty; a guide can't be published without them")),
        (not item.steps, "steps", N_("steps is empty; a guide can't be published without its process")),
        (not item.target_groups, "target_groups", N_("target_groups is empty")),
        (_beyond_statute(item), "committed_limit.value", N_("committed_limit is longer than statutory_limit")),
        (item.committed_limit.value is None, "committed_limit.value", N_("committed_limit.value is missing")),
        (
            fee.charged is not (fee.amount_fen > 0),
            "fee.amount_fen",
            N_("fee.charged and fee.amount_fen contradict"),
        ),
        (fee.charged and fee.basis is None, "fee.basis_zh", N_("fee.basis is missing for a fee that is charged")),
        (
            item.by_household and item.audience is not Audience.NATURAL_PERSON,
            "applicant",
            N_("a household applies only for what is for people"),
        ),
        (item.visits_required < 0, "visits_required", N_("visits_required may not be below 0")),
        (many, "questions", N_("questions are more than %(most)s", most=MOST_QUESTIONS)),
    )
    found = [Problem(path, text) for wrong, path, text in checks if wrong]
    found += _problems_of_limits(item) + _problems_of_keeping(item)
    found += [Problem(path, text) for path, text in faults_of_states(item)]
    counts = Counter(material.code for material in item.materials)
    return found + [
        Problem("materials", N_("materials names %(code)s %(count)s times", code=code, count=count))
        for code, count in counts.items()
        if count > 1
    ]


def _problems_of_limits(item: ServiceItem) -> list[Problem]:
    found = []
    for name, limit in (("statutory_limit", item.statutory_limit), ("committed_limit", item.committed_limit)):
        if (limit.value is None) is not (limit.unit is None):
            found.append(Problem(f"{name}.value", N_("%(name)s.value and %(name)s.unit belong together", name=name)))
        if limit.value is not None and limit.value < 1:
            found.append(Problem(f"{name}.value", N_("%(name)s.value must be at least 1 day", name=name)))
    return found


def _problems_of_keeping(item: ServiceItem) -> list[Problem]:
    if item.keep_times is None:
        return []
    return [
        Problem(f"keep_times.{name}", N_("a time to keep is 1 to 100 years"))
        for name in ("approved_years", "rejected_years", "withdrawn_years")
        if (years := getattr(item.keep_times, name)) is not None and not 1 <= years <= 100
    ]


def _beyond_statute(item: ServiceItem) -> bool:
    committed, statutory = item.committed_limit, item.statutory_limit
    if committed.value is None or statutory.value is None:
        return False
    # n working days are never fewer than n calendar days; only the other way round can't be compared.
    comparable_units = committed.unit is statutory.unit or committed.unit is DayUnit.WORKING_DAY
    return comparable_units and committed.value > statutory.value


def _problems_of_material(material: Material) -> list[tuple[str, Any]]:
    conditional = material.necessity is Necessity.CONDITIONAL
    shared = material.provided_by is ProvidedBy.GOV_SHARED
    counted = material.originals + material.copies
    text = (
        (min(material.originals, material.copies) < 0, "originals", N_("originals and copies may not be below 0")),
        (not shared and counted == 0, "originals", N_("originals or copies must be at least 1")),
        (
            material.originals > 0 and material.original_action is None,
            "original_action",
            N_("original_action is missing"),
        ),
        (
            conditional and material.condition is None,
            "condition_zh",
            N_("condition_zh is missing for a conditional material"),
        ),
        (
            conditional and material.question is None,
            "question_zh",
            N_("question_zh is missing for a conditional material"),
        ),
        (
            not conditional and material.question is not None,
            "question_zh",
            N_("question_zh is for conditional materials only"),
        ),
    )
    return [(path, sentence) for wrong, path, sentence in text if wrong]
