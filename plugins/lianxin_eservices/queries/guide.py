"""A guide as a reader of one language sees it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from lianxin.api import _, ngettext, show_money
from lianxin_eservices.queries.items import DEPARTMENTS, TARGET_GROUPS, PublishedItem
from lianxin_eservices.rules.item import (
    Audience,
    DayUnit,
    IdentityLevel,
    Limit,
    Material,
    Necessity,
    OriginalAction,
    ProvidedBy,
    ServiceItem,
)
from lianxin_eservices.rules.plain import Text


@dataclass(frozen=True, slots=True)
class PaperView:
    """One line of the checklist: what it is, how it must look, how many, whether it comes back, when it is needed."""

    code: str
    name: str
    how: str
    only_if: str
    optional: bool


@dataclass(frozen=True, slots=True)
class GuideView:
    """All that a guide says. `papers` are the resident's; `ours` those that nobody need bring."""

    slug: str
    name: str
    plain_name: str
    department: str
    department_phone: str
    hotline: str
    who: str
    groups: tuple[str, ...]
    papers: tuple[PaperView, ...]
    ours: tuple[str, ...]
    committed: str
    committed_days: str
    statutory: str
    limit_note: str
    fee: str
    fee_basis: str
    visits: int
    pickup: bool
    steps: tuple[tuple[str, str], ...]
    result: str
    basis: str
    note: str
    in_person: str
    notice: str
    proxy: bool
    online: bool
    for_organisations: bool
    card_needed: bool


MOST_KEPT = 1000
_kept: dict[tuple[UUID, str, str, str], GuideView] = {}


def guide_view(item: PublishedItem, language: str) -> GuideView:
    """The guide in this language. A version never changes, so what it says is put together once a process."""
    key = (item.version_id, item.slug, item.department, language)
    view = _kept.get(key)
    if view is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        view = _kept[key] = _view(item, language)
    return view


def _view(item: PublishedItem, language: str) -> GuideView:
    guide, department = item.guide, DEPARTMENTS[item.department]

    def said(text: Text | None) -> str:
        return text.in_language(language) if text else ""

    return GuideView(
        slug=item.slug,
        name=said(guide.name),
        plain_name=said(guide.plain_name),
        department=said(department.full_name),
        department_phone=department.phone,
        hotline=department.hotline,
        who=said(guide.eligibility),
        groups=tuple(said(TARGET_GROUPS[code].title) for code in guide.target_groups if code in TARGET_GROUPS),
        papers=tuple(paper_view(one, language) for one in guide.materials if one.to_prepare),
        ours=tuple(said(one.name) for one in guide.materials if not one.to_prepare),
        committed=days_of(guide.committed_limit),
        committed_days=str(guide.committed_limit.value or ""),
        statutory=days_of(guide.statutory_limit),
        limit_note=said(guide.statutory_limit.note),
        fee=fee_of(guide, language),
        fee_basis=said(guide.fee.basis),
        visits=guide.visits_required,
        pickup=guide.home_pickup_allowed,
        steps=tuple((said(step.title), said(step.note)) for step in guide.steps),
        result=said(guide.result),
        basis=said(guide.statutory_limit.basis),
        note=said(guide.note),
        in_person=said(guide.in_person_requirement),
        notice=_posting(guide, language),
        proxy=guide.proxy_allowed,
        online=item.online,
        for_organisations=guide.audience is Audience.ORGANISATION,
        card_needed=guide.identity_level is IdentityLevel.SEEN_BY_DESK,
    )


def _posting(guide: ServiceItem, language: str) -> str:
    notice = guide.public_notice
    if notice is None:
        return ""
    return _("Posted for %(days)s days: %(fields)s", days=notice.days, fields=notice.fields.in_language(language))


def days_of(limit: Limit) -> str:
    """`3 working days`, or nothing where no number is set."""
    if limit.value is None:
        return ""
    if limit.unit is DayUnit.WORKING_DAY:
        return ngettext("%(num)s working day", "%(num)s working days", limit.value)
    return ngettext("%(num)s day", "%(num)s days", limit.value)


def fee_of(guide: ServiceItem, language: str) -> str:
    """`Free`, or the amount."""
    return show_money(guide.fee.amount_fen, language) if guide.fee.charged else _("Free")


def paper_view(material: Material, language: str) -> PaperView:
    """One paper: how it must look, originals, copies, returned or kept."""
    spec = material.spec.in_language(language) if material.spec else ""
    return PaperView(
        code=material.code,
        name=material.name.in_language(language),
        how=join_sentences([spec, *_counts(material)], language),
        only_if=material.condition.in_language(language) if material.condition else "",
        optional=material.necessity is Necessity.OPTIONAL,
    )


def _counts(material: Material) -> list[str]:
    told = []
    if material.originals:
        kept = material.original_action is OriginalAction.RETAIN
        if kept:
            told.append(
                ngettext("%(num)s original, which we keep", "%(num)s originals, which we keep", material.originals)
            )
        else:
            told.append(_("Original: shown and given back at once"))
    if material.copies:
        told.append(ngettext("%(num)s copy", "%(num)s copies", material.copies))
    if material.provided_by is ProvidedBy.STATION:
        told.append(_("We have the form"))
    return told


def join_sentences(parts: list[str], language: str) -> str:
    """Sentences one after another, each with its full stop."""
    stop, gap = ("。", "") if language.startswith("zh") else (".", " ")
    return gap.join(part.rstrip(" .。") + stop for part in parts if part)
