"""Papers that people of the demo let us keep when they sent something."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from PIL import Image, ImageDraw

from lianxin.api import give_consent, keep, stage_upload, unit_of_work
from lianxin_eservices.demo.cast import find_cast, years_of_birth
from lianxin_eservices.models import Case, KeptPage, KeptPaper, PaperUse
from lianxin_eservices.rules.papers import PURPOSE, VERSION, keep_text, valid_until

PEOPLE: Final = 5
OLD: Final = 70
CARD: Final = ("ID", "居民身份证", "Resident identity card")


async def fill_papers(now: datetime) -> None:
    """An ID card, two pages, for some who share a telephone with their family, as the demo's resident does."""
    here = (await find_cast(now)).here
    shared = Counter(card.phone for card in here)
    near = [card.id for card in here if card.seen_by_desk and card.phone and shared[card.phone] > 1]
    people = [each for each, year in (await years_of_birth(near)).items() if now.year - year > OLD]
    found: dict[UUID, list[UUID]] = {}
    cases = Case.filter(matter__applicant_id__in=people).select_related("matter").order_by("matter_id")
    for case in await cases if people else []:
        found.setdefault(case.matter.applicant_id, []).append(case.matter_id)
    for person_id in sorted(found, key=lambda each: -len(found[each]))[:PEOPLE]:
        await _keep(person_id, found[person_id], now)


async def _keep(person_id: UUID, matters: list[UUID], now: datetime) -> None:
    at = now - timedelta(days=21)
    pages = [(await stage_upload(_pieces(back), f"身份证{back + 1}.jpg", person_id, now)).id for back in (0, 1)]
    code, name, name_en = CARD
    async with unit_of_work():
        await keep(pages, person_id, now)
        text = keep_text((name,), 12, "zh_Hans")
        await give_consent(person_id, PURPOSE, VERSION, text, channel="web", now=at)
        row = await KeptPaper.create(
            person_id=person_id,
            matter_id=matters[0],
            code=code,
            name=name,
            name_en=name_en,
            kept_at=at,
            valid_until=valid_until(at, 12),
        )
        await KeptPage.bulk_create(
            [KeptPage(paper_id=row.id, file_id=each, place=place) for place, each in enumerate(pages)]
        )
        await PaperUse.bulk_create(
            [PaperUse(paper_id=row.id, matter_id=each, at=now - timedelta(days=2)) for each in matters[1:2]]
        )


async def _pieces(back: int) -> AsyncIterator[bytes]:
    """A card with nobody on it: the front has a place for a face, the back a place for an emblem."""
    card = Image.new("RGB", (428, 270), (222, 232, 240))
    pen = ImageDraw.Draw(card)
    pen.rounded_rectangle((6, 6, 422, 264), 16, outline=(120, 140, 160), width=3)
    if back:
        pen.ellipse((30, 26, 94, 90), fill=(196, 92, 78))
    else:
        pen.rectangle((296, 50, 396, 180), fill=(176, 188, 200))
    for line in range(4):
        pen.rectangle((34, 110 + 34 * line, 250 - 30 * line, 122 + 34 * line), fill=(140, 152, 166))
    written = io.BytesIO()
    card.save(written, "JPEG")
    yield written.getvalue()
