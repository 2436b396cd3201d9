"""The review: every answer in words, and where to change it."""

from __future__ import annotations

from urllib.parse import urlencode

from lianxin.api import Visit, _, find_area, get_area, mask_id, mask_phone, ngettext
from lianxin_eservices.pages import ReviewRow, Waiting
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.queries.extras import told
from lianxin_eservices.rules.application import AT_DESK, CONDITION, FAMILY, HOUSEHOLD, Question


async def review_rows(visit: Visit, draft: DraftView) -> tuple[ReviewRow, ...]:
    """One line a question, in their order; what was known already stands first."""
    rows = [_chosen(visit, draft)] if draft.event else []
    rows += [] if "name" in [one.step for one in draft.asked] else [ReviewRow(_("Name"), draft.person.name, "")]
    if "id-number" not in [one.step for one in draft.asked]:
        rows.append(ReviewRow(_("ID number"), _("We know it") if draft.acting else draft.person.id_number, ""))
    for question in draft.asked:
        label, text = await _line(visit, draft, question)
        href = visit.url("eservices:question", draft=draft.id, step=question.step)
        rows.append(ReviewRow(label, text, href, asked_by(visit, draft, question)))
    return tuple(rows)


def asked_by(visit: Visit, draft: DraftView, question: Question) -> tuple[str, ...]:
    """The services that ask it, by name; none where all do."""
    guides = [part.item.guide for part in draft.chosen]
    return tuple(guide.plain_name.in_language(visit.language) for guide in guides if guide.code in question.of)


def _chosen(visit: Visit, draft: DraftView) -> ReviewRow:
    """What is applied for; to change it is to tick again, and all answers stay."""
    assert draft.event is not None  # asked for above
    names = [part.item.guide.plain_name.in_language(visit.language) for part in draft.chosen]
    ticks = urlencode([("part", part.item.guide.code) for part in draft.chosen])
    href = f"{visit.url('eservices:life', event=draft.event.code)}?{ticks}"
    if draft.acting:
        href = visit.url("eservices:life_act_start", event=draft.event.code, leave=draft.authorisation_id)
    return ReviewRow(_("What you apply for"), _(", ").join(names), "" if draft.desk else href)


async def _line(visit: Visit, draft: DraftView, question: Question) -> tuple[str, str]:
    answers, material, extra = draft.answers, question.material, question.extra
    if extra is not None:
        text = told(extra, answers.extras.get(question.key), visit.language)
        return extra.label.in_language(visit.language), text or _("Left out")
    if material is not None:
        if question.step.startswith(CONDITION):
            asked = material.question or material.name
            return asked.in_language(visit.language), _("Yes") if answers.conditions.get(question.key) else _("No")
        return material.name.in_language(visit.language), _paper(draft, question)
    match question.step:
        case "whom":
            return _("Who is it for?"), _("Somebody in my family") if answers.whom == FAMILY else _("Myself")
        case "name":
            return _("Name"), answers.name
        case "id-number":
            return _("ID number"), mask_id(answers.id_number) if answers.id_number else ""
        case "phone":
            return _("Phone"), mask_phone(answers.phone) if answers.phone else draft.person.phone
        case "household":
            return _("Household"), _household(draft)
    return _("Where the home is"), await _home(draft)


def _household(draft: DraftView) -> str:
    members = draft.household.members if draft.household else ()
    how_many = ngettext("%(num)s person", "%(num)s people", len(members))
    return f"{how_many}{_(': ')}{_(', ').join(one.name for one in members)}"


def waits_for(visit: Visit, draft: DraftView) -> tuple[Waiting, ...]:
    """Whose word is missing before it may be sent; a child waits for its guardian, so each name stands once."""
    if draft.household is None:
        return ()
    href = visit.url("eservices:question", draft=draft.id, step=HOUSEHOLD)
    refused = {one.name for one in draft.household.members if one.says == "refused"}
    names = dict.fromkeys(name for one in draft.household.open for name in one.open_by)
    return tuple(Waiting(name, name in refused, href) for name in names)


def _paper(draft: DraftView, question: Question) -> str:
    files = draft.files.get(question.key, ())
    if files:
        return ngettext("%(num)s photo", "%(num)s photos", len(files))
    return _("I'll bring it to the desk") if draft.materials.get(question.key) == AT_DESK else _("Left out")


async def _home(draft: DraftView) -> str:
    if draft.answers.area:
        area = await find_area(draft.answers.area)
        return area.name if area else ""
    home = draft.person.home_area_id
    return (await get_area(home)).name if home else ""
