"""What is posted for objections: read by everybody, objected to by whoever says who she is."""

from __future__ import annotations

from lianxin.api import Loader, See, Visit, _
from lianxin_eservices.actions.posting import object_to
from lianxin_eservices.forms_states import ObjectionForm
from lianxin_eservices.pages_states import ObjectPage, PostedPage
from lianxin_eservices.queries.posted import PostedCase, get_posted, list_posted


async def _load(visit: Visit, text: str) -> PostedCase:
    return await get_posted(text, visit.language, now=visit.now)


POSTED = Loader(_load, scoped=False, because="what is posted is for everybody to read")


async def show_posted(visit: Visit) -> PostedPage:
    """The list, that which ends first at the top."""
    listed = await list_posted(visit.language, after=visit.query("after", longest=500), now=visit.now)
    following = visit.url("eservices:posted", after=listed.next_key) if listed.next_key else ""
    return PostedPage(_("Public notices"), tuple(listed.rows), following)


async def show_object(visit: Visit, posting: PostedCase) -> ObjectPage:
    """One of them, and the box for an objection."""
    form = visit.form(ObjectionForm, visit.url("eservices:object", posting=posting.id))
    return ObjectPage(_("Object to it"), posting, form)


async def object_now(visit: Visit, form: ObjectionForm, posting: PostedCase) -> See:
    """Kept, and answered before anything is decided."""
    assert visit.actor.person_id is not None  # the route admits nobody without one
    await object_to(posting.id, visit.actor.person_id, form.text, by=visit.actor, now=visit.now)
    return See(visit.url("eservices:posted"), _("We have your objection. We answer you before anything is decided."))
