"""A household as applicant: who counts as adult, who has to agree for whom, and the text that is agreed to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from lianxin.api import N_
from lianxin_eservices.rules.plain import Text

VERSION: Final = "1"
MOST: Final = 12
FULL_AGE: Final = 18
"""Civil Code, article 17."""
OWN_WORD: Final = 14
"""Personal Information Protection Law, article 31: below it the guardian's word alone counts."""
APPLICANT: Final = "applicant"
RELATIONS: Final = {
    APPLICANT: N_("Applicant"),
    "spouse": N_("Husband or wife"),
    "child": N_("Son or daughter"),
    "parent": N_("Father or mother"),
    "grandparent": N_("Grandfather or grandmother"),
    "grandchild": N_("Grandchild"),
    "sibling": N_("Brother or sister"),
    "other": N_("Somebody else who lives with us"),
}
WAYS: Final = {
    "account": N_("on her or his own phone"),
    "code": N_("by a code to her or his phone"),
    "signature": N_("signed on the screen"),
    "paper": N_("signed on paper"),
}


class Stage(StrEnum):
    """CHILD: the guardian agrees. YOUTH: the guardian, and she is asked herself as well. ADULT: she alone."""

    CHILD = "child"
    YOUTH = "youth"
    ADULT = "adult"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person of a household; `guardian` is the seat of whoever looks after a child."""

    id: UUID
    stage: Stage
    guardian: UUID | None = None


Pair = tuple[UUID, UUID]
"""For whom, and who says it."""


def age_on(born: date, day: date) -> int:
    """Full years. Who was born on 29 February is a year older on 1 March where there is no such day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def stage_on(born: date | None, day: date) -> Stage:
    """By the birth date of the ID number. Of whom none is known she counts as an adult: she has to agree herself."""
    age = FULL_AGE if born is None else age_on(born, day)
    return Stage.ADULT if age >= FULL_AGE else Stage.YOUTH if age >= OWN_WORD else Stage.CHILD


def needed(seats: Sequence[Seat]) -> frozenset[Pair]:
    """Whose word is needed for whom. A child whose guardian is missing needs one that can't be there."""
    found: set[Pair] = set()
    for seat in seats:
        if seat.stage is not Stage.CHILD:
            found.add((seat.id, seat.id))
        if seat.stage is not Stage.ADULT:
            found.add((seat.id, seat.guardian or UUID(int=0)))
    return frozenset(found)


def waiting(seats: Sequence[Seat], agreed: Collection[Pair]) -> frozenset[Pair]:
    """What is still to be said before it may be sent."""
    return needed(seats) - frozenset(agreed)


def asked_of(giver: UUID, seats: Sequence[Seat]) -> tuple[UUID, ...]:
    """For whom this person is asked: herself, and the children whom she looks after."""
    return tuple(sorted(member for member, by in needed(seats) if by == giver))


def fault_of(seats: Sequence[Seat]) -> Any | None:
    """Why this is no household that may apply; None for one that may."""
    adults = {seat.id for seat in seats if seat.stage is Stage.ADULT}
    if len(seats) > MOST:
        return N_("More than %(most)s people: come to the desk with it.", most=MOST)
    if not adults:
        return N_("There has to be an adult among those who live together. Call us; we look for a way with you.")
    if any(seat.stage is not Stage.ADULT and seat.guardian not in adults for seat in seats):
        return N_("Say for each child which adult of the household looks after it.")
    return None


# Interim Measures for Social Assistance, articles 11 and 58: the finances of all who live together are checked, with
# their authorisation; Personal Information Protection Law, articles 13 to 17 and 29: who, what, what for, one's rights.
_LINES: Final = (
    (
        Text("为什么找您", "Why you are asked"),
        Text(
            "{applicant}为全家申请“{items}”，把您列为一起生活的家人。",
            "{applicant} applies for “{items}” for the whole household and names you as living there.",
        ),
    ),
    (
        Text("要核对什么", "What is checked"),
        Text(
            "您的收入、存款、房产、车辆、社会保险等家庭经济状况。由{office}向银行、社保、不动产等部门查询。",
            "Your income, savings, property, vehicles and social insurance. {office} asks banks, social insurance "
            "and the property register.",
        ),
    ),
    (
        Text("用来做什么", "What for"),
        Text("只用来办这件事，不作别的用途。", "Only for this, and for nothing else."),
    ),
    (
        Text("别人看得到吗", "Who sees it"),
        Text(
            "只有办这件事的工作人员能看到。{applicant}看不到您的账目，只知道您同意没有。",
            "Only the staff who handle it. {applicant} does not see your figures, only whether you agree.",
        ),
    ),
    (
        Text("您可以不同意", "You may say no"),
        Text(
            "不同意也可以，不用说理由；但成年家人都同意了，才能申请。同意了，在作出决定之前也能撤回。",
            "You need not agree, and need not say why; but it can be sent only when every adult agrees. Until it is "
            "decided you may take your word back.",
        ),
    ),
)
_CHILDREN: Final = (
    Text("您照管的孩子", "Children you look after"),
    Text("您也替{children}同意。", "You also agree for {children}."),
)


def consent_lines(
    applicant: str, items: Sequence[str], offices: Sequence[str], children: Sequence[str], language: str
) -> tuple[tuple[str, str], ...]:
    """Pairs of (heading, sentence): on the page, read out, and of which the fingerprint is kept."""
    zh = not language.startswith("en")
    comma = "、" if zh else ", "
    places = {
        "applicant": applicant,
        "items": ("”、“" if zh else "”, “").join(items),
        "office": comma.join(offices),
        "children": comma.join(children),
    }
    lines = (*_LINES, _CHILDREN) if children else _LINES
    return tuple((head.in_language(language), body.in_language(language).format(**places)) for head, body in lines)
