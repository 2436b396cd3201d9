"""A resident with her phone: the way through an application, page by page."""

from __future__ import annotations

import io
import re
from typing import Any

from PIL import Image

from lianxin.testing.site import SiteClient

KEY = re.compile(r'name="_key" value="([^"]+)"')
ACTION = re.compile(r'<form[^>]* action="([^"]+)"')


def photo() -> bytes:
    """A small picture as a phone would send it."""
    made = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 120, 90)).save(made, "JPEG")
    return made.getvalue()


async def begin(client: SiteClient, slug: str) -> str:
    """Agrees, and answers the address of the first question."""
    sent = await client.submit(f"/eservices/{slug}/apply", {"agree": "yes"}, page=f"/eservices/{slug}/apply")
    assert sent.status_code == 303, sent.text
    return await followed(client, sent.headers["location"])


async def followed(client: SiteClient, address: str) -> str:
    """Where an address leads in the end."""
    page = await client.get(address)
    while page.status_code == 303:
        address = page.headers["location"]
        page = await client.get(address)
    assert page.status_code == 200, page.text
    return address


async def answer(client: SiteClient, address: str, data: dict[str, Any], files: int = 0) -> str:
    """Answers one question; where it leads."""
    page = (await client.get(address)).text
    body = page[page.index("data-once") :] if files == 0 else page
    key = KEY.findall(body)[-1]
    sent = await client.post(
        address.split("?")[0],
        data={**data, "_key": key},
        files=[("photos", (f"p{n}.jpg", photo(), "image/jpeg")) for n in range(files)] or None,
    )
    assert sent.status_code == 303, (address, sent.status_code, re.findall(r'class="err".*?</p>', sent.text))
    return await followed(client, sent.headers["location"])


def step_of(address: str) -> str:
    """The question at which an address stands."""
    return address.split("?")[0].rsplit("/", 1)[1]


ANSWERS: dict[str, dict[str, Any]] = {
    "whom": {"whom": "self"},
    "name": {"name": "周桂华"},
    "id-number": {"id_number": "510899195803154328"},
    "phone": {},
    "household": {"agree": "yes"},
}


async def to_the_review(client: SiteClient, address: str, given: dict[str, dict[str, Any]], photos: int = 3) -> str:
    """Answers whatever is asked until the review."""
    for _ in range(60):
        step = step_of(address)
        if step == "review":
            return address
        if step.startswith("photos-"):
            address = await answer(client, address, {}, files=photos)
        elif step.startswith("if-"):
            address = await answer(client, address, given.get(step, {"holds": "no"}))
        elif step == "area":
            code = "510821107001" if "above=" in address else "510821107"
            address = await answer(client, address, {"area": code})
        else:
            address = await answer(client, address, given.get(step, ANSWERS[step]))
    raise AssertionError("the questions never end")


async def send(client: SiteClient, review: str) -> str:
    """Sends it; the address of the receipt."""
    page = (await client.get(review)).text
    target = next(each for each in ACTION.findall(page) if "/send/" in each)
    sent = await client.post(target, data={"_key": KEY.findall(page)[0]})
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])
