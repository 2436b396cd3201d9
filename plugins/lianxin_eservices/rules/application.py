"""Which questions an application asks, in which order, and which of them are answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from lianxin_eservices.rules.condition import Value, holds, parse
from lianxin_eservices.rules.item import Material, Necessity, ServiceItem
from lianxin_eservices.rules.question import ExtraQuestion, fits, shown

SELF: Final = "self"
FAMILY: Final = "family"
DESK: Final = "desk"
PROXY: Final = "proxy"
REVIEW: Final = "review"
HOUSEHOLD: Final = "household"
NEEDED: Final = "needed"
GIVEN: Final = "given"
NOT_APPLICABLE: Final = "not_applicable"
AT_DESK: Final = "brought_to_desk"
CONDITION: Final = "if-"
PHOTOS: Final = "photos-"
EXTRA: Final = "ask-"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said so far. `phone` None: not asked yet; empty: the number that we know. `area` is a code.

    `extras` are answers to the service's own questions, by code; None: left out on purpose.
    """

    whom: str = ""
    name: str = ""
    id_number: str = ""
    phone: str | None = None
    area: str = ""
    conditions: Mapping[str, bool] = field(default_factory=dict)
    extras: Mapping[str, Value | None] = field(default_factory=dict)

    def to_text(self) -> str:
        """As one text, to be sealed."""
        return json.dumps({**asdict(self), "conditions": dict(self.conditions)}, ensure_ascii=True, sort_keys=True)

    @staticmethod
    def from_text(text: str) -> Answers:
        """The inverse; fields that are not known any more are left aside."""
        raw: dict[str, Any] = json.loads(text) if text else {}
        known = {name: raw[name] for name in Answers.__dataclass_fields__ if name in raw}
        extras = known.get("extras", {}).items()
        known["extras"] = {code: tuple(said) if isinstance(said, list) else said for code, said in extras}
        return Answers(**known)

    def said(self, code: str, holds: bool) -> Answers:
        """With a condition answered."""
        return replace(self, conditions={**self.conditions, code: holds})

    def answered(self, code: str, value: Value | None) -> Answers:
        """With one of the service's own questions answered, or left out."""
        return replace(self, extras={**self.extras, code: value})


@dataclass(frozen=True, slots=True)
class Known:
    """What need not be asked of this person again. At the desk the person was found before the first question.

    `acting`: a proxy answers, who named the person before and is shown nothing that we know of her.
    `household`: it was said who lives with her, and that this is everybody.
    """

    desk: bool = False
    name: bool = False
    number: bool = False
    phone: bool = False
    area: bool = False
    acting: bool = False
    household: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One page. `material` for those about a paper, `extra` for the service's own.

    `of` are the codes of the services that ask it, where several are applied for at once; none: all of them.
    """

    step: str
    material: Material | None = None
    extra: ExtraQuestion | None = None
    of: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Under which key the answer, or what is said of the paper, is kept."""
        return self.step.partition("-")[2]


def questions(item: ServiceItem, answers: Answers, known: Known) -> tuple[Question, ...]:
    """All questions of one service for these answers, in order, without the review at the end."""
    return (*usual(answers, known), *own(item, answers))


def usual(answers: Answers, known: Known) -> tuple[Question, ...]:
    """What every application asks; what is known of the applicant herself is not asked."""
    family = answers.whom == FAMILY
    asked = [] if known.desk or known.acting else [Question("whom")]
    asked += [Question("name")] if family or not known.name else []
    asked += [Question("id-number")] if family or not known.number else []
    asked += [Question("phone")] if not (known.desk and known.phone) else []
    return (*asked, Question("area"))


def with_household(asked: tuple[Question, ...], of: tuple[str, ...] = ()) -> tuple[Question, ...]:
    """With the page of those who live together, behind where the home is. `of`: as in Question."""
    place = [one.step for one in asked].index("area") + 1
    return (*asked[:place], Question(HOUSEHOLD, of=of), *asked[place:])


