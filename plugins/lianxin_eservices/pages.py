"""What the plugin's templates draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from lianxin.api import FormView
from lianxin_eservices.pages_papers import PaperOffer
from lianxin_eservices.pages_showing import Banner
from lianxin_eservices.queries.catalogue import Catalogue, ItemRow
from lianxin_eservices.queries.guide import GuideView


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is a link."""

    title: str
    href: str
    current: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """All services, or those found."""

    template: ClassVar[str] = "eservices/catalogue.html"
    shared: ClassVar[bool] = True

    title: str
    catalogue: Catalogue
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One service. `resume` is where an application that was begun goes on; empty: none was. `events` (code, title) are

    life events of which it is a part.
    """

    template: ClassVar[str] = "eservices/guide.html"
    shared: ClassVar[bool] = True
    slots: ClassVar[tuple[str, ...]] = ("eservices.guide",)

    title: str
    guide: GuideView
    resume: str
    address: str
    station_address: str
    events: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintPage:
    """The same on paper, in large letters."""

    template: ClassVar[str] = "eservices/guide_print.html"
    shell: ClassVar[str] = "print"

    title: str
    guide: GuideView
    address: str
    qr: Any
    station_address: str


@dataclass(frozen=True, slots=True)
class SharePage:
    """A QR to let somebody else photograph."""

    template: ClassVar[str] = "eservices/share.html"

    title: str
    guide: GuideView
    address: str
    qr: Any


@dataclass(frozen=True, slots=True)
class Popular:
    """What many people come for, on the first page; `events` are life events with a form of their own."""

    rows: tuple[ItemRow, ...]
    events: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """Before the first question: who asks, what for, how long, who sees it. The desk reads it out.

    `others` are whom the visitor may act for in this matter, and where that begins; `left` are services that she
    ticked and can't apply for, each with why not.
    """

    template: ClassVar[str] = "eservices/consent.html"

    title: str
    name: str
    home: str
    lines: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    form: FormView
    left: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ComePage:
    """This one can't be applied for online: where to come, and what to bring."""

    template: ClassVar[str] = "eservices/come.html"

    title: str
    guide: GuideView
    station_address: str


@dataclass(frozen=True, slots=True)
class CallButton:
    """Call me: one press by `form` where a number is known, else a page that asks for one; at the desk neither."""

    form: FormView | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside every question. `aside` prints a slip; None for one's own application.

    `show` lets a colleague look; while one does, or is awaited, `banner` stands above.
    """

    call: CallButton
    aside: FormView | None = None
    show: FormView | None = None
    banner: Banner | None = None


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question. `field` names it in the form; `given` are photos that are there already; `acting_for` is the name

    of the person for whom a proxy answers; `offer` is a kept paper; `of` names the services that ask, where not all
    of several do.
    """

    template: ClassVar[str] = "eservices/question.html"

    title: str
    home: str
    of: tuple[str, ...]
    draft_id: str
    step: str
    number: int
    total: int
    back: str
    whom: str
    acting_for: str
    beside: Beside
    form: FormView
    fields: tuple[str, ...]
    upload: bool
    how: tuple[str, ...]
    given: tuple[tuple[str, str, FormView], ...]
    offer: PaperOffer | None = None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An answer, and where to change it; `of` names the services that ask, where not all of several do."""

    label: str
    text: str
    href: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody of the household whose word is missing, or who does not agree (`refused`)."""

    name: str
    refused: bool
    href: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything once more before it goes off. `waits_for`: who of the household has not agreed yet."""

    template: ClassVar[str] = "eservices/review.html"

    title: str
    ours: tuple[str, ...]
    whom: str
    acting_for: str
    beside: Beside
    back: str
    rows: tuple[ReviewRow, ...]
    form: FormView
    drop: FormView
    waits_for: tuple[Waiting, ...] = ()
    may_keep: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptPart:
    """One matter on a receipt: its code, and what happens next, where and by when."""

    name: str
    code: str
    plain_code: str
    qr: Any
    address: str
    stages: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """We have it, or them: each code once. `parts` are the matters that were sent at once, the one asked for first."""

    template: ClassVar[str] = "eservices/receipt.html"

    title: str
    name: str
    parts: tuple[ReceiptPart, ...]
    at: Any
    bring: tuple[str, ...]
    station_address: str
    for_desk: bool
    acting_for: str
    status_address: str
    status_qr: Any
    later: FormView | None = None


@dataclass(frozen=True, slots=True)
class CorrectPage:
    """What is missing, and a form to send it."""

    template: ClassVar[str] = "eservices/correct.html"

    title: str
    name: str
    back: str
    case: Any
    form: FormView
    call: FormView | None
    offers: tuple[PaperOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskNewPage:
    """The desk's box for a caller or a walk-in. `lines` are read out before she agrees.

    `begun` is what this colleague has begun for others and not sent.
    """

    template: ClassVar[str] = "eservices/desk_new.html"
    shell: ClassVar[str] = "desk"

    title: str
    form: FormView
    lines: tuple[tuple[str, str], ...]
    doubles: bool
    service: str
    services: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str], ...] = ()
    begun: tuple[Begun, ...] = ()

    @property
    def item_known(self) -> bool:
        """Whether the service is chosen: the text to read out depends on it."""
        return bool(self.service)


@dataclass(frozen=True, slots=True)
class Begun:
    """An application that was begun: where it goes on, and when it was last touched."""

    title: str
    href: str
    updated_at: Any


@dataclass(frozen=True, slots=True)
class MyDrafts:
    """Applications that were begun and not sent, for the account's first page."""

    rows: tuple[Begun, ...]


@dataclass(frozen=True, slots=True)
class Begin:
    """Where an application is begun for whoever stands at the counter."""

    href: str
