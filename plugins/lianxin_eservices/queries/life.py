"""Life events as they are offered now: which services, for whom, and every paper once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from lianxin.api import Recent, _
from lianxin_eservices.queries.guide import GuideView, guide_view, paper_view
from lianxin_eservices.queries.items import LIFE_EVENTS, PublishedItem, list_published
from lianxin_eservices.rules.bundle import LIFE, PaperOnce, event_of, papers_once, parts_of
from lianxin_eservices.rules.item import EventPart, LifeEvent, Necessity


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants: one service, or of a life event those that were `chosen` (codes) among all that it offers.

    `held` are entries of the event: conditions that it answers by itself.
    """

    subject: str
    offered: tuple[PublishedItem, ...]
    chosen: tuple[str, ...]
    held: tuple[EventPart, ...] = ()

    @property
    def items(self) -> tuple[PublishedItem, ...]:
        """The chosen services."""
        return tuple(item for item in self.offered if item.guide.code in self.chosen)


def only(item: PublishedItem) -> Wish:
    """One service alone."""
    return Wish(item.guide.code, (item,), (item.guide.code,))


@dataclass(frozen=True, slots=True)
class Offer:
    """A life event with its services as they are published now; what is switched off is not there."""

    event: LifeEvent
    parts: tuple[tuple[EventPart, PublishedItem], ...]

    @property
    def items(self) -> tuple[PublishedItem, ...]:
        """Those that can be applied for from home."""
        return tuple(item for _part, item in self.parts if item.online)

    @property
    def ticked(self) -> tuple[str, ...]:
        """Codes that are chosen beforehand."""
        return tuple(part.item for part, item in self.parts if part.ticked and item.online)

    def wish(self, chosen: Collection[str], *, desk: bool = False) -> Wish:
        """Of these codes what is offered; at the desk also what somebody has to come for."""
        offered = tuple(item for _part, item in self.parts) if desk else self.items
        codes = tuple(item.guide.code for item in offered if item.guide.code in chosen)
        return Wish(LIFE + self.event.code, offered, codes, tuple(part for part, _item in self.parts if part.holds))


_offered: Recent[list[Offer]] = Recent()


async def list_offers() -> list[Offer]:
    """All life events with a page of their own of which something is offered; as it was a second ago at most."""
    return await _offered.get("", _list_offers)


async def _list_offers() -> list[Offer]:
    published = await list_published()
    offers = [_offer(event, published) for event in LIFE_EVENTS.values() if event.parts]
    return [offer for offer in offers if offer.items]


async def find_offer(subject: str) -> Offer | None:
    """The one that is meant by `life:` and a code; None for anything else."""
    event = LIFE_EVENTS.get(event_of(subject))
    offer = _offer(event, await list_published()) if event is not None and event.parts else None
    return offer if offer is not None and offer.parts else None


def _offer(event: LifeEvent, published: Iterable[PublishedItem]) -> Offer:
    items = {item.guide.code: item for item in published}
    return Offer(event, tuple((part, items[part.item]) for part in event.parts if part.item in items))


@dataclass(frozen=True, slots=True)
class PartRow:
    """One service of a life event in a list."""

    code: str
    who: str
    guide: GuideView
    chosen: bool


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper, of however many services. `of` names them where not all need it."""

    name: str
    how: tuple[str, ...]
    only_if: str
    optional: bool
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LifeView:
    """A life event in the reader's language: what can be applied for, what one comes for, papers of what is chosen."""

    code: str
    title: str
    icon: str
    says: str
    parts: tuple[PartRow, ...]
    come: tuple[PartRow, ...]
    papers: tuple[PaperRow, ...]
    ours: tuple[str, ...]


def life_view(offer: Offer, chosen: Collection[str], language: str) -> LifeView:
    """With the papers of the chosen services."""
    rows = [
        PartRow(part.item, part.who.in_language(language), guide_view(item, language), part.item in chosen)
        for part, item in offer.parts
    ]
    picked = [row for row in rows if row.chosen and row.guide.online]
    event = offer.event
    return LifeView(
        code=event.code,
        title=event.title.in_language(language),
        icon=event.icon,
        says=event.says.in_language(language) if event.says else "",
        parts=tuple(row for row in rows if row.guide.online),
        come=tuple(row for row in rows if not row.guide.online),
        papers=_papers(offer, {row.code: row.guide.plain_name for row in picked}, language),
        ours=tuple(dict.fromkeys(paper for row in picked for paper in row.guide.ours)),
    )


def _papers(offer: Offer, names: dict[str, str], language: str) -> tuple[PaperRow, ...]:
    parts = [part for part in parts_of(item.guide for item in offer.items) if part.item.code in names]
    return tuple(_paper_row(paper, names, language) for paper in papers_once(parts))


def _paper_row(paper: PaperOnce, names: dict[str, str], language: str) -> PaperRow:
    views = [(names[code], paper_view(one, language)) for code, one in paper.of]
    always = any(one.necessity is not Necessity.CONDITIONAL for _code, one in paper.of)
    return PaperRow(
        name=views[0][1].name,
        how=how_each([(name, view.how) for name, view in views]),
        only_if="" if always else views[0][1].only_if,
        optional=all(one.necessity is Necessity.OPTIONAL for _code, one in paper.of),
        of=() if len(views) == len(names) else tuple(name for name, _view in views),
    )


def how_each(said: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """How a paper must look: once where all (name, words) say the same, else a line for each that says it."""
    lines: dict[str, list[str]] = {}
    for name, how in said:
        lines.setdefault(how, []).append(name)
    if len(lines) == 1:
        return tuple(how for how in lines if how)
    return tuple(_("%(names)s: %(how)s", names=_(", ").join(names), how=how) for how, names in lines.items() if how)


@dataclass(frozen=True, slots=True)
class EventRow:
    """A life event that has a page of its own, in a list."""

    code: str
    title: str
    says: str
    icon: str


def event_rows(offers: Iterable[Offer], language: str) -> list[EventRow]:
    """Lines of a list."""
    events = [offer.event for offer in offers]
    return [
        EventRow(event.code, event.title.in_language(language), event.says.in_language(language), event.icon)
        for event in events
        if event.says is not None
    ]