def own(item: ServiceItem, answers: Answers) -> tuple[Question, ...]:
    """What this service asks beyond that. A condition that is answered with no takes its photos out."""
    extras, told = shown(item.questions, answers.extras)
    asked = [Question(EXTRA + one.code, extra=one) for one in extras]
    for material in item.materials:
        if not _may_be_needed(material, told):
            continue
        if material.necessity is Necessity.CONDITIONAL:
            asked.append(Question(CONDITION + material.code, material))
        if material.to_prepare and wanted(material, answers, told):
            asked.append(Question(PHOTOS + material.code, material))
    return tuple(asked)


def wanted(material: Material, answers: Answers, told: Mapping[str, Value]) -> bool:
    """Whether this paper is asked for: always, or because its conditions hold. `told`: the answers that count."""
    asked = material.necessity is not Necessity.CONDITIONAL or bool(answers.conditions.get(material.code))
    return asked and _may_be_needed(material, told)


def _may_be_needed(material: Material, told: Mapping[str, Value]) -> bool:
    return material.needed_when is None or holds(parse(material.needed_when), told)


def kept(item: ServiceItem, answers: Answers) -> Answers:
    """What of the answers belongs to this guide: nothing said to a question that is not, or no longer, asked."""
    told = shown(item.questions, answers.extras)[1]
    codes = {one.code for one in item.conditional_materials if _may_be_needed(one, told)}
    conditions = {code: said for code, said in answers.conditions.items() if code in codes}
    return replace(answers, conditions=conditions, extras=told)


def answered(question: Question, answers: Answers, known: Known, materials: Mapping[str, str]) -> bool:
    """Whether nothing is open about this question. `materials` are the states of papers by code."""
    if question.extra is not None:
        return _is_told(question, question.extra, answers)
    if question.material is not None:
        if question.step.startswith(CONDITION):
            return question.key in answers.conditions
        return _is_settled(question.material, materials.get(question.key))
    family = answers.whom == FAMILY
    return {
        "whom": answers.whom in (SELF, FAMILY),
        "name": bool(answers.name),
        "id-number": bool(answers.id_number),
        "phone": answers.phone is not None and bool(answers.phone or known.phone or known.desk),
        "area": bool(answers.area) or (known.area and not family),
        HOUSEHOLD: known.household,
    }[question.step]


def _is_told(question: Question, extra: ExtraQuestion, answers: Answers) -> bool:
    said = answers.extras.get(question.key)
    return fits(extra, said) if said is not None else question.key in answers.extras and not extra.required


def _is_settled(material: Material, state: str | None) -> bool:
    """Left out counts only for a paper that may be: a further service may need it after all."""
    optional = material.necessity is Necessity.OPTIONAL
    return state in (GIVEN, AT_DESK) or (state == NOT_APPLICABLE and optional)


def first_open(asked: tuple[Question, ...], answers: Answers, known: Known, materials: Mapping[str, str]) -> str:
    """The step to go on with: the first question that is open, or the review."""
    return next((one.step for one in asked if not answered(one, answers, known, materials)), REVIEW)


def steps_of(asked: tuple[Question, ...]) -> list[str]:
    """Every step in order; the review is the last."""
    return [*(one.step for one in asked), REVIEW]


def known_step(step: str, asked: tuple[Question, ...], open_step: str) -> str:
    """A step of this application; whatever else stands in the address is where she would go on."""
    return step if step in steps_of(asked) else open_step


def may_stand_at(step: str, asked: tuple[Question, ...], open_step: str) -> bool:
    """Whether this page may be shown: it is one of the questions, and none before it is open."""
    steps = steps_of(asked)
    return step in steps and steps.index(step) <= steps.index(open_step)


def step_before(step: str, asked: tuple[Question, ...]) -> str:
    """Where Back leads; empty before the first question."""
    steps = steps_of(asked)
    place = steps.index(step) if step in steps else 0
    return steps[place - 1] if place else ""


def final_states(item: ServiceItem, answers: Answers, materials: Mapping[str, str]) -> dict[str, str]:
    """The state of every paper of the guide when the application is sent.

    What nobody has to bring is not applicable for the applicant: the station or the government has it.
    """
    told = shown(item.questions, answers.extras)[1]
    return {one.code: _final(one, answers, told, materials.get(one.code, NEEDED)) for one in item.materials}


def _final(material: Material, answers: Answers, told: Mapping[str, Value], state: str) -> str:
    if not wanted(material, answers, told):
        return NOT_APPLICABLE
    return state if material.to_prepare else NEEDED
