"""What both sides see of the states that only some cases pass through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lianxin.api import MatterInfo, PersonInfo, Visit, people_of
from lianxin_eservices.models import (
    Case,
    Extension,
    GivenMaterial,
    Investigation,
    Objection,
    Posting,
    PromisedPaper,
    SpecialProcedure,
)
from lianxin_eservices.queries.items import guide_of_version
from lianxin_eservices.queries.posted import PostedLine, lines_of
from lianxin_eservices.rules.application import GIVEN
from lianxin_eservices.rules.days import last_day
from lianxin_eservices.rules.special import SPECIAL_TITLES


@dataclass(frozen=True, slots=True)
class FindingsShown:
    """One of the two who look into it; `findings` only for colleagues."""

    who: str
    findings: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ObjectionShown:
    """For colleagues only."""

    who: str
    person_id: UUID
    text: str
    raised_at: datetime
    answer: str


@dataclass(frozen=True, slots=True)
class PostingShown:
    """What is posted, until which day; `on` while anybody can read it."""

    id: UUID
    lines: tuple[PostedLine, ...]
    until: date
    on: bool
    objections: tuple[ObjectionShown, ...]


@dataclass(frozen=True, slots=True)
class SpecialShown:
    """An assessment or hearing."""

    title: str
    reason: str
    begun_at: datetime
    result: str


@dataclass(frozen=True, slots=True)
class ExtensionShown:
    """More time, asked for or granted."""

    days: int
    reason: str
    outcome: str
    who: str


@dataclass(frozen=True, slots=True)
class PromisedShown:
    """A paper that follows."""

    code: str
    name: str
    until: date
    came: bool
    confirmed: bool
    lapsed: bool


@dataclass(frozen=True, slots=True)
class PassingView:
    """All of it; what a case did not pass through is empty."""

    investigations: tuple[tuple[FindingsShown, ...], ...]
    postings: tuple[PostingShown, ...]
    specials: tuple[SpecialShown, ...]
    extensions: tuple[ExtensionShown, ...]
    promised: tuple[PromisedShown, ...]

    @property
    def to_send(self) -> bool:
        """Whether a paper is still expected of her."""
        return any(not each.confirmed for each in self.promised)


async def passing_view(visit: Visit, matter: MatterInfo, *, inside: bool) -> PassingView:
    """Eight queries at most, however much there is. `inside`: what colleagues write for each other is shown."""
    rounds = await Investigation.filter(matter_id=matter.id, dropped_at=None).order_by("-begun_at")
    postings = await Posting.filter(matter_id=matter.id).order_by("-posted_at")
    raised = await Objection.filter(posting__matter_id=matter.id).order_by("raised_at") if inside and postings else []
    specials = await SpecialProcedure.filter(matter_id=matter.id, dropped_at=None).order_by("-begun_at")
    wishes = await Extension.filter(matter_id=matter.id).order_by("-asked_at")
    names = await people_of(
        {each for row in rounds for each in (row.first_id, row.second_id)}
        | {row.person_id for row in raised}
        | {row.asked_by_id for row in wishes}
    )
    return PassingView(
        investigations=tuple(_round(row, names, inside=inside) for row in rounds),
        postings=tuple([await _posting(visit, row, raised, names) for row in postings]),
        specials=tuple(
            SpecialShown(str(SPECIAL_TITLES[row.kind]), row.reason, row.begun_at, row.result) for row in specials
        ),
        extensions=tuple(
            ExtensionShown(row.days, row.reason, row.outcome, _name(row.asked_by_id, names))
            for row in wishes
            if inside or row.outcome == "granted"
        ),
        promised=await promised_of(matter.id, visit.language),
    )


def _name(person_id: UUID, names: dict[UUID, PersonInfo]) -> str:
    person = names.get(person_id)
    return person.name if person and person.name else "…"


def _round(row: Investigation, names: dict[UUID, PersonInfo], *, inside: bool) -> tuple[FindingsShown, ...]:
    both = (
        (row.first_id, row.first_findings, row.first_signed_at),
        (row.second_id, row.second_findings, row.second_signed_at),
    )
    # Until both have signed, neither reads what the other wrote.
    readable = inside and row.first_signed_at is not None and row.second_signed_at is not None
    return tuple(
        FindingsShown(_name(who, names), findings if readable else "", signed_at) for who, findings, signed_at in both
    )


async def _posting(visit: Visit, row: Posting, raised: list[Objection], names: dict[UUID, PersonInfo]) -> PostingShown:
    return PostingShown(
        id=row.id,
        lines=lines_of(row.shown, visit.language),
        until=last_day(row.ends_at),
        on=row.outcome == "" and row.ends_at > visit.now,
        objections=tuple(
            ObjectionShown(_name(each.person_id, names), each.person_id, each.text, each.raised_at, each.answer)
            for each in raised
            if each.posting_id == row.id
        ),
    )


async def promised_of(matter_id: UUID, language: str) -> tuple[PromisedShown, ...]:
    """Papers that were to follow, those still missing first."""
    rows = await PromisedPaper.filter(matter_id=matter_id).order_by("given_at", "code")
    if not rows:
        return ()
    guide = await guide_of_version((await Case.get(matter_id=matter_id)).version_id)
    names = {each.code: each.name.in_language(language) for each in guide.materials}
    given = {paper.code for paper in await GivenMaterial.filter(matter_id=matter_id, state=GIVEN)}
    return tuple(
        PromisedShown(
            code=row.code,
            name=names.get(row.code, row.code),
            until=last_day(row.due_at),
            came=row.given_at is not None or row.code in given,
            confirmed=row.confirmed_at is not None,
            lapsed=row.lapsed_at is not None,
        )
        for row in rows
    )
