"""The pages on which an item is edited: which fields of the guide stand on which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from lianxin.api import N_
from lianxin_eservices.rules.item import (
    ApplicantKind,
    Audience,
    DayUnit,
    DecisionLevel,
    HandlingType,
    IdentityLevel,
    ItemType,
    Necessity,
    OptionalState,
    OriginalAction,
    PostedField,
    Provenance,
    ProvidedBy,
    Sensitivity,
)
from lianxin_eservices.rules.question import QuestionKind

Kind = str
"""text, textarea, number, money, tick, select, ticks, lines (one a line), choices (code | Chinese | English)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One field: `path` within the guide, or within the entry of a list."""

    path: str
    label: Any
    kind: Kind = "text"
    hint: Any = ""
    choices: tuple[tuple[str, Any], ...] | str = ()
    needed: bool = False
    longest: int = 200

    @property
    def name(self) -> str:
        """Its name in the form."""
        return self.path.replace(".", "__")


@dataclass(frozen=True, slots=True)
class Subject:
    """One page. `list_path` names the list whose entries it edits, one entry a page; empty: the guide itself."""

    name: str
    title: Any
    hint: Any
    lines: tuple[Line, ...]
    list_path: str = ""
    new: Any = ""


WORDS: Final[dict[StrEnum, Any]] = {
    Provenance.VERIFIED: N_("Checked against the law"),
    Provenance.GENERAL: N_("Commonly known"),
    Provenance.SAMPLE: N_("A sample, to be replaced"),
    DayUnit.WORKING_DAY: N_("working days"),
    DayUnit.CALENDAR_DAY: N_("calendar days"),
    ItemType.PAYMENT: N_("Payment or support"),
    ItemType.CONFIRMATION: N_("Confirmation"),
    ItemType.LICENCE: N_("Licence"),
    ItemType.PUBLIC_SERVICE: N_("Public service"),
    HandlingType.IMMEDIATE: N_("Done at once"),
    HandlingType.COMMITTED: N_("Done within the time that we promise"),
    DecisionLevel.COUNTY: N_("The county's department"),
    DecisionLevel.TOWNSHIP: N_("The township"),
    DecisionLevel.VILLAGE: N_("The village or community"),
    Audience.NATURAL_PERSON: N_("People"),
    Audience.ORGANISATION: N_("Organisations"),
    ApplicantKind.PERSON: N_("One person"),
    ApplicantKind.HOUSEHOLD: N_("A household: everybody who lives together, each adult agrees"),
    IdentityLevel.CLAIMED: N_("What one says is enough"),
    IdentityLevel.SEEN_BY_DESK: N_("The desk has to have seen the ID card"),
    OptionalState.INVESTIGATING: N_("A visit by two people"),
    OptionalState.PUBLIC_NOTICE: N_("A public notice"),
    OptionalState.SPECIAL_PROCEDURE: N_("A special procedure, such as an appraisal"),
    OptionalState.EXTENDED: N_("More time, once"),
    PostedField.NAME: N_("Name"),
    PostedField.HOUSEHOLD_SIZE: N_("How many in the household"),
    PostedField.AMOUNT: N_("Amount"),
    PostedField.SUPPORT: N_("Kind of support"),
    PostedField.KIND: N_("Kind of subsidy"),
    PostedField.GRADE: N_("Grade"),
    PostedField.WORK: N_("Work"),
    Necessity.REQUIRED: N_("Always"),
    Necessity.CONDITIONAL: N_("Only if: a yes/no question is asked"),
    Necessity.OPTIONAL: N_("May be left out"),
    ProvidedBy.APPLICANT: N_("The applicant"),
    ProvidedBy.STATION: N_("The station has the form"),
    ProvidedBy.GOV_SHARED: N_("The government looks it up"),
    OriginalAction.CHECK_AND_RETURN: N_("Looked at and given back"),
    OriginalAction.RETAIN: N_("Kept"),
    Sensitivity.NORMAL: N_("Ordinary"),
    Sensitivity.SENSITIVE: N_("Sensitive"),
    QuestionKind.YES_NO: N_("Yes or no"),
    QuestionKind.ONE_CHOICE: N_("One of several answers"),
    QuestionKind.SEVERAL_CHOICES: N_("Any of several answers"),
    QuestionKind.SHORT_TEXT: N_("One line"),
    QuestionKind.LONG_TEXT: N_("Several lines"),
    QuestionKind.NUMBER: N_("A number"),
    QuestionKind.DATE: N_("A day"),
    QuestionKind.MONEY: N_("An amount of money"),
}
"""What stands on the screen for a value of the guide."""


def words(kind: type[StrEnum], *, none: Any = None) -> tuple[tuple[str, Any], ...]:
    """The choices of an enumeration; with `none` a first one for no value."""
    listed = tuple((each.value, WORDS[each]) for each in kind)
    return listed if none is None else (("", none), *listed)


NO_NUMBER: Final = N_("no number")


def _both(path: str, chinese: Any, english: Any, kind: Kind = "text", *, needed: bool = False) -> tuple[Line, Line]:
    longest = 200 if kind == "text" else 1000
    return (
        Line(f"{path}_zh", chinese, kind, needed=needed, longest=longest),
        Line(f"{path}_en", english, kind, needed=needed, longest=longest),
    )


def _limit(path: str, value: Any, *, law: bool) -> tuple[Line, ...]:
    number = (
        Line(f"{path}.value", value, "number"),
        Line(f"{path}.unit", N_("Counted in"), "select", choices=words(DayUnit, none=NO_NUMBER)),
        Line(f"{path}.provenance", N_("How sure is that?"), "select", choices=words(Provenance)),
    )
    if not law:
        return number
    basis = _both(f"{path}.basis", N_("By which law, in Chinese"), N_("By which law, in English"))
    return (*number, *basis)


NAMES: Final = Subject(
    "names",
    N_("Names and where it stands"),
    N_("What residents call it, what the law calls it, and how it is found."),
    (
        *_both("plain_name", N_("As people say, in Chinese"), N_("As people say, in English"), needed=True),
        *_both("name", N_("Official name, in Chinese"), N_("Official name, in English"), needed=True),
        Line("slug", N_("Address"), hint=N_("Small letters and hyphens; printed QR codes carry it."), needed=True),
        Line("department", N_("Which department decides?"), "select", choices="departments", needed=True),
        Line("co_departments", N_("Together with"), "ticks", choices="departments"),
        Line("life_event", N_("What happens in life"), "select", choices="life_events", needed=True),
        Line("target_groups", N_("For whom"), "ticks", choices="target_groups", needed=True),
        Line("keywords", N_("Words people search by, in Chinese"), "lines", N_("One a line."), longest=1000),
        Line("keywords_en", N_("Words people search by, in English"), "lines", N_("One a line."), longest=1000),
        Line("item_type", N_("Kind of service"), "select", choices=words(ItemType), needed=True),
        Line("provenance", N_("How sure is this guide?"), "select", choices=words(Provenance), needed=True),
    ),
)
WHO: Final = Subject(
    "who",
    N_("Who may apply, and how"),
    N_("Conditions, in person or by somebody else."),
    (
        *_both("eligibility", N_("Conditions, in Chinese"), N_("Who may apply, in English"), "textarea", needed=True),
        Line("audience", N_("It is for"), "select", choices=words(Audience), needed=True),
        Line("applicant", N_("Who applies"), "select", choices=words(ApplicantKind), needed=True),
        Line("identity_level", N_("Who one is"), "select", choices=words(IdentityLevel), needed=True),
        Line("proxy_allowed", N_("Somebody else may do it for the person"), "tick"),
        Line("home_pickup_allowed", N_("A grid worker can call for the papers"), "tick"),
        Line("home_service_allowed", N_("It can be done at home"), "tick"),
        Line("appointment_required", N_("An appointment is needed"), "tick"),
        Line("visits_required", N_("Visits to the desk"), "number", needed=True),
        *_both("in_person_requirement", N_("Why one must come, in Chinese"), N_("Why one must come, in English")),
        *_both("note", N_("Good to know, in Chinese"), N_("Good to know, in English"), "textarea"),
    ),
)
LIMITS: Final = Subject(
    "limits",
    N_("Times"),
    N_("Days count from acceptance. What we promise may not be longer than the law allows."),
    (
        *_limit("statutory_limit", N_("Days by law"), law=True),
        *_both("statutory_limit.note", N_("A word on it, in Chinese"), N_("A word on it, in English")),
        *_limit("committed_limit", N_("Days that we promise"), law=False),
        *_limit("extension_limit", N_("More days, once, at most"), law=True),
        *_limit("investigate_within", N_("The visit begins within"), law=True),
        *_limit("refusal_notice", N_("A refusal is told within"), law=True),
        *_limit("papers_follow_within", N_("Papers that may follow, within"), law=False),
    ),
)
STATES: Final = Subject(
    "states",
    N_("How it is handled"),
    N_("Who decides, and which further steps there may be."),
    (
        Line("handling_type", N_("When it is done"), "select", choices=words(HandlingType), needed=True),
        Line("decision_level", N_("Who decides"), "select", choices=words(DecisionLevel), needed=True),
        Line("optional_states", N_("Further steps of this service"), "ticks", choices=words(OptionalState)),
        Line("public_notice.days", N_("Days of the public notice"), "number"),
        Line("public_notice.day_unit", N_("Counted in"), "select", choices=words(DayUnit)),
        Line("public_notice.shows", N_("What the notice may show"), "ticks", choices=words(PostedField)),
        *_both("public_notice.fields", N_("The same in words, in Chinese"), N_("The same in words, in English")),
        *_both("public_notice.privacy_note", N_("What must not stand there, in Chinese"), N_("The same, in English")),
        Line("public_notice.pauses_clock", N_("The days of the notice do not count"), "tick"),
    ),
)
FEE: Final = Subject(
    "fee",
    N_("Fee"),
    N_("A fee needs its legal basis."),
    (
        Line("fee.charged", N_("Something is charged"), "tick"),
        Line("fee.amount_fen", N_("Amount in yuan"), "money"),
        *_both("fee.basis", N_("By which law, in Chinese"), N_("By which law, in English")),
    ),
)
RESULT: Final = Subject(
    "result",
    N_("Result and how long it is kept"),
    N_("What the person gets in the end. Years as the archive rules say, where left empty."),
    (
        *_both("result", N_("What one gets, in Chinese"), N_("What one gets, in English"), needed=True),
        Line("keep_times.approved_years", N_("Years kept when approved"), "number"),
        Line("keep_times.rejected_years", N_("Years kept when refused"), "number"),
        Line("keep_times.withdrawn_years", N_("Years kept when withdrawn"), "number"),
    ),
)
NOTICES: Final = Subject(
    "notices",
    N_("Texts of notices"),
    N_("A sentence of this service's own, beside the usual words of each notice."),
    (
        *_both("notices.acceptance", N_("Acceptance, in Chinese"), N_("Acceptance, in English"), "textarea"),
        *_both("notices.correction", N_("Corrections, in Chinese"), N_("Corrections, in English"), "textarea"),
        *_both("notices.extension", N_("More time, in Chinese"), N_("More time, in English"), "textarea"),
        *_both("notices.refusal", N_("Refusal, in Chinese"), N_("Refusal, in English"), "textarea"),
        *_both("notices.decision", N_("Decision, in Chinese"), N_("Decision, in English"), "textarea"),
    ),
)
CONDITION_HINT: Final = N_("For example: CHILDREN = yes and AGE >= 60. Codes of earlier questions; and, or, not, has.")
PAPERS: Final = Subject(
    "papers",
    N_("Papers"),
    N_("What has to be brought or photographed, in this order."),
    (
        *_both("name", N_("Name of the paper, in Chinese"), N_("Name of the paper, in English"), needed=True),
        Line("code", N_("Code"), hint=N_("Capital letters. It never changes for the same paper."), needed=True),
        *_both("spec", N_("How it must look, in Chinese"), N_("How it must look, in English")),
        Line("originals", N_("Originals"), "number", needed=True),
        Line("copies", N_("Copies"), "number", needed=True),
        Line(
            "original_action",
            N_("What happens to the original"),
            "select",
            choices=words(OriginalAction, none=N_("no original")),
        ),
        Line("necessity", N_("When it is needed"), "select", choices=words(Necessity), needed=True),
        *_both("condition", N_("Only if …, in Chinese"), N_("Only if …, in English")),
        *_both("question", N_("The yes/no question, in Chinese"), N_("The yes/no question, in English")),
        Line("needed_when", N_("Only after these answers"), hint=CONDITION_HINT, longest=300),
        Line("provided_by", N_("Who has it"), "select", choices=words(ProvidedBy), needed=True),
        Line("sensitivity", N_("How sensitive"), "select", choices=words(Sensitivity), needed=True),
        Line("may_follow", N_("It may follow after acceptance"), "tick"),
    ),
    "materials",
    N_("Add a paper"),
)
QUESTIONS: Final = Subject(
    "questions",
    N_("Questions"),
    N_("What is asked beside name, number, telephone and home, one a page, before the papers."),
    (
        *_both("label", N_("The question, in Chinese"), N_("The question, in English"), needed=True),
        Line("code", N_("Code"), hint=N_("Capital letters; conditions name the question by it."), needed=True),
        Line("kind", N_("Kind of answer"), "select", choices=words(QuestionKind), needed=True),
        *_both("hint", N_("A hint below it, in Chinese"), N_("A hint below it, in English")),
        Line("required", N_("It has to be answered"), "tick"),
        Line(
            "choices",
            N_("Answers to choose from"),
            "choices",
            N_("One a line: code | 中文 | English. For example: bank | 打到卡上 | To a bank card"),
            longest=4000,
        ),
        Line("shown_when", N_("Asked only after these answers"), hint=CONDITION_HINT, longest=300),
    ),
    "questions",
    N_("Add a question"),
)
STEPS: Final = Subject(
    "steps",
    N_("How it goes"),
    N_("The steps that the guide names, in this order."),
    (
        *_both("title", N_("Step, in Chinese"), N_("Step, in English"), needed=True),
        *_both("note", N_("A word on it, in Chinese"), N_("A word on it, in English")),
    ),
    "steps",
    N_("Add a step"),
)
SUBJECTS: Final[dict[str, Subject]] = {
    each.name: each for each in (NAMES, WHO, PAPERS, QUESTIONS, LIMITS, STATES, STEPS, FEE, RESULT, NOTICES)
}


def lines_by_path() -> Iterator[tuple[str, Subject, Line]]:
    """Every field of a guide: its path, the entries of lists as `materials[].name_zh`."""
    for subject in SUBJECTS.values():
        for line in subject.lines:
            yield (f"{subject.list_path}[].{line.path}" if subject.list_path else line.path), subject, line
