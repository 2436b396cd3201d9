"""Who lives with the applicant: the page of the application, one person at a time, and how each agrees."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from lianxin.api import Loader, Refused, See, Visit, _, mask_phone
from lianxin_eservices import forms, forms_household
from lianxin_eservices.actions import household, household_consent
from lianxin_eservices.actions.household import Told, writes_herself
from lianxin_eservices.actions.household_words import Said, text_for
from lianxin_eservices.forms_acting import LeaveCodeForm
from lianxin_eservices.models import HouseholdMember
from lianxin_eservices.pages_household import AskWordPage, HouseholdPage, MemberLine, MemberPage
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.queries.household import HouseholdView, MemberView, number_of
from lianxin_eservices.routes.beside import beside
from lianxin_eservices.routes.staging import stage
from lianxin_eservices.rules.application import FAMILY, HOUSEHOLD, step_before
from lianxin_eservices.rules.household import APPLICANT

NEW = "new"


async def _as_typed(_visit: object, text: str) -> str:
    return text[:40]


MEMBER = Loader(_as_typed, scoped=False, because="a line of the draft, looked up in the household of that draft alone")


def _of(draft: DraftView) -> HouseholdView:
    if draft.household is None:
        raise household_consent.gone()
    return draft.household


async def _row(draft: DraftView, member: str) -> HouseholdMember:
    """A line of this draft's household; Refused with 404 otherwise."""
    try:
        row = await HouseholdMember.get_or_none(id=UUID(member), draft_id=draft.id, ended_at=None)
    except ValueError:
        row = None
    if row is None or draft.household is None:
        raise household_consent.gone()
    return row


async def household_page(visit: Visit, draft: DraftView, home: str) -> HouseholdPage:
    """The page of the application on which they stand."""
    view, steps = _of(draft), [one.step for one in draft.asked]
    herself = writes_herself(draft)
    model = forms_household.AllForm if herself else forms.EmptyForm
    before = step_before(HOUSEHOLD, draft.asked)
    return HouseholdPage(
        title=draft.name.in_language(visit.language),
        back=visit.url("eservices:question", draft=draft.id, step=before),
        home=home,
        number=steps.index(HOUSEHOLD) + 1,
        total=len(steps) + 1,
        whom=draft.whom if draft.desk else "",
        acting_for=draft.whom if draft.acting else "",
        applicant=_applicant_name(draft),
        lines=tuple(_line(visit, draft, one) for one in view.members if view.told or one.relation != APPLICANT),
        add=visit.url("eservices:member", draft=draft.id, member=NEW),
        herself=herself,
        told=view.told,
        go_on=_go_on(visit, draft, view),
        texts=await _texts(visit, draft, view) if herself else (),
        form=visit.form(model, visit.url("eservices:answer", draft=draft.id, step=HOUSEHOLD)),
        beside=await beside(visit, draft, HOUSEHOLD),
    )


def _go_on(visit: Visit, draft: DraftView, view: HouseholdView) -> str:
    """Where it goes on; empty while the page itself has something to be told."""
    owes = writes_herself(draft) and any(one.owes and one.relation == APPLICANT for one in view.members)
    return "" if owes or not view.told else visit.url("eservices:question", draft=draft.id, step=draft.open_step)


def _applicant_name(draft: DraftView) -> str:
    return draft.answers.name or ("" if draft.answers.whom == FAMILY else draft.person.name)


async def _texts(visit: Visit, draft: DraftView, view: HouseholdView) -> tuple[tuple[str, str], ...]:
    """The text to which the applicant agrees with her tick."""
    row = next((one for one in view.members if one.relation == APPLICANT), None)
    lines = await text_for(draft.id, row.id if row else draft.id, visit.language, visit.now)
    return lines[1:]


def _line(visit: Visit, draft: DraftView, it: MemberView) -> MemberLine:
    places = {"draft": draft.id, "member": it.id}
    line = MemberLine(it)
    if _of(draft).told and it.owes:
        line = replace(line, ask=visit.url("eservices:ask_word", **places))
    if it.relation == APPLICANT:
        return line
    remove = visit.form(forms.EmptyForm, visit.url("eservices:remove_member", **places))
    return replace(line, change=visit.url("eservices:member", **places), remove=remove)


async def keep_all(visit: Visit, draft: DraftView) -> None:
    """These are all."""
    _of(draft)
    agree = visit.read(forms_household.AllForm).agree if writes_herself(draft) else False
    await household.tell_all(draft, agree=agree, by=visit.actor, language=visit.language, now=visit.now)


