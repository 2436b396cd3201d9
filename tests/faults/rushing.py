"""The eight o'clock of a new subsidy: many residents walk one application to its end at once, each with a photo."""

from __future__ import annotations

import asyncio
import io
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
from PIL import Image, ImageDraw

from lianxin.access.models import Session
from lianxin.access.sessions import hash_token
from lianxin.data.unit import unit_of_work
from lianxin.directory.models import Area, Person
from lianxin.values.identity import make_id_number
from tests.bench.pages import FormRead, read_page
from tests.faults.real_site import Running

MOST_STEPS = 40


@dataclass
class Rush:
    """What came of it: seconds of every answer, by whom; and what was no answer as it should be."""

    answers: list[float] = field(default_factory=list)
    desk: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Applicant:
    """One of them, and the photo that she takes."""

    number: int
    token: str
    picture: bytes

    def answers(self, form: FormRead) -> dict[str, Any]:
        """The first answer to everything; where it is asked for, a number of her own."""
        born = date(1960, 1, 1) + timedelta(days=self.number)
        own = {"id_number": make_id_number(born, 7).value, "phone": f"+8613900{self.number:06d}"}
        return dict(form.values) | {name: text for name, text in own.items() if form.values.get(name) == ""}


def photo(number: int) -> bytes:
    """A photo as a phone takes it, each a little different: one and a half megapixels."""
    picture = Image.effect_noise((1440, 1080), 40).convert("RGB")
    ImageDraw.Draw(picture).text((20, 20), str(number), fill=(200, 30, 30))
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=80)
    return kept.getvalue()


async def people(count: int, area: str, now: datetime) -> list[str]:
    """So many residents, and the token of a session of each."""
    home = await Area.get(code=area)
    tokens = [f"{'rush':x<30}{number:013d}" for number in range(count)]
    async with unit_of_work():
        rows = [
            Person(name=f"赵钱{chr(0x4E00 + number)}", home_area_id=home.id, created_at=now) for number in range(count)
        ]
        await Person.bulk_create(rows)
        await Session.bulk_create([_session(row.id, token, now) for row, token in zip(rows, tokens, strict=True)])
    return tokens


def _session(person_id: UUID, token: str, now: datetime) -> Session:
    until = datetime(now.year + 1, 1, 1, tzinfo=UTC)
    return Session(
        token_hash=hash_token(token), person_id=person_id, method="phone", created_at=now, seen_at=now, expires_at=until
    )


async def rush(running: Running, slug: str, tokens: Sequence[str], clerk: str, *, within: float) -> Rush:
    """All of them, beginning evenly over `within` seconds, while a clerk looks at her queue each second."""
    found, over = Rush(), asyncio.Event()
    pictures = [photo(number) for number in range(8)]
    watching = asyncio.create_task(_watch(running, clerk, found, over))
    walks = (
        _apply(running, slug, Applicant(number, token, pictures[number % 8]), number * within / len(tokens), found)
        for number, token in enumerate(tokens)
    )
    await asyncio.gather(*walks)
    over.set()
    await watching
    return found


async def _watch(running: Running, clerk: str, found: Rush, over: asyncio.Event) -> None:
    async with running.browser(clerk) as browser:
        while not over.is_set():
            began = time.perf_counter()
            status = (await browser.get("/desk/")).status_code
            found.desk.append(time.perf_counter() - began)
            if status != 200:
                found.faults.append(f"/desk/ answered {status}")
            await asyncio.sleep(1)


async def _apply(running: Running, slug: str, who: Applicant, wait: float, found: Rush) -> None:
    await asyncio.sleep(wait)
    try:
        async with running.browser(who.token) as browser:
            found.codes.append(await _walk(browser, f"/eservices/{slug}/", who, found.answers))
    except (AssertionError, httpx2.HTTPError) as fault:
        found.faults.append(repr(fault)[:300])


async def _walk(browser: httpx2.AsyncClient, guide: str, who: Applicant, spent: list[float]) -> str:
    """From the guide to the receipt; the code of the case."""

    async def ask(method: str, path: str, **more: Any) -> httpx2.Response:
        began = time.perf_counter()
        answer = await browser.request(method, path, **more)
        spent.append(time.perf_counter() - began)
        return answer

    path, photographed = f"{guide}apply", False
    for _ in range(MOST_STEPS):
        answer = await ask("GET", path)
        if answer.status_code == 303:
            path = answer.headers["location"]
            continue
        assert answer.status_code == 200, f"{path} answered {answer.status_code}"
        if found := re.search(r"/receipt/([0-9A-Z]{8})$", path):
            return found[1]
        form = _form(read_page(answer.text).forms)
        values = who.answers(form)
        more: dict[str, Any] = {}
        if not photographed and 'type="file"' in answer.text and "photos" in answer.text:
            more, photographed = {"files": {"photos": ("photo.jpg", who.picture, "image/jpeg")}}, True
        sent = await ask("POST", form.action, data=values, **more)
        assert sent.status_code == 303, f"{form.action} answered {sent.status_code}: {_said(sent.text)}"
        path = sent.headers["location"]
    raise AssertionError(f"never came to an end: {path}")


def _form(forms: Sequence[FormRead]) -> FormRead:
    wanted = ("/draft/", "/send/", "apply")
    return next(one for one in forms if one.method == "post" and any(part in one.action for part in wanted))


def _said(page: str) -> str:
    """What the page says, for whoever looks for the fault."""
    return " ".join(read_page(page).lines)[:200]
