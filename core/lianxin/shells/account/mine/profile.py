"""What the site knows of me, and how it speaks to me."""

from __future__ import annotations

from lianxin.api import (
    See,
    Visit,
    _,
    card_of,
    claim_identity,
    find_area,
    list_children,
    phones_of,
    record,
    set_home_area,
    set_preferences,
    unit_of_work,
)
from lianxin.shells.account.mine.forms import HomeForm, IdentityForm, RememberForm
from lianxin.shells.account.mine.matters import whose
from lianxin.shells.account.mine.pages import OneFormPage, ProfilePage


async def show_profile(visit: Visit) -> ProfilePage:
    """Telephone and ID number masked: she knows them, a glance over her shoulder should not."""
    person = await card_of(whose(visit), masked=False)
    phones = tuple(phone.masked for phone in await phones_of(person.id))
    language = visit.actor.language or visit.language
    form = visit.form(RememberForm, visit.url("account:remember"), {"language": language})
    return ProfilePage(_("About me"), person, phones, form)


async def remember(visit: Visit, form: RememberForm) -> See:
    """The language of messages, and of this browser."""
    await set_preferences(whose(visit), language=form.language)
    visit.remember("lang", "zh" if form.language == "zh_Hans" else "en")
    return See(visit.url("account:profile"), _("We write to you in this language from now on."))


async def show_identity(visit: Visit) -> OneFormPage:
    """Name and ID number, as long as the desk has not seen the card."""
    person = await card_of(whose(visit), masked=False)
    form = visit.form(IdentityForm, visit.url("account:claim_identity"), {"name": person.name})
    return OneFormPage(_("My name and ID number"), form, visit.url("account:profile"), "")


async def change_identity(visit: Visit, form: IdentityForm) -> See:
    """By her own word. It proves nothing until the desk has seen the card."""
    async with unit_of_work():
        await claim_identity(whose(visit), name=form.name, id_number=form.id_number, now=visit.now)
        await record(
            "directory.claim_identity",
            by=visit.actor,
            object_kind="person",
            object_id=whose(visit),
            detail={"fields": ["name", "id_number"] if form.id_number else ["name"]},
            now=visit.now,
        )
    return See(visit.url("account:profile"), _("We have kept it. Bring your ID card when you come to the desk."))


async def show_home_area(visit: Visit) -> OneFormPage:
    """Townships first, then the places below the chosen one."""
    above = await find_area(visit.query("above", longest=20))
    top = (await list_children(None))[:1]
    parent = above.id if above else top[0].id if top else None
    places = [(place.code, place.name, "") for place in await list_children(parent)]
    form = visit.form(HomeForm, visit.url("account:set_area"), choices={"area": places})
    back = visit.url("account:area") if above else visit.url("account:profile")
    return OneFormPage(_("Where I live"), form, back, "area")


async def change_home_area(visit: Visit, form: HomeForm) -> See:
    """A township leads to its places; a place is kept."""
    chosen = await find_area(form.area)
    if chosen is None:
        return See(visit.url("account:area"))
    if chosen.kind in ("town", "township"):
        return See(visit.url("account:area", above=chosen.code))
    await set_home_area(whose(visit), chosen.id)
    return See(visit.url("account:profile"), _("You live in %(name)s.", name=chosen.name))