async def show_member(visit: Visit, draft: DraftView, member: str) -> MemberPage:
    """One person: name, number, what she is to the applicant, and of a child who looks after it."""
    view, values = _of(draft), {}
    if member != NEW:
        row = await _row(draft, member)
        values = {
            "name": row.name,
            "id_number": number_of(row),  # whoever typed it sees it again
            "relation": row.relation,
            "guardian": _guardian_value(view, row),
        }
    choices = [("", _("grown up: nobody"), ""), (APPLICANT, _applicant_name(draft), "")]
    choices += [(str(one.id), one.name, "") for one in view.adults if one.relation != APPLICANT]
    form = visit.form(
        forms_household.MemberForm,
        visit.url("eservices:save_member", draft=draft.id, member=member),
        values,
        choices={"guardian": [one for one in choices if one[0] != member]},
    )
    title = _("Who lives there too?") if member == NEW else _("Change what was entered")
    return MemberPage(title, _page(visit, draft), form, await beside(visit, draft, HOUSEHOLD))


def _guardian_value(view: HouseholdView, row: HouseholdMember) -> str:
    chosen = next((one for one in view.members if one.id == row.guardian_id), None)
    return "" if chosen is None else APPLICANT if chosen.relation == APPLICANT else str(chosen.id)


async def save_member(visit: Visit, form: forms_household.MemberForm, draft: DraftView, member: str) -> See:
    """Entered, or changed; whoever it is, the same page follows."""
    _of(draft)
    row = None if member == NEW else await _row(draft, member)
    told = Told(form.name, form.id_number.value, form.relation, form.guardian)  # type: ignore[attr-defined]
    await household.save_member(draft, row.id if row else None, told, now=visit.now)
    return See(_page(visit, draft))


async def remove_member(visit: Visit, draft: DraftView, member: str) -> See:
    """Taken out."""
    row = await _row(draft, member)
    await household.remove_member(draft, row.id, now=visit.now)
    return See(_page(visit, draft), _("Taken out. Nothing of it is kept."))


async def show_ask(visit: Visit, draft: DraftView, member: str) -> AskWordPage:
    """On her own phone, by a code, or signed at the desk."""
    row = await _row(draft, member)
    places = {"draft": draft.id, "member": row.id}
    sent_to = household_consent.phone_asked(row)
    return AskWordPage(
        title=_("%(name)s agrees", name=row.name),
        name=row.name,
        back=_page(visit, draft),
        lines=await text_for(draft.id, row.id, visit.language, visit.now),
        sent_to=mask_phone(sent_to) if sent_to else "",
        phone=visit.form(forms_household.WordPhoneForm, visit.url("eservices:send_word", **places)),
        code=visit.form(LeaveCodeForm, visit.url("eservices:give_word", **places)) if sent_to else None,
        signed=visit.form(forms_household.SignedForm, visit.url("eservices:sign_word", **places))
        if draft.desk
        else None,
        beside=await beside(visit, draft, HOUSEHOLD),
    )


async def send_word(visit: Visit, form: forms_household.WordPhoneForm, draft: DraftView, member: str) -> See:
    """The code goes to her phone."""
    row = await _row(draft, member)
    await household_consent.send_word(draft, row, form.phone, language=visit.language, now=visit.now)
    return See(visit.url("eservices:ask_word", draft=draft.id, member=row.id))


async def give_word(visit: Visit, form: LeaveCodeForm, draft: DraftView, member: str) -> See:
    """She read the code out: she agrees."""
    row = await _row(draft, member)
    await household_consent.say_by_code(row, form.code, by=visit.actor, language=visit.language, now=visit.now)
    return See(_page(visit, draft), _("%(name)s has agreed.", name=row.name))


async def sign_word(visit: Visit, form: forms_household.SignedForm, draft: DraftView, member: str) -> See:
    """Signed before the colleague who writes this."""
    row = await _row(draft, member)
    if not draft.desk:
        raise Refused("eservices.desk_only", _("Only at the desk: somebody has to see it signed."), status=403)
    if not any(getattr(each, "filename", "") for each in form.paper):
        text = _("Let the person sign on the screen, or take a photo of the signed paper.")
        raise Refused("eservices.no_signature", text, status=422, field="paper")
    signed = await stage(visit, form.paper[0], "paper")
    said = Said("agreed", form.way, visit.language, visit.actor.person_id, signed.id)
    await household_consent.say(row.id, said, by=visit.actor, now=visit.now)
    return See(_page(visit, draft), _("%(name)s has agreed.", name=row.name))


def _page(visit: Visit, draft: DraftView) -> str:
    return visit.url("eservices:question", draft=draft.id, step=HOUSEHOLD)
