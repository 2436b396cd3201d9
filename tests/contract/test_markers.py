"""B1: words planted elsewhere appear in no answer, list, search or stream of anybody who may not see them."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from lianxin.bus import publish
from lianxin.data.unit import unit_of_work
from lianxin.directory.models import Person
from lianxin.matters.models import Matter, Note, Task
from lianxin.messages.models import Message
from lianxin.testing.site import BASE, SiteClient
from tests.contract.asking import EVERYONE
from tests.contract.scene import Scene

pytestmark = pytest.mark.anyio
FAR = "SECRETAREAB"
NEAR = "SECRETAREAA"
MAY_READ_FAR = frozenset({"department_officer", "supervisor"})
"""far is decided by civil affairs, whose officer is the one of the scene; the supervisor reads all."""
MOST_PAGES = 90
_LINK = re.compile(r'(?:href|src|action|hx-get|formaction)="([^"#]+)')


@dataclass
class Crawl:
    """What one visitor got to see: pages asked, and those that said a word."""

    asked: set[str] = field(default_factory=set)
    found: dict[str, list[str]] = field(default_factory=lambda: {FAR: [], NEAR: []})


@pytest.fixture(scope="module")
async def marked(scene: Scene) -> Scene:
    """The same words in name, title, note, task and message of one application far away, others in one nearby."""
    now = scene.site.clock()
    for name, word in (("far", FAR), ("neighbour", NEAR)):
        planted = scene.planted[name]
        async with unit_of_work():
            await Person.filter(id=planted.person).update(name=f"{word}NAME")
            await Matter.filter(id=planted.matter).update(title=f"{word}TITLE", title_en=f"{word}TITLE")
            await Note.create(
                matter_id=planted.matter, author_id=planted.person, text=f"{word}NOTE", public=True, at=now
            )
            await Task.filter(id=planted.task).update(note=f"{word}TASK")
            await Message.filter(person_id=planted.person).update(parameters={"title": f"{word}MESSAGE"})
    return scene


async def crawl(scene: Scene, visitor: str) -> Crawl:
    """Every page without a place, and from there every link of our own; as a page, and as htmx asks for it."""
    seen = Crawl()
    opened = scene.site.app.state.site
    waiting = [
        opened.urls._paths[name][0]
        for name, owned in opened.routes.items()
        if owned.item.kind in ("page", "feed", "api") and not owned.item.loads
    ]
    waiting += ["/desk/?closed=1", "/desk/?scope=all", "/desk/?all=1", *_known_addresses(scene)]
    while waiting and len(seen.asked) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen.asked or address.startswith(("/static/", "/choose", "/eservices/draft")):
            continue
        seen.asked.add(address)
        browser = await scene.browser(visitor)
        for headers in ({}, {"hx-request": "true"}):
            answer = await browser.get(address, headers=headers)
            assert answer.status_code < 500, (visitor, address)
            for word, pages in seen.found.items():
                if word in answer.text:
                    pages.append(address)
            waiting += _links(answer.text)
    return seen


def _known_addresses(scene: Scene) -> list[str]:
    """Addresses that somebody may have been told."""
    found = []
    for planted in scene.planted.values():
        found += [f"/desk/m/{planted.code}", f"/account/m/{planted.code}", f"/m/{planted.code}"]
        found += [f"/files/{planted.file}", f"/desk/tasks/{planted.task}", f"/desk/people/{planted.person}"]
        found += [f"/eservices/receipt/{planted.code}", f"/eservices/correct/{planted.code}"]
    return found


def _links(text: str) -> list[str]:
    links = [unescape(each).removeprefix(BASE) for each in _LINK.findall(text)]
    return [each for each in links if each.startswith("/") and not each.startswith("//")]


@pytest.mark.parametrize("visitor", EVERYONE)
async def test_no_page_says_what_is_elsewhere(marked: Scene, visitor: str) -> None:
    seen = await crawl(marked, visitor)
    assert len(seen.asked) > 40
    if visitor in MAY_READ_FAR:
        assert seen.found[FAR], "the words are there for whoever may read them"
    else:
        assert seen.found[FAR] == []
    if visitor in ("station_staff", *MAY_READ_FAR):
        assert seen.found[NEAR], "the words are there for whoever may read them"
    elif visitor == "township_officer":
        # She works in Puziling's township: she sees the person, and nothing of an application that is not hers.
        assert {page.split("?")[0] for page in seen.found[NEAR]} <= {
            f"/desk/people/{marked.planted['neighbour'].person}"
        }
    else:
        assert seen.found[NEAR] == []


async def _search(browser: SiteClient, text: str) -> str:
    answer = await browser.submit("/desk/find", {"q": text}, page="/desk/find")
    if answer.status_code == 303:
        answer = await browser.get(answer.headers["location"])
    assert answer.status_code == 200, answer.text[:300]
    return str(answer.text).replace(f'value="{text}"', "").replace(text + "</", "</")


@pytest.mark.parametrize(("visitor", "finds"), [("station_staff", False), ("township_officer", False)])
async def test_no_search_finds_what_is_elsewhere(marked: Scene, visitor: str, finds: bool) -> None:
    planted = marked.planted["far"]
    for text in (f"{FAR}NAME", f"{FAR}TITLE", planted.code, f"{FAR}N"):
        told = await _search(await marked.browser(visitor), text)
        assert str(planted.person) not in told
        assert f"/desk/m/{planted.code}" not in told
        assert f"{FAR}TITLE" not in told or text == f"{FAR}TITLE"


async def test_the_searches_would_find_it_for_whoever_may(marked: Scene) -> None:
    near = marked.planted["neighbour"]
    assert str(near.person) in await _search(await marked.browser("station_staff"), f"{NEAR}NAME")
    assert str(marked.planted["far"].person) in await _search(await marked.browser("department_officer"), f"{FAR}NAME")


async def test_the_catalogue_and_its_search_say_nothing_of_people(marked: Scene) -> None:
    for word in (FAR, f"{FAR}NAME", NEAR):
        answer = await (await marked.browser("nobody")).get("/eservices/", params={"q": word})
        assert f"{word}NAME" not in answer.text.replace(word, "", 1) or word.endswith("NAME")
        assert str(marked.planted["far"].person) not in answer.text


class Ears:
    """What an ASGI server would be for one open stream: it takes what is sent until it hangs up."""

    def __init__(self) -> None:
        self.text = ""
        self.started, self.ended = asyncio.Event(), asyncio.Event()
        self._asked = False

    async def send(self, message: dict[str, object]) -> None:
        """Takes a message of the application."""
        body = message.get("body", b"")
        assert isinstance(body, bytes)
        self.text += body.decode()
        self.started.set()

    async def receive(self) -> dict[str, object]:
        """The request, then the end of it."""
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.ended.wait()
        return {"type": "http.disconnect"}


def _scope(cookie: str) -> dict[str, object]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/desk/live",
        "raw_path": b"/desk/live",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1:8000"), (b"cookie", cookie.encode()), (b"accept", b"text/event-stream")],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }


async def _change_all(scene: Scene) -> None:
    """Says of every application that it has changed."""
    now = scene.site.clock() + timedelta(seconds=1)
    async with unit_of_work():
        for planted in scene.planted.values():
            row = await Matter.get(id=planted.matter)
            await publish(
                "matter.changed",
                area_id=row.area_id,  # type: ignore[attr-defined]
                organisation_id=row.organisation_id,  # type: ignore[attr-defined]
                ids={"matter": str(planted.matter), "code": planted.code},
                now=now,
            )


async def heard(scene: Scene, *visitors: str) -> dict[str, set[str]]:
    """The names of the applications of which each visitor's stream of the desk tells, all of them open at once."""
    app: Any = scene.site.app
    ears = {visitor: Ears() for visitor in visitors}
    streaming = []
    for visitor, listening in ears.items():
        browser = await scene.browser(visitor)
        cookie = "; ".join(f"{each.name}={each.value}" for each in browser.cookies.jar)
        streaming.append(asyncio.create_task(app(_scope(cookie), listening.receive, listening.send)))
        await asyncio.wait_for(listening.started.wait(), 20)
    await asyncio.sleep(0.3)
    await _change_all(scene)
    await asyncio.sleep(3)
    for listening in ears.values():
        listening.ended.set()
    await asyncio.wait_for(asyncio.gather(*streaming), 20)
    return {visitor: _named(scene, listening.text) for visitor, listening in ears.items()}


def _named(scene: Scene, told: str) -> set[str]:
    return {name for name, planted in scene.planted.items() if planted.code in told or str(planted.matter) in told}


async def test_no_stream_tells_of_what_is_elsewhere(marked: Scene) -> None:
    wanted = {
        "supervisor": set(marked.planted),
        "station_staff": {"mine", "neighbour", "township"},
        "department_officer": {"mine", "neighbour", "far"},
        "township_officer": {"township"},
        "grid_worker": set(),
        "resident": set(),
    }
    assert await heard(marked, *wanted) == wanted
