"""From a step to its form, and from what was typed to the answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import BaseModel

from lianxin.api import FormView, Visit, _, find_area, get_area, list_children
from lianxin_eservices import forms
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.queries.guide import paper_view
from lianxin_eservices.queries.life import how_each
from lianxin_eservices.routes.extras import extra_form, read_extra
from lianxin_eservices.rules.application import AT_DESK, CONDITION, EXTRA, FAMILY, Answers, Question
from lianxin_eservices.rules.item import Material, Necessity
from lianxin_eservices.rules.question import ExtraQuestion

TOWNS = ("town", "township")


@dataclass(frozen=True, slots=True)
class Asked:
    """The form of one question; `fields` in the order of the page, the first is the heading."""

    form: FormView
    fields: tuple[str, ...]
    upload: bool = False
    how: tuple[str, ...] = ()


async def ask(visit: Visit, draft: DraftView, step: str, action: str = "") -> Asked:
    """The form of a step, with what was answered before. `action` where it is not sent to the draft itself."""
    action = action or visit.url("eservices:answer", draft=draft.id, step=step)
    question = next(one for one in draft.asked if one.step == step)
    if question.extra is not None:
        said = draft.answers.extras.get(question.key)
        return Asked(extra_form(visit, question.extra, action, said), ("said",))
    if question.material is not None and step.startswith(CONDITION):
        return _ask_condition(visit, draft, question, question.material, action)
    if question.material is not None:
        return _ask_photos(visit, draft, question, question.material, action)
    if step == "area":
        return await _ask_area(visit, draft, action)
    return _ask_plain(visit, draft, step, action)


def _ask_plain(visit: Visit, draft: DraftView, step: str, action: str) -> Asked:
    answers, family = draft.answers, draft.answers.whom == FAMILY
    if step == "whom":
        return Asked(visit.form(forms.WhomForm, action, {"whom": answers.whom}), ("whom",))
    if step == "name":
        label = _("What is the name of the person it is for?") if family else _("What is your name?")
        return Asked(visit.form(forms.NameForm, action, {"name": answers.name}, labels={"name": label}), ("name",))
    if step == "id-number":
        label = _("What is that person's ID number?") if family else _("What is your ID number?")
        form = visit.form(forms.NumberForm, action, {"id_number": answers.id_number}, labels={"id_number": label})
        return Asked(form, ("id_number",))
    values = {"phone": answers.phone or ""}
    if not draft.known.phone and not draft.desk:
        return Asked(visit.form(forms.PhoneForm, action, values), ("phone",))
    hint = _("Leave it empty if there is none.")
    if draft.known.phone:
        hint = _("We know %(phone)s. Leave it empty if that is right.", phone=draft.person.phone)
    return Asked(visit.form(forms.KnownPhoneForm, action, values, hints={"phone": hint}), ("phone",))


def _ask_condition(visit: Visit, draft: DraftView, question: Question, material: Material, action: str) -> Asked:
    label = material.question.in_language(visit.language) if material.question else ""
    said = draft.answers.conditions.get(question.key)
    values = {} if said is None else {"holds": "yes" if said else "no"}
    form = visit.form(forms.ConditionForm, action, values, labels={"holds": label})
    return Asked(form, ("holds",))


def _ask_photos(visit: Visit, draft: DraftView, question: Question, material: Material, action: str) -> Asked:
    view = paper_view(material, visit.language)
    later = draft.materials.get(question.key) == AT_DESK
    labels = {"photos": view.name}
    if material.necessity is Necessity.OPTIONAL:
        labels["later"] = _("I don't have it, or I'll bring it later")
    hint = _("Every page one photo; several at once are fine. Or a PDF.")
    form = visit.form(
        forms.PhotosForm, action, {"later": "yes" if later else ""}, labels=labels, hints={"photos": hint}
    )
    if material.necessity is not Necessity.OPTIONAL:
        form = _asked_for(form, "photos")
    return Asked(form, ("photos", "later"), upload=True, how=how_of_paper(draft, question.key, visit.language))


def how_of_paper(draft: DraftView, key: str, language: str) -> tuple[str, ...]:
    """How it must look, for each of the services that need it."""
    return how_each(
        [
            (part.item.guide.plain_name.in_language(language), paper_view(one, language).how)
            for part in draft.chosen
            for one in part.item.guide.materials
            if part.rule.papers[one.code] == key
        ]
    )


def _asked_for(form: FormView, name: str) -> FormView:
    """Without the words "you may leave this out": the paper is needed, only its photo may come later."""
    return replace(form, fields={**form.fields, name: replace(form.field(name), required=True)})


async def _ask_area(visit: Visit, draft: DraftView, action: str) -> Asked:
    above = await find_area(visit.query("above", longest=20))
    top = (await list_children(None))[:1]
    parent = above.id if above else top[0].id if top else None
    places = await list_children(parent)
    chosen = await find_area(draft.answers.area) if draft.answers.area else None
    if chosen is None and draft.known.area and draft.answers.whom != FAMILY and draft.person.home_area_id:
        chosen = await get_area(draft.person.home_area_id)
    marked = [place.code for place in places if chosen is not None and place.covers(chosen.path)]
    label = _("In which township is the home?")
    if above is not None:
        label = _("Which village or community in %(town)s?", town=above.name)
    form = visit.form(
        forms.AreaForm,
        action,
        {"area": marked[0] if marked else ""},
        choices={"area": [(place.code, place.name, "") for place in places]},
        labels={"area": label},
    )
    return Asked(form, ("area",))


async def read_answer(visit: Visit, draft: DraftView, step: str) -> Answers | None:
    """The answers with this one. None: a township was chosen, and the village is still to come."""
    answers = draft.answers
    if step.startswith(CONDITION):
        holds = visit.read(forms.ConditionForm).holds == "yes"
        return answers.said(step.removeprefix(CONDITION), holds)
    if step.startswith(EXTRA):
        return answers.answered(step.removeprefix(EXTRA), read_extra(visit, _extra(draft, step)))
    if step == "area":
        return await _read_area(visit, answers)
    if step == "whom":
        whom = visit.read(forms.WhomForm).whom
        # What was said about somebody else is not this person's.
        return answers if whom == answers.whom else replace(answers, whom=whom, name="", id_number="", area="")
    if step == "name":
        return replace(answers, name=visit.read(forms.NameForm).name)
    if step == "id-number":
        return replace(answers, id_number=visit.read(forms.NumberForm).id_number.value)  # type: ignore[attr-defined]
    model: type[BaseModel] = forms.KnownPhoneForm if draft.known.phone or draft.desk else forms.PhoneForm
    return replace(answers, phone=getattr(visit.read(model), "phone", None) or "")


async def _read_area(visit: Visit, answers: Answers) -> Answers | None:
    chosen = await find_area(visit.read(forms.AreaForm).area)
    if chosen is None:
        raise forms.refused_area()
    return None if chosen.kind in TOWNS else replace(answers, area=chosen.code)


def _extra(draft: DraftView, step: str) -> ExtraQuestion:
    return next(one.extra for one in draft.asked if one.step == step and one.extra is not None)
