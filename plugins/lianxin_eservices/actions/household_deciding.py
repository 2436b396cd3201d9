"""A decision in favour waits while somebody of the household has taken back her word; and she may give it anew."""

from __future__ import annotations

from datetime import datetime

from lianxin.api import (
    N_,
    Actor,
    Change,
    Refused,
    _,
    add_note,
    load_matter,
    show_code,
    tell,
    unit_of_work,
    use_language,
)
from lianxin_eservices import messages_household as told
from lianxin_eservices.actions.household_words import Said, write_words
from lianxin_eservices.models import Case, Household, HouseholdMember
from lianxin_eservices.queries.household import AGREED, view_household


async def household_stands(change: Change) -> None:
    """Refused while a word is missing (Interim Measures for Social Assistance, article 58: checked by authorisation).

    Against, with its reason, it can be decided. The household's row is held, so that nobody takes back meanwhile.
    """
    case = await Case.get(matter_id=change.matter.id).select_related("part")
    household = await Household.filter(draft_id=case.part.draft_id).select_for_update().first()
    if household is None:
        return
    open_ones = [one.name for one in (await view_household(household.draft_id, change.now)).open]
    if open_ones:
        raise Refused(
            "eservices.household_open",
            N_(
                "The consent of %(names)s is not there any more: without it this can't be approved. Ask whether it is "
                "given anew, or decide against it and say why."
            ),
            names=_(", ").join(open_ones),
        )


async def say_again(row: HouseholdMember, said: Said, *, by: Actor, now: datetime) -> None:
    """After it was sent: the word that was taken back is given anew, until it is decided. Raises Refused."""
    async with unit_of_work():
        await Household.filter(draft_id=row.draft_id).select_for_update().first()
        cases = await Case.filter(part__draft_id=row.draft_id, decision="")
        if said.answer != AGREED or not cases:
            raise Refused("eservices.sent", N_("This application was sent already. Look under “My matters”."))
        await write_words(row.draft_id, row.id, said, now=now)
        with use_language("zh_Hans"):
            text = _("%(name)s agrees again to the check of the household's finances.", name=row.name)
        await tell_office(cases, text, told.GIVEN_ANEW, by=by, now=now)


async def tell_office(cases: list[Case], text: str, kind: object, *, by: Actor, now: datetime) -> None:
    """A note on each case, and a message to whoever has it in hand."""
    for case in cases:
        matter = await load_matter(case.matter_id)
        await add_note(matter, text, by=by, now=now)
        if matter.owner_id is not None:
            titles = {"zh_Hans": matter.title, "en": matter.title_en or matter.title}
            parameters = {"item": titles, "code": show_code(matter.code)}
            await tell(matter.owner_id, kind, parameters=parameters, path=f"/m/{matter.code}", now=now)  # type: ignore[arg-type]
