"""A person's papers: kept by her word, used again, removed by her or when their day is past."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lianxin.api import (
    N_,
    Actor,
    Refused,
    get_settings,
    give_consent,
    give_files,
    record,
    same_person_ids,
    unit_of_work,
)
from lianxin_eservices.actions.drafting import save_photos
from lianxin_eservices.actions.freeing import free
from lianxin_eservices.models import KeptPage, KeptPaper, PaperUse
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.queries.papers import Kept, keepable, not_kept
from lianxin_eservices.rules.application import FAMILY, PHOTOS
from lianxin_eservices.rules.papers import PURPOSE, VERSION, keep_text, valid_until
from lianxin_eservices.settings import EservicesSettings

ENDED_AT_ONCE = 500
LATELY = timedelta(days=3)


async def use_in_draft(draft: DraftView, step: str, kept: Kept, *, said_yes: bool, by: Actor, now: datetime) -> None:
    """Puts a kept paper where photos would stand. At the desk its person has to stand there and say yes.

    Raises Refused (422) without that word, (404) when the paper was removed in between.
    """
    if draft.desk and not said_yes:
        text = N_("Ask the person first. Tick it when she or he stands before you and says yes.")
        raise Refused("eservices.say_yes", text, status=422, field="said_yes")
    async with unit_of_work():
        await take_row(kept.id, now)
        key = step.removeprefix(PHOTOS)
        new = [each for each in kept.pages if each not in draft.files.get(key, ())]
        await save_photos(draft, key, (), later=False, step=step, by=by, now=now, kept=new)
        if draft.desk:
            await record(
                "eservices.paper_used_at_desk", by=by, object_kind="person", object_id=draft.person_id, now=now
            )


async def take_row(paper_id: UUID, now: datetime) -> None:
    """Holds a paper that is valid: who removes it meanwhile waits, and then sees that it is used."""
    row = await KeptPaper.filter(id=paper_id, ended_at=None, valid_until__gt=now).select_for_update().first()
    if row is None:
        raise not_kept()


async def check_own(draft: DraftView) -> None:
    """Raises Refused where a paper of the writer's box stands in an application for somebody else."""
    if not draft.acting and draft.answers.whom != FAMILY:
        return
    files = [each for some in draft.files.values() for each in some]
    if files and await KeptPage.filter(file_id__in=files).exists():
        text = N_("This is for somebody else, and one of the papers is a kept one of your own. Take it out.")
        raise Refused("eservices.own_paper", text, status=422)


async def write_uses(
    person_ids: Sequence[UUID], matter_id: UUID, files: Iterable[UUID], *, witness_id: UUID | None, now: datetime
) -> None:
    """Writes down which kept papers of the person were handed in for a case, in the current unit of work."""
    pages = KeptPage.filter(file_id__in=list(files), paper__person_id__in=list(person_ids)).select_related("paper")
    newest: dict[tuple[str, str], UUID] = {}
    for page in await pages.order_by("paper_id"):
        newest[(page.paper.code, page.paper.name)] = page.paper_id
    uses = [PaperUse(paper_id=each, matter_id=matter_id, witness_id=witness_id, at=now) for each in newest.values()]
    await PaperUse.bulk_create(uses, ignore_conflicts=True)


async def keep_papers(
    draft: DraftView, cases: Mapping[str, UUID], *, by: Actor, language: str, now: datetime
) -> list[UUID]:
    """Keeps the papers of a draft that may be kept, in the unit of work that sends it.

    `cases` says for which matter each key was handed in. Answers the files of what they replace: they are to be freed.
    """
    wanted = [one for one in await keepable(draft) if one[0] in cases and draft.files.get(one[0])]
    if not wanted:
        return []
    usual = (await get_settings(EservicesSettings)).paper_months
    names = tuple(material.name.in_language(language) for _, material, _ in wanted)
    await give_consent(
        draft.person_id,
        PURPOSE,
        VERSION,
        keep_text(names, usual, language),
        channel="desk_voice" if draft.desk else "web",
        witness_id=by.person_id if draft.desk else None,
        now=now,
    )
    replaced: list[UUID] = []
    ids = await same_person_ids(draft.person_id)
    for key, material, months in wanted:
        same: dict[str, Any] = {"code": material.code, "name": material.name.zh}
        replaced += await _end(await _ids(KeptPaper.filter(**same, person_id__in=ids, ended_at=None)), "replaced", now)
        row = await KeptPaper.create(
            **same,
            person_id=draft.person_id,
            name_en=material.name.en,
            matter_id=cases[key],
            kept_at=now,
            valid_until=valid_until(now, months),
        )
        files = draft.files[key]
        await KeptPage.bulk_create(
            [KeptPage(paper_id=row.id, file_id=each, place=place) for place, each in enumerate(files)]
        )
        # What a colleague photographed for her is hers from now on: she sees it in her box.
        await give_files(files, draft.person_id)
    return replaced


async def remove_paper(paper: KeptPaper, *, now: datetime) -> None:
    """She takes it out of her box. Cases for which it was used keep their photos."""
    async with unit_of_work():
        files = await _end([paper.id], "removed", now)
    await free(files)


async def end_papers(now: datetime) -> int:
    """Removes papers whose day is past, and those of whoever took the consent back. Answers how many.

    A removal that a crash cut off is ended here as well.
    """
    async with unit_of_work():
        past = await _ids(KeptPaper.filter(ended_at=None, valid_until__lte=now).limit(ENDED_AT_ONCE))
        await _end(past, "expired", now)
        unwanted = await _without_consent()
        await _end(unwanted, "withdrawn", now)
    lately = KeptPage.filter(paper__ended_at__gte=now - LATELY).values_list("file_id", flat=True)
    await free([UUID(str(each)) for each in await lately])
    return len(past) + len(unwanted)


async def _without_consent() -> list[UUID]:
    held = {"person__consents__purpose": PURPOSE, "person__consents__withdrawn_at": None}
    agreed = set(await _ids(KeptPaper.filter(ended_at=None, **held)))
    return [each for each in await _ids(KeptPaper.filter(ended_at=None)) if each not in agreed][:ENDED_AT_ONCE]


async def _ids(rows: Any) -> list[UUID]:
    return [UUID(str(each)) for each in await rows.values_list("id", flat=True)]


async def _end(paper_ids: Collection[UUID], how: str, now: datetime) -> list[UUID]:
    """Answers the files of those papers."""
    if not paper_ids:
        return []
    await KeptPaper.filter(id__in=list(paper_ids), ended_at=None).update(ended_at=now, reason=how)
    pages = await KeptPage.filter(paper_id__in=list(paper_ids)).values_list("file_id", flat=True)
    return [UUID(str(each)) for each in pages]
