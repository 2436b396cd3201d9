"""The catalogue's administration: the list, one item, its history, what changed, and what goes live."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from lianxin.api import N_, FormView, Loader, Refused, See, Visit, _, ngettext
from lianxin_eservices.actions import editing, going_live
from lianxin_eservices.editing.changing import values_of
from lianxin_eservices.editing.forms import ImportForm, NewItemForm, PressForm, PublishSeveralForm, ReasonForm
from lianxin_eservices.editing.showing import shown_differences
from lianxin_eservices.editing.subjects import SUBJECTS, Subject
from lianxin_eservices.pages import Chip
from lianxin_eservices.pages_catalogue import ComparePage, Door, ReasonPage, ServicePage, ServicesPage
from lianxin_eservices.queries import editing as reading
from lianxin_eservices.queries.editing import DraftState, ItemFile
from lianxin_eservices.queries.items import list_published
from lianxin_eservices.queries.transfer import export_catalogue, read_catalogue
from lianxin_eservices.rules.catalogue import CatalogueError

MOST_FAULTS = 8


async def _load(_visit: Visit, code: str) -> ItemFile:
    return await reading.get_file(code)


SERVICE = Loader(_load, scoped=False, because="services belong to the whole county; the route's permission guards them")


def title_of(file: ItemFile, visit: Visit) -> str:
    """What people call it."""
    return file.guide.plain_name.in_language(visit.language)


def draft_of(file: ItemFile) -> DraftState:
    """The draft. Refused when nothing is being changed."""
    if file.draft is None:
        raise Refused("eservices.no_item_draft", N_("This draft was published or thrown away."), status=404)
    return file.draft


async def show_services(visit: Visit) -> ServicesPage:
    """All items with their state."""
    text, state = visit.query("q", longest=60).strip(), visit.query("state", "all", longest=12)
    state = state if state in reading.STATES else "all"
    lines, counts, left_out = await reading.list_items(text, state, visit.language)
    titles = {
        "all": _("All"),
        "live": _("Live"),
        "draft": _("Being changed"),
        "new": _("New"),
        "withdrawn": _("Withdrawn"),
    }
    chips = tuple(
        Chip(titles[each], visit.url("eservices:services", state=each, q=text), each == state, str(counts[each]))
        for each in reading.STATES
    )
    return ServicesPage(_("Services"), text, chips, lines, left_out, counts["draft"])


async def show_service(visit: Visit, service: ItemFile) -> ServicePage:
    """One item."""
    code, draft = service.code, service.draft
    press = {} if draft else {"begin": visit.form(PressForm, visit.url("eservices:begin_editing", service=code))}
    if draft:
        press = {"drop": visit.form(PressForm, visit.url("eservices:drop_item_draft", service=code))}
    return ServicePage(
        title=title_of(service, visit),
        code=code,
        state=service.state,
        number=service.live_number,
        editing=draft is not None,
        doors=tuple(_door(visit, service, subject) for subject in SUBJECTS.values()) if draft else (),
        problems=tuple(str(problem.text) for problem in draft.problems) if draft else (),
        changes=len(shown_differences(service.live or {}, draft.raw, visit.language)) if draft else 0,
        history=await reading.history_of(service),
        begin=press.get("begin"),
        drop=press.get("drop"),
        address=visit.url("eservices:guide", item=service.guide.slug) if service.state == "live" else "",
    )


def _door(visit: Visit, file: ItemFile, subject: Subject) -> Door:
    raw = draft_of(file).raw
    paths = [problem.path for problem in draft_of(file).problems]
    own = [subject.list_path] if subject.list_path else [line.path for line in subject.lines]
    if subject.list_path:
        count = len(raw.get(subject.list_path, ()))
        fact = ngettext("%(num)s entry", "%(num)s entries", count)
    else:
        values = values_of(raw, subject)
        texts = [str(values[line.name]) for line in subject.lines if line.kind in ("text", "textarea")]
        fact = next((text[:40] for text in texts if text), str(subject.hint))
    href = visit.url("eservices:edit", service=file.code, subject=subject.name)
    problem = any(path == each or path.startswith(f"{each}[") for path in paths for each in own)
    return Door(str(subject.title), fact, href, problem)


async def begin_editing(visit: Visit, service: ItemFile) -> See:
    """A draft of what is live now."""
    await editing.begin_editing(service.id, by=visit.actor, now=visit.now)
    return See(visit.url("eservices:service", service=service.code), _("A draft. Residents see none of it yet."))


async def drop_item_draft(visit: Visit, service: ItemFile) -> See:
    """Throws the draft away."""
    await editing.drop_item_draft(draft_of(service).id, by=visit.actor, now=visit.now)
    if service.live is None:
        return See(visit.url("eservices:services"), _("Thrown away."))
    return See(visit.url("eservices:service", service=service.code), _("Thrown away. What is live stays as it is."))


async def compare(visit: Visit, service: ItemFile) -> ComparePage:
    """The draft beside the live version; with ?version= that one beside it."""
    number = visit.query("version", longest=6)
    if number:
        other = (await reading.get_version(service, number))[1]
        old, new, names = other, service.live or {}, (_("Version %(number)s", number=number), _("Live now"))
    else:
        old, new, names = service.live or {}, draft_of(service).raw, (_("Live now"), _("Draft"))
    back = visit.url("eservices:service", service=service.code)
    lines = shown_differences(old, new, visit.language)
    return ComparePage(_("What changes"), title_of(service, visit), back, *names, lines)


def _reason(visit: Visit, name: str, service: ItemFile, revision: int = 0, **more: Any) -> FormView:
    action = visit.url(f"eservices:{name}", service=service.code, **more)
    return visit.form(ReasonForm, action, {"revision": revision})


async def ask_publish(visit: Visit, service: ItemFile) -> ReasonPage:
    """What residents will see from then on, and why."""
    draft = draft_of(service)
    return ReasonPage(
        title=_("Publish"),
        name=title_of(service, visit),
        back=visit.url("eservices:service", service=service.code),
        says=(
            _("Whoever begins from now on sees the new text and is asked the new questions."),
            _("Whoever has begun stays on the text begun with."),
            *(str(problem.text) for problem in draft.problems),
        ),
        press=_("Publish"),
        form=_reason(visit, "publish", service, draft.revision),
        fields=("revision", "reason"),
        lines=shown_differences(service.live or {}, draft.raw, visit.language),
    )


async def publish(visit: Visit, form: ReasonForm, service: ItemFile) -> See:
    """It goes live."""
    draft = draft_of(service)
    await going_live.publish_drafts({draft.id: form.revision}, reason=form.reason, by=visit.actor, now=visit.now)
    return See(visit.url("eservices:service", service=service.code), _("It is live."))


async def ask_publish_several(visit: Visit) -> ReasonPage:
    """Several drafts that go live together, or none of them."""
    drafts = await reading.list_drafts_to_publish()
    choices = [
        (
            f"{code}:{draft.revision}",
            draft.guide.plain_name.in_language(visit.language),
            str(draft.problems[0].text) if draft.problems else code,
        )
        for code, draft in drafts
    ]
    values = {"services": [value for value, *_rest in choices]}
    form = visit.form(PublishSeveralForm, visit.url("eservices:publish_several"), values, choices={"services": choices})
    return ReasonPage(
        title=_("Publish several together"),
        name="",
        back=visit.url("eservices:services"),
        says=(_("All of them go live in the same moment, or none does."),),
        press=_("Publish these"),
        form=form,
        fields=("services", "reason"),
        lines=[],
    )


async def publish_several(visit: Visit, form: PublishSeveralForm) -> See:
    """They go live together."""
    ids = {code: draft.id for code, draft in await reading.list_drafts_to_publish()}
    wanted = [each.partition(":") for each in form.services]
    chosen = {ids[code]: int(number) for code, _colon, number in wanted if code in ids and number.isdecimal()}
    if not chosen or len(chosen) != len(wanted):
        text = N_("Choose at least one that is still being changed.")
        raise Refused("eservices.none_chosen", text, status=422, field="services")
    count = await going_live.publish_drafts(chosen, reason=form.reason, by=visit.actor, now=visit.now)
    told = ngettext("%(num)s service is live.", "%(num)s services are live.", count)
    return See(visit.url("eservices:services"), told)


async def ask_turn(visit: Visit, service: ItemFile) -> ReasonPage:
    """Taking a service from the list, or putting it back."""
    out = service.state == "live"
    return ReasonPage(
        title=_("Withdraw this service") if out else _("Offer it again"),
        name=title_of(service, visit),
        back=visit.url("eservices:service", service=service.code),
        says=(
            _("Nobody can begin it any more. What was begun or sent goes on to its end.")
            if out
            else _("It stands in the list again, with the text that was live last."),
        ),
        press=_("Withdraw this service") if out else _("Offer it again"),
        form=_reason(visit, "turn", service),
        fields=("reason",),
        lines=[],
        stop=out,
    )


async def turn(visit: Visit, form: ReasonForm, service: ItemFile) -> See:
    """Withdrawn, or offered again."""
    act = going_live.withdraw_item if service.state == "live" else going_live.offer_again
    await act(service.id, reason=form.reason, by=visit.actor, now=visit.now)
    return See(visit.url("eservices:service", service=service.code), _("Done."))


async def ask_set_live(visit: Visit, service: ItemFile, number: str) -> ReasonPage:
    """An older version beside the live one."""
    _id, content = await reading.get_version(service, number)
    return ReasonPage(
        title=_("Set version %(number)s live again", number=number),
        name=title_of(service, visit),
        back=visit.url("eservices:service", service=service.code),
        says=(_("Whoever begins from now on sees that text. Whoever has begun stays on the text begun with."),),
        press=_("Set it live"),
        form=_reason(visit, "set_live", service, number=number),
        fields=("reason",),
        lines=shown_differences(service.live or {}, content, visit.language),
    )


async def set_live(visit: Visit, form: ReasonForm, service: ItemFile, number: str) -> See:
    """It counts again."""
    version_id, _content = await reading.get_version(service, number)
    await going_live.set_live(version_id, reason=form.reason, by=visit.actor, now=visit.now)
    return See(visit.url("eservices:service", service=service.code), _("It is live."))


async def ask_new(visit: Visit) -> ReasonPage:
    """A new service begins as a copy."""
    listed = [
        (each.guide.code, each.guide.plain_name.in_language(visit.language), "") for each in await list_published()
    ]
    form = visit.form(NewItemForm, visit.url("eservices:make_service"), choices={"like": listed})
    return ReasonPage(
        title=_("New service"),
        name="",
        back=visit.url("eservices:services"),
        says=(_("It begins as a copy of one that is like it. Residents see it when it is published."),),
        press=_("Begin"),
        form=form,
        fields=tuple(form.fields),
        lines=[],
    )


async def make_service(visit: Visit, form: NewItemForm) -> See:
    """The draft is there."""
    like = await reading.get_file(form.like)
    if like.live is None:
        raise Refused("eservices.no_item", N_("Choose a service."), status=422, field="like")
    names = (form.plain_name_zh.strip(), form.plain_name_en.strip())
    code = await editing.make_item(
        like.live, code=form.code.strip(), slug=form.slug.strip(), plain_name=names, by=visit.actor, now=visit.now
    )
    return See(visit.url("eservices:service", service=code), _("A draft. Residents see none of it yet."))


async def ask_import(visit: Visit) -> ReasonPage:
    """A file that was exported here or elsewhere."""
    return ReasonPage(
        title=_("Import services"),
        name="",
        back=visit.url("eservices:services"),
        says=(_("What differs from the live text becomes a draft: look at it, then publish. Nothing goes live yet."),),
        press=_("Import"),
        form=visit.form(ImportForm, visit.url("eservices:import_services")),
        fields=("file",),
        lines=[],
    )


async def import_services(visit: Visit) -> See:
    """Drafts of all that differ."""
    form = visit.read(ImportForm)
    sent = [each for each in form.file if getattr(each, "filename", "")]
    if not sent:
        raise Refused("eservices.no_file", N_("Choose a file."), status=422, field="file")
    try:
        items = read_catalogue((await sent[0].read()).decode("utf-8-sig"))
    except (CatalogueError, UnicodeDecodeError) as wrong:
        faults = wrong.faults if isinstance(wrong, CatalogueError) else ("The file is no text in UTF-8",)
        text = N_("Nothing was imported. %(why)s")
        why = " · ".join(faults[:MOST_FAULTS])
        raise Refused("eservices.bad_file", text, status=422, field="file", why=why) from wrong
    made = await editing.import_items(items, by=visit.actor, now=visit.now)
    told = ngettext("%(num)s draft was made.", "%(num)s drafts were made.", made)
    return See(visit.url("eservices:services", state="draft"), told)


async def export_services(_visit: Visit) -> Response:
    """All that is live, as one file."""
    return _file(await export_catalogue(), "services")


async def export_service(_visit: Visit, service: ItemFile) -> Response:
    """One item as a file."""
    return _file(await export_catalogue(service.code), service.code)


def _file(text: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}.yaml"', "cache-control": "no-store"}
    return Response(text, media_type="application/yaml", headers=headers)
