"""Applications under way: seen by whoever writes them, and by nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from lianxin.api import N_, Actor, PersonCard, Prepared, Refused, card_of, get_vault, load_matter
from lianxin_eservices.access import HANDLE
from lianxin_eservices.models import Case, Draft, DraftPart, GivenMaterial
from lianxin_eservices.queries.authorisations import may_go_on
from lianxin_eservices.queries.household import HouseholdView, view_household
from lianxin_eservices.queries.items import LIFE_EVENTS, PublishedItem, item_of_version
from lianxin_eservices.rules.application import FAMILY, Answers, Known, Question, first_open, with_household
from lianxin_eservices.rules.bundle import Part, event_of, merged, parts_of
from lianxin_eservices.rules.household import APPLICANT
from lianxin_eservices.rules.item import LifeEvent
from lianxin_eservices.rules.plain import Text

TABLE = "eservices_draft"


@dataclass(frozen=True, slots=True)
class DraftInfo:
    """An open draft without its answers."""

    id: UUID
    subject: str
    step: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PartView:
    """One service of a draft, in the version with which it was begun."""

    id: UUID
    item: PublishedItem
    rule: Part
    chosen: bool


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as its writer goes on with it. `made_by_id` is the colleague at the desk who writes for `person`, or

    with an authorisation the proxy; `person` is then bare of all that the proxy did not type.
    """

    id: UUID
    person_id: UUID
    made_by_id: UUID | None
    authorisation_id: UUID | None
    subject: str
    parts: tuple[PartView, ...]
    answers: Answers
    materials: dict[str, str]
    files: dict[str, tuple[UUID, ...]]
    person: PersonCard
    known: Known
    asked: tuple[Question, ...]
    open_step: str
    created_at: datetime
    household: HouseholdView | None = None

    @property
    def chosen(self) -> tuple[PartView, ...]:
        """The services that are applied for; one, but of a life event."""
        return tuple(part for part in self.parts if part.chosen)

    @property
    def item(self) -> PublishedItem:
        """The service, of a life event the first."""
        return self.chosen[0].item

    @property
    def event(self) -> LifeEvent | None:
        """The life event that brings its services together."""
        return LIFE_EVENTS.get(event_of(self.subject))

    @property
    def name(self) -> Text:
        """What people call it."""
        return self.event.title if self.event else self.item.guide.plain_name

    @property
    def desk(self) -> bool:
        """Whether the desk asks these questions by voice."""
        return self.made_by_id is not None and not self.acting

    @property
    def acting(self) -> bool:
        """Whether a proxy writes it."""
        return self.authorisation_id is not None

    @property
    def whom(self) -> str:
        """For whom, where it is not for the writer."""
        return self.person.name if self.made_by_id is not None else ""


_BEGUN = Prepared(
    lambda person_id, subject: Draft.filter(
        person_id=person_id, subject=subject, made_by_id=None, ended_at=None
    ).values("id", "subject", "step", "updated_at"),
    person_id=UUID(int=1),
    subject="RS-001",
)


async def find_draft(person_ids: Sequence[UUID], subject: str) -> DraftInfo | None:
    """What this person has begun herself for this service or life event; her own before what was joined with her."""
    for person_id in person_ids:
        rows = await _BEGUN.rows(person_id=person_id, subject=subject)
        if rows:
            return DraftInfo(**rows[0])
    return None


async def find_desk_draft(person_id: UUID, subject: str, made_by_id: UUID) -> DraftInfo | None:
    """What this colleague has begun of it for that person."""
    row = await Draft.filter(
        person_id=person_id, subject=subject, made_by_id=made_by_id, authorisation_id=None, ended_at=None
    ).first()
    return _info(row) if row else None


async def find_proxy_draft(person_id: UUID, subject: str, made_by_id: UUID) -> DraftInfo | None:
    """What this proxy has begun of it for that person, whichever authorisation it was by."""
    begun = Draft.filter(person_id=person_id, subject=subject, made_by_id=made_by_id, ended_at=None)
    row = await begun.filter(authorisation_id__isnull=False).first()
    return _info(row) if row else None


async def list_drafts(person_ids: Sequence[UUID]) -> list[tuple[DraftInfo, Text]]:
    """Everything that this person has begun, the latest first, with what people call it."""
    hers = Draft.filter(person_id__in=person_ids, made_by_id=None, ended_at=None)
    rows = await hers.order_by("-updated_at").limit(10)
    named = await names_of(rows)
    return [(_info(row), named[row.id]) for row in rows]


async def list_desk_drafts(made_by_id: UUID) -> list[tuple[DraftInfo, Text, str]]:
    """What this colleague has begun for others, the latest first: what, and for whom."""
    mine = Draft.filter(made_by_id=made_by_id, authorisation_id=None, ended_at=None)
    rows = await mine.order_by("-updated_at").limit(10).select_related("person")
    named = await names_of(rows)
    return [(_info(row), named[row.id], row.person.name) for row in rows]


async def names_of(rows: Sequence[Draft]) -> dict[UUID, Text]:
    """What people call what was begun: one query, whatever they are."""
    first = DraftPart.filter(draft_id__in=[row.id for row in rows], place=0)
    versions = {part.draft_id: part.version_id for part in (await first if rows else [])}
    events = {row.id: LIFE_EVENTS.get(event_of(row.subject)) for row in rows}
    return {
        draft_id: event.title if event else (await item_of_version(versions[draft_id])).guide.plain_name
        for draft_id, event in events.items()
    }


