"""What a service item is: the values of one guide, as stored in `item_version.content`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lianxin_eservices.rules.plain import Text
from lianxin_eservices.rules.question import ExtraQuestion


class Provenance(StrEnum):
    """How far a value can be trusted: checked against the law, commonly known, or a sample to replace."""

    VERIFIED = "verified"
    GENERAL = "general"
    SAMPLE = "sample"


class DayUnit(StrEnum):
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"


class ItemType(StrEnum):
    PAYMENT = "administrative_payment"
    CONFIRMATION = "administrative_confirmation"
    LICENCE = "administrative_license"
    PUBLIC_SERVICE = "public_service"


class HandlingType(StrEnum):
    IMMEDIATE = "immediate"
    COMMITTED = "committed"


class DecisionLevel(StrEnum):
    """Who decides; what is not the county's goes to the township's officer."""

    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class Audience(StrEnum):
    NATURAL_PERSON = "natural_person"
    ORGANISATION = "organisation"


class ApplicantKind(StrEnum):
    """HOUSEHOLD: all who live together apply; each adult agrees that the household's finances are checked."""

    PERSON = "person"
    HOUSEHOLD = "household"


class IdentityLevel(StrEnum):
    """SEEN_BY_DESK where the result itself is personal data that a borrowed phone must not bring out."""

    CLAIMED = "claimed"
    SEEN_BY_DESK = "seen_by_desk"


class OptionalState(StrEnum):
    """States of `eservices.case` that only some items pass through."""

    INVESTIGATING = "investigating"
    PUBLIC_NOTICE = "public_notice"
    SPECIAL_PROCEDURE = "special_procedure"
    EXTENDED = "extended"


class PostedField(StrEnum):
    """What a public notice may show of a case: these, and nothing else, whatever an item's text says."""

    NAME = "name"
    HOUSEHOLD_SIZE = "household_size"
    AMOUNT = "amount"
    SUPPORT = "support"
    KIND = "kind"
    GRADE = "grade"
    WORK = "work"


class Necessity(StrEnum):
    """CONDITIONAL is asked as a yes/no question; OPTIONAL may be handed in later or not at all."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    OPTIONAL = "optional"


class ProvidedBy(StrEnum):
    """GOV_SHARED may not be demanded of anybody (Provisions on Online Government Services, article 7)."""

    APPLICANT = "applicant"
    STATION = "station"
    GOV_SHARED = "gov_shared"


class OriginalAction(StrEnum):
    CHECK_AND_RETURN = "check_and_return"
    RETAIN = "retain"


class Sensitivity(StrEnum):
    NORMAL = "normal"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Limit:
    """Days from acceptance. value and unit are both None where the law sets no number."""

    provenance: Provenance
    value: int | None = None
    unit: DayUnit | None = None
    basis: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """amount_fen is in fen (1/100 yuan), 0 when nothing is charged."""

    charged: bool
    amount_fen: int
    basis: Text | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """One paper. originals and copies are counts; both 0 for what the government looks up by itself.

    `needed_when` is a condition on the service's own questions: where it does not hold, nobody asks for this paper.
    may_follow: the desk may accept an application without it, on the promise that it follows (容缺受理).
    """

    code: str
    name: Text
    spec: Text | None
    originals: int
    copies: int
    necessity: Necessity
    provided_by: ProvidedBy
    sensitivity: Sensitivity
    original_action: OriginalAction | None = None
    condition: Text | None = None
    question: Text | None = None
    needed_when: str | None = None
    may_follow: bool = False

    @property
    def to_prepare(self) -> bool:
        """True for what the resident brings or photographs; the rest is the station's or the government's."""
        return self.provided_by is ProvidedBy.APPLICANT


@dataclass(frozen=True, slots=True)
class Step:
    title: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A posting before the decision: for how long and which facts, nothing beyond them.

    `fields` says in words what `shows` lists for the program. pauses_clock: the days of the posting don't count.
    """

    days: int
    day_unit: DayUnit
    fields: Text
    privacy_note: Text | None = None
    shows: tuple[PostedField, ...] = ()
    pauses_clock: bool = False


@dataclass(frozen=True, slots=True)
class KeepTimes:
    """Years for which a case is kept, by how it ended; None: as the archive rules say."""

    approved_years: int | None = None
    rejected_years: int | None = None
    withdrawn_years: int | None = None


@dataclass(frozen=True, slots=True)
class NoticeTexts:
    """What this service says in its notices beside the usual words."""

    acceptance: Text | None = None
    correction: Text | None = None
    extension: Text | None = None
    refusal: Text | None = None
    decision: Text | None = None


@dataclass(frozen=True, slots=True)
class ServiceItem:
    code: str
    slug: str
    name: Text
    plain_name: Text
    department: str
    co_departments: tuple[str, ...]
    life_event: str
    target_groups: tuple[str, ...]
    keywords: tuple[str, ...]
    keywords_en: tuple[str, ...]
    item_type: ItemType
    handling_type: HandlingType
    decision_level: DecisionLevel
    audience: Audience
    identity_level: IdentityLevel
    optional_states: tuple[OptionalState, ...]
    eligibility: Text
    statutory_limit: Limit
    committed_limit: Limit
    fee: Fee
    materials: tuple[Material, ...]
    steps: tuple[Step, ...]
    result: Text
    proxy_allowed: bool
    home_pickup_allowed: bool
    home_service_allowed: bool
    appointment_required: bool
    visits_required: int
    provenance: Provenance
    public_notice: PublicNotice | None = None
    in_person_requirement: Text | None = None
    note: Text | None = None
    questions: tuple[ExtraQuestion, ...] = ()
    keep_times: KeepTimes | None = None
    notices: NoticeTexts | None = None
    extension_limit: Limit | None = None
    investigate_within: Limit | None = None
    refusal_notice: Limit | None = None
    papers_follow_within: Limit | None = None
    applicant: ApplicantKind = ApplicantKind.PERSON

    @property
    def by_household(self) -> bool:
        """Whether all who live together apply."""
        return self.applicant is ApplicantKind.HOUSEHOLD

    @property
    def conditional_materials(self) -> tuple[Material, ...]:
        """Those whose yes/no questions the application asks, in order."""
        return tuple(one for one in self.materials if one.necessity is Necessity.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Department:
    """phone is the county's own office, hotline the national line."""

    code: str
    name: Text
    full_name: Text
    phone: str
    hotline: str
    icon: str


@dataclass(frozen=True, slots=True)
class EventPart:
    """One service (its code) that somebody in a life event may need; `who`: for whom this part is, in plain words.

    `ticked`: chosen beforehand. `holds` are papers whose yes/no question this event answers with yes.
    """

    item: str
    who: Text
    ticked: bool = False
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """What happens in a life. With `parts` it has a page of its own and one form; `words` are what people search."""

    code: str
    title: Text
    icon: str
    says: Text | None = None
    words: tuple[str, ...] = ()
    words_en: tuple[str, ...] = ()
    parts: tuple[EventPart, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetGroup:
    code: str
    title: Text
