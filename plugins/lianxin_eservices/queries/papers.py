"""Kept papers, read: what a person may use again, what stands in her box, and who else holds a file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.api import (
    N_,
    MatterRow,
    Refused,
    Visit,
    format_date,
    get_settings,
    holds_consent,
    language_now,
    list_files,
    matters_of_file,
    people_of,
    same_person_ids,
    title_of,
)
from lianxin_eservices.models import Draft, GivenMaterial, KeptPage, KeptPaper, PaperUse
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.rules.application import FAMILY, PHOTOS
from lianxin_eservices.rules.item import Material
from lianxin_eservices.rules.papers import PURPOSE, VERSION, day_before, months_kept, still_valid
from lianxin_eservices.settings import EservicesSettings

MOST_SHOWN = 60
NOT_KEPT = N_("This paper is not kept any more. Take a new photo of it.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept paper that may be used now, with its pages in order."""

    id: UUID
    name: str
    since: str
    pages: tuple[UUID, ...]
    pictures: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Used:
    """One use: for which case, when, and before which colleague (empty: she did it herself)."""

    code: str
    title: str
    at: datetime
    witness: str


@dataclass(frozen=True, slots=True)
class Boxed:
    """A paper as its person sees it in her box. `pages` are (id of a picture, or empty for a PDF; name)."""

    id: UUID
    name: str
    since: str
    until: str
    from_code: str
    pages: tuple[tuple[str, str], ...]
    uses: tuple[Used, ...]


async def usable(person_id: UUID, material: Material, now: datetime) -> Kept | None:
    """The paper of this kind that the person has in her box, valid, and by her consent; None where there is none."""
    ids = await same_person_ids(person_id)
    rows = await KeptPaper.filter(
        person_id__in=ids, code=material.code, name=material.name.zh, ended_at=None, valid_until__gt=now
    ).order_by("-id")
    for row in rows:
        if await holds_consent(row.person_id, PURPOSE, VERSION):
            rows_of_it = await KeptPage.filter(paper_id=row.id).order_by("place").values_list("file_id", flat=True)
            infos = await list_files([UUID(str(each)) for each in rows_of_it])
            name = row.name_en if language_now.get().startswith("en") else row.name
            pictures = tuple(info.id for info in infos if info.is_picture)
            return Kept(row.id, name, format_date(row.kept_at), tuple(info.id for info in infos), pictures)
    return None


async def offered(draft: DraftView, step: str, now: datetime) -> Kept | None:
    """What may be used at this step: of the person the application is for, and never by somebody acting for her."""
    material = next((one.material for one in draft.asked if one.step == step), None)
    if material is None or not step.startswith(PHOTOS) or draft.acting or draft.answers.whom == FAMILY:
        return None
    kept = await usable(draft.person_id, material, now)
    there = draft.files.get(step.removeprefix(PHOTOS), ())
    return None if kept is None or set(kept.pages) <= set(there) else kept


async def keepable(draft: DraftView) -> tuple[tuple[str, Material, int], ...]:
    """What of a draft could be kept for the next time: key, paper, months. What is in the box already is not."""
    if draft.acting or draft.answers.whom == FAMILY:
        return ()
    usual = (await get_settings(EservicesSettings)).paper_months
    asked = [one for one in draft.asked if one.material is not None and one.step.startswith(PHOTOS)]
    boxed = await boxed_files([each for files in draft.files.values() for each in files])
    return tuple(
        (one.key, one.material, months_kept(one.material, usual))
        for one in asked
        if one.material is not None
        and months_kept(one.material, usual) > 0
        and not set(draft.files.get(one.key, ())) <= boxed
    )


async def boxed_files(file_ids: Collection[UUID]) -> set[UUID]:
    """Those of these files that stand in somebody's box now."""
    rows = KeptPage.filter(file_id__in=list(file_ids), paper__ended_at=None).values_list("file_id", flat=True)
    return {UUID(str(each)) for each in await rows} if file_ids else set()


async def unheld(file_ids: Iterable[UUID]) -> list[UUID]:
    """Those of these files that no draft, no case and no box holds any more.

    In this order: a draft that is sent in between has handed its files to its case before we look there.
    """
    wanted = list(dict.fromkeys(file_ids))
    free = set(wanted) - await _in_drafts(wanted)
    free = {each for each in free if not await matters_of_file(each)}
    return [each for each in wanted if each in free - await boxed_files(free)]


async def _in_drafts(file_ids: Sequence[UUID]) -> set[UUID]:
    """Files of a box stand in drafts of its person alone, since nobody else is offered them."""
    papers = KeptPage.filter(file_id__in=list(file_ids)).values_list("paper__person_id", flat=True)
    people = {UUID(str(each)) for each in await papers} if file_ids else set()
    ids = {each for person in people for each in await same_person_ids(person)}
    open_now = await Draft.filter(person_id__in=list(ids), ended_at=None).values_list("id", flat=True) if ids else []
    held = await GivenMaterial.filter(draft_id__in=list(open_now)) if open_now else []
    return {UUID(each) for paper in held for each in paper.files}


async def list_box(visit: Visit) -> list[Boxed]:
    """What this visitor's box holds, the newest first, with every use."""
    rows = await KeptPaper.filter(person_id__in=list(visit.actor.person_ids), ended_at=None).order_by("-id")
    valid = [row for row in rows[:MOST_SHOWN] if still_valid(row.valid_until, visit.now)]
    ids = [row.id for row in valid]
    pages = await KeptPage.filter(paper_id__in=ids).order_by("place") if ids else []
    uses = await PaperUse.filter(paper_id__in=ids).order_by("-id") if ids else []
    files = {info.id: info for info in await list_files([page.file_id for page in pages])}
    matters = {use.matter_id for use in uses} | {row.matter_id for row in valid}
    found = {row.id: row for row in await MatterRow.filter(id__in=list(matters))} if matters else {}
    names = await people_of({use.witness_id for use in uses if use.witness_id})
    return [
        Boxed(
            id=row.id,
            name=row.name_en if visit.language.startswith("en") else row.name,
            since=format_date(row.kept_at),
            until=format_date(day_before(row.valid_until)),
            from_code=found[row.matter_id].code,
            pages=tuple(
                (str(page.file_id) if files[page.file_id].is_picture else "", files[page.file_id].name)
                for page in pages
                if page.paper_id == row.id and page.file_id in files
            ),
            uses=tuple(
                Used(
                    found[use.matter_id].code,
                    title_of(found[use.matter_id]),
                    use.at,
                    names[use.witness_id].name if use.witness_id else "",
                )
                for use in uses
                if use.paper_id == row.id
            ),
        )
        for row in valid
    ]


async def load_boxed(visit: Visit, text: str) -> KeptPaper:
    """For routes: a paper of this visitor's own box. Refused with 404 otherwise."""
    try:
        row = await KeptPaper.get_or_none(id=UUID(text), person_id__in=list(visit.actor.person_ids), ended_at=None)
    except ValueError:
        row = None
    if row is None:
        raise not_kept()
    return row


def not_kept() -> Refused:
    """Removed, past its day, somebody else's: all look alike."""
    return Refused("eservices.not_kept", NOT_KEPT, status=404)
