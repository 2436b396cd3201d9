"""The review: every answer in words, and where to change it."""

from __future__ import annotations

from lianxin.api import Visit, _, find_area, get_area, mask_id, mask_phone, ngettext
from lianxin_eservices.pages import ReviewRow
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.queries.extras import told
from lianxin_eservices.rules.application import AT_DESK, CONDITION, FAMILY, PHOTOS, Question


async def review_rows(visit: Visit, draft: DraftView) -> tuple[ReviewRow, ...]:
    """One line a question, in their order; what was known already stands first."""
    rows = [] if "name" in [one.step for one in draft.asked] else [ReviewRow(_("Name"), draft.person.name, "")]
    if "id-number" not in [one.step for one in draft.asked]:
        rows.append(ReviewRow(_("ID number"), _("We know it") if draft.acting else draft.person.id_number, ""))
    for question in draft.asked:
        label, text = await _line(visit, draft, question)
        rows.append(ReviewRow(label, text, visit.url("eservices:question", draft=draft.id, step=question.step)))
    return tuple(rows)


async def _line(visit: Visit, draft: DraftView, question: Question) -> tuple[str, str]:
    answers, material, extra = draft.answers, question.material, question.extra
    if extra is not None:
        text = told(extra, answers.extras.get(extra.code), visit.language)
        return extra.label.in_language(visit.language), text or _("Left out")
    if material is not None:
        if question.step.startswith(CONDITION):
            asked = material.question or material.name
            return asked.in_language(visit.language), _("Yes") if answers.conditions.get(material.code) else _("No")
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
    return _("Where the home is"), await _home(draft)


def _paper(draft: DraftView, question: Question) -> str:
    code = question.step.removeprefix(PHOTOS)
    files = draft.files.get(code, ())
    if files:
        return ngettext("%(num)s photo", "%(num)s photos", len(files))
    return _("I'll bring it to the desk") if draft.materials.get(code) == AT_DESK else _("Left out")


async def _home(draft: DraftView) -> str:
    if draft.answers.area:
        area = await find_area(draft.answers.area)
        return area.name if area else ""
    home = draft.person.home_area_id
    return (await get_area(home)).name if home else ""