async def load_draft(visit: Any, text: str) -> DraftView:
    """For routes: the draft that this visitor writes. Refused with 404 otherwise."""
    row = await _row_of(text, visit.actor, visit.now)
    if row is None:
        said = N_("This application was sent, or nobody went on with it for a month. Look under “My matters”.")
        raise Refused("eservices.no_draft", said, status=404)
    if row.made_by_id is None:
        # Of an entry that was joined with hers she goes on as herself. The row stays, for the joining may be undone.
        row.person_id = visit.actor.person_id
    return await view_draft(row, visit.now)


async def find_sent(text: str, actor: Actor) -> str:
    """The code of the (first) matter that this writer's draft became; empty while it was not sent."""
    try:
        row = await Draft.get_or_none(id=UUID(text), ended_at__isnull=False)
    except ValueError:
        return ""
    if row is None or (row.made_by_id or row.person_id) not in actor.person_ids:
        return ""
    case = await Case.filter(part__draft_id=row.id).order_by("part__place").first()
    if case is None:
        return ""
    matter = await load_matter(case.matter_id)
    return matter.code if row.authorisation_id is None or matter.made_by_id in actor.person_ids else ""


async def _row_of(text: str, actor: Actor, now: datetime) -> Draft | None:
    """The open draft of this writer; what the desk writes is open in a session of the desk alone.

    What a proxy writes is open as long as the person lets her act: not a moment longer.
    """
    try:
        draft_id = UUID(text)
    except ValueError:
        return None
    row = await Draft.get_or_none(id=draft_id, ended_at=None)
    if row is None or actor.person_id is None:
        return None
    if row.authorisation_id is not None:
        parts = await DraftPart.filter(draft_id=row.id, chosen=True)
        items = [await item_of_version(part.version_id) for part in parts]
        hers = row.made_by_id == actor.person_id
        return row if hers and await may_go_on(row.authorisation_id, actor.person_id, items, now) else None
    if row.made_by_id is not None:
        return row if row.made_by_id == actor.person_id and actor.may(HANDLE) else None
    return row if row.person_id in actor.person_ids else None


async def view_draft(row: Draft, now: datetime | None = None) -> DraftView:
    """The draft opened. Whoever typed it sees it again, so this is no reading of somebody's data.

    `now` decides who of a household is a child; without one the moment at which the draft was touched last.
    """
    now = now or row.updated_at
    parts = await _parts(row.id)
    answers = open_answers(row)
    papers = await GivenMaterial.filter(draft_id=row.id)
    materials = {paper.code: paper.state for paper in papers}
    acting = row.authorisation_id is not None
    person = await card_of(row.person_id, masked=False)
    known = known_of(person, desk=row.made_by_id is not None and not acting)
    if acting:
        known = Known(name=known.name, number=known.number, acting=True)
        person = replace(person, id_number="", phone="", home_area_id=None, home_area="")
    household = await _household(row, parts, answers, person.name, now)
    known = replace(known, household=household is not None and household.told)
    asked = _asked([part for part in parts if part.chosen], answers, known)
    return DraftView(
        id=row.id,
        person_id=row.person_id,
        made_by_id=row.made_by_id,
        authorisation_id=row.authorisation_id,
        subject=row.subject,
        parts=parts,
        answers=answers,
        materials=materials,
        files={paper.code: tuple(UUID(each) for each in paper.files) for paper in papers},
        person=person,
        known=known,
        asked=asked,
        open_step=first_open(asked, answers, known, materials),
        created_at=row.created_at,
        household=household,
    )


async def _household(
    row: Draft, parts: Sequence[PartView], answers: Answers, name: str, now: datetime
) -> HouseholdView | None:
    """Who lives together, where a household applies. Told of one applicant, it is not told of another."""
    if not any(part.chosen and part.item.guide.by_household for part in parts):
        return None
    view = await view_household(row.id, now)
    said = answers.name if answers.whom == FAMILY else answers.name or name
    hers = next((one.name for one in view.members if one.relation == APPLICANT), said)
    return replace(view, told=view.told and hers == said)


def _asked(chosen: Sequence[PartView], answers: Answers, known: Known) -> tuple[Question, ...]:
    """All questions; the page of the household where one applies."""
    asked = merged([part.rule for part in chosen], answers, known)
    of = tuple(part.item.guide.code for part in chosen if part.item.guide.by_household)
    return with_household(asked, of if len(of) < len(chosen) else ()) if of else asked


async def _parts(draft_id: UUID) -> tuple[PartView, ...]:
    rows = await DraftPart.filter(draft_id=draft_id).order_by("place")
    items = [await item_of_version(row.version_id) for row in rows]
    rules = parts_of([item.guide for item in items])
    return tuple(PartView(row.id, item, rule, row.chosen) for row, item, rule in zip(rows, items, rules, strict=True))


def answered(draft: DraftView, answers: Answers) -> DraftView:
    """The draft as it stands with these answers, without asking the database what was just written."""
    asked = _asked(draft.chosen, answers, draft.known)
    open_step = first_open(asked, answers, draft.known, draft.materials)
    return replace(draft, answers=answers, asked=asked, open_step=open_step)


def open_answers(row: Draft) -> Answers:
    """What was typed so far."""
    if row.answers is None:
        return Answers()
    return Answers.from_text(get_vault().open_for_delivery(row.answers, table=TABLE, column="answers", row_id=row.id))


def known_of(person: PersonCard, *, desk: bool) -> Known:
    """What need not be asked of this person again."""
    return Known(
        desk=desk,
        name=bool(person.name),
        number=bool(person.id_number),
        phone=bool(person.phone),
        area=person.home_area_id is not None,
    )


def _info(row: Draft) -> DraftInfo:
    return DraftInfo(row.id, row.subject, row.step, row.updated_at)
