"""The household of an application: as its writer sees it, as a member sees it, as the office sees it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lianxin.api import IdNumber, get_vault, mask_id
from lianxin_eservices.models import Case, Household, HouseholdConsent, HouseholdMember
from lianxin_eservices.rules.days import COUNTY_ZONE
from lianxin_eservices.rules.household import APPLICANT, RELATIONS, WAYS, Pair, Seat, Stage, stage_on, waiting

TABLE = "eservices_household_member"
AGREED = "agreed"
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said: for herself (`by` is empty) or as the guardian; `ended_at`: taken back, or said anew."""

    answer: str
    way: str
    given_at: datetime
    by: str
    file_id: UUID | None
    ended_at: datetime | None

    @property
    def how(self) -> str:
        """The way, in words."""
        return str(WAYS[self.way])


@dataclass(frozen=True, slots=True)
class MemberView:
    """One person. `number` is masked; `open_by` are the names of those whose word for her is still missing.

    `says` counts for herself: "agreed", "refused" or empty. `owes`: her word, for herself or for a child, is missing.
    """

    id: UUID
    name: str
    relation: str
    number: str
    stage: Stage
    guardian_id: UUID | None
    guardian: str
    says: str
    owes: bool
    open_by: tuple[str, ...]
    words: tuple[Word, ...]

    @property
    def kinship(self) -> str:
        """What she is to the applicant, in words."""
        return str(RELATIONS[self.relation])

    @property
    def settled(self) -> bool:
        """Whether nobody's word for her is missing."""
        return not self.open_by


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """All of them, the applicant first. `told`: the writer said that this is everybody."""

    members: tuple[MemberView, ...]
    told: bool

    @property
    def signed(self) -> tuple[UUID, ...]:
        """What was signed, each once: one signature is for the children as well."""
        files = [word.file_id for one in self.members for word in one.words if word.file_id is not None]
        return tuple(dict.fromkeys(files))

    @property
    def open(self) -> tuple[MemberView, ...]:
        """Those for whom something is still to be said."""
        return tuple(one for one in self.members if not one.settled)

    @property
    def adults(self) -> tuple[MemberView, ...]:
        """Who may look after a child."""
        return tuple(one for one in self.members if one.stage is Stage.ADULT)


def day_of(now: datetime) -> date:
    """The day in the county."""
    return now.astimezone(COUNTY_ZONE).date()


def born_of(row: HouseholdMember) -> date | None:
    """By her ID number; for counting only, nobody reads it."""
    number = number_of(row)
    return IdNumber(number).birth_date if number else None


def number_of(row: HouseholdMember) -> str:
    """Her ID number, for the program; empty where none is known."""
    if row.id_number is None:
        return ""
    return get_vault().open_for_delivery(row.id_number, table=TABLE, column="id_number", row_id=row.id)


def number_key(number: str) -> str:
    """The blind index by which one number stands in a household once."""
    return get_vault().index(number, purpose="eservices_household")


def seats_of(rows: Sequence[HouseholdMember], day: date) -> tuple[Seat, ...]:
    """As the rules see them on a day."""
    return tuple(Seat(row.id, stage_on(born_of(row), day), row.guardian_id) for row in rows)


async def rows_of(household_id: UUID) -> list[HouseholdMember]:
    """Who belongs to it now, in the order in which they were entered."""
    return await HouseholdMember.filter(draft_id=household_id, ended_at=None).order_by("id")


async def agreed_pairs(members: Collection[UUID]) -> frozenset[Pair]:
    """Whose yes counts for whom."""
    rows = await HouseholdConsent.filter(member_id__in=list(members), answer=AGREED, ended_at=None)
    return frozenset((row.member_id, row.giver_id) for row in rows)


async def view_household(draft_id: UUID, now: datetime) -> HouseholdView:
    """Three queries, however many they are."""
    row = await Household.get_or_none(draft_id=draft_id)
    if row is None:
        return HouseholdView((), told=False)
    rows = await rows_of(draft_id)
    said = await HouseholdConsent.filter(member_id__in=[each.id for each in rows]).order_by("id") if rows else []
    seats = seats_of(rows, day_of(row.sent_at or now))
    agreed = {(each.member_id, each.giver_id) for each in said if each.answer == AGREED and each.ended_at is None}
    open_pairs = waiting(seats, agreed)
    names = {each.id: each.name for each in rows}
    views = [_member(each, seat, said, open_pairs, names) for each, seat in zip(rows, seats, strict=True)]
    views.sort(key=lambda one: one.relation != APPLICANT)
    return HouseholdView(tuple(views), told=row.told_at is not None)


def _member(
    row: HouseholdMember,
    seat: Seat,
    said: Sequence[HouseholdConsent],
    open_pairs: Collection[Pair],
    names: dict[UUID, str],
) -> MemberView:
    hers = [each for each in said if each.member_id == row.id]
    own = next((each.answer for each in hers if each.giver_id == row.id and each.ended_at is None), "")
    guardian = names.get(row.guardian_id, "") if row.guardian_id else ""
    words = tuple(
        Word(
            each.answer,
            each.way,
            each.given_at,
            "" if each.giver_id == row.id else names.get(each.giver_id, ""),
            each.file_id,
            each.ended_at,
        )
        for each in hers
    )
    open_by = tuple(names.get(giver, row.name) for member, giver in sorted(open_pairs) if member == row.id)
    return MemberView(
        id=row.id,
        name=row.name,
        relation=row.relation,
        number=mask_id(number_of(row)) if row.id_number is not None else "",
        stage=seat.stage,
        guardian_id=row.guardian_id,
        guardian=guardian,
        says=own,
        owes=any(giver == row.id for _member_id, giver in open_pairs),
        open_by=open_by,
        words=words,
    )


async def household_of_case(matter_id: UUID, now: datetime) -> HouseholdView | None:
    """The household that applied in this matter; None where one person did."""
    case = await Case.get(matter_id=matter_id).select_related("part")
    if not await Household.exists(draft_id=case.part.draft_id):
        return None
    return await view_household(case.part.draft_id, now)


async def size_of_case(matter_id: UUID) -> int | None:
    """How many the household has that applied; None where one person did."""
    case = await Case.get(matter_id=matter_id).select_related("part")
    row = await Household.get_or_none(draft_id=case.part.draft_id)
    return row.members if row is not None else None
