"""A public page is drawn once for all who are not signed in, and is never anybody else's."""

from __future__ import annotations

import re
from typing import Any

import pytest
from markupsafe import Markup

from lianxin.data.unit import unit_of_work
from lianxin.directory.models import Person
from lianxin.testing.site import TestSite
from lianxin.web.fragments import Fragments
from tests.core.web.probe.opening import filled as filled
from tests.core.web.probe.opening import probed as probed

pytestmark = pytest.mark.anyio
HOME = "/"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time by which pages are forgotten, standing still until a test moves it."""
    at = [1000.0]
    monkeypatch.setattr("lianxin.data.recent.monotonic", lambda: at[0])
    return at


def count_drawn(site: TestSite) -> list[object]:
    """Grows with each page that is really drawn from now on."""
    renderer = site.app.state.site.renderer
    drawn: list[object] = []
    render = renderer.render

    async def counted(visit: Any, page: object, **more: Any) -> Any:
        drawn.append(page)
        return await render(visit, page, **more)

    renderer.render = counted
    return drawn


async def test_a_page_is_drawn_once_for_all_strangers(filled: TestSite, clock: list[float]) -> None:
    drawn = count_drawn(filled)
    texts = {re.sub(r'nonce="[^"]+"', "", (await filled.client().get(HOME)).text) for _ in range(3)}
    assert len(texts) == len(drawn) == 1
    clock[0] += 1
    await filled.client().get(HOME)
    assert len(drawn) == 2, "another process may have changed something"


async def test_every_answer_has_a_nonce_of_its_own(filled: TestSite) -> None:
    seen = set()
    for _ in range(3):
        answer = await filled.client().get(HOME)
        [nonce] = set(re.findall(r'nonce="([^"]+)"', answer.text))
        assert f"'nonce-{nonce}'" in answer.headers["content-security-policy"]
        seen |= {nonce, answer.headers["x-request-id"]}
    assert len(seen) == 6


async def test_it_is_drawn_anew_after_a_change_of_this_process(filled: TestSite, clock: list[float]) -> None:
    drawn = count_drawn(filled)
    for expected in (1, 1, 2, 2):
        if expected == 2 and len(drawn) == 1:
            async with unit_of_work():
                await Person.create(name="new", created_at=filled.clock())
        assert (await filled.client().get(HOME)).status_code == 200
        assert len(drawn) == expected


async def test_who_is_signed_in_gets_a_page_of_her_own(filled: TestSite) -> None:
    person = await Person.filter(home_area_id__not_isnull=True).order_by("id").first()
    assert person
    await filled.client().get(HOME)
    hers = await (await filled.client_of(person.id)).get(HOME)
    strangers = await filled.client().get(HOME)
    assert 'href="/account/"' in hers.text
    assert "/sign-in?" in strangers.text
    assert "/sign-in?" not in hers.text


async def test_choices_of_a_browser_are_kept_apart(filled: TestSite) -> None:
    zh, en, chosen = filled.client(), filled.client(language="en"), filled.client()
    await zh.get(HOME)
    assert 'lang="en"' in (await en.get(HOME)).text.split("<head>")[0]
    answer = await chosen.get(f"{HOME}?lang=en")
    assert "set-cookie" in answer.headers
    assert "set-cookie" not in (await zh.get(f"{HOME}?x=1")).headers
    assert 'lang="en"' in (await chosen.get(HOME)).text.split("<head>")[0]
    assert 'lang="zh-Hans"' in (await zh.get(HOME)).text.split("<head>")[0]
    assert "set-cookie" in (await filled.client().get(f"{HOME}?lang=en")).headers, "a choice is never shared"


async def test_a_page_with_the_key_of_a_form_is_never_shared(filled: TestSite) -> None:
    keys = set()
    for _ in range(2):
        keys |= set(re.findall(r'name="_key" value="([^"]+)"', (await filled.client().get("/sign-in")).text))
    assert len(keys) == 2


def test_a_fragment_is_drawn_once_for_an_object() -> None:
    fragments, drawn = Fragments(), []

    def draw() -> Markup:
        drawn.append(1)
        return Markup(f"<p>{len(drawn)}</p>")

    one, other = ["a"], ["a"]
    assert [fragments(one, "x", draw), fragments(one, "x", draw)] == ["<p>1</p>", "<p>1</p>"]
    assert fragments(one, "y", draw) == "<p>2</p>"
    assert fragments(other, "x", draw) == "<p>3</p>"


def test_of_fragments_the_oldest_are_forgotten() -> None:
    fragments, drawn = Fragments(most=25), []

    def draw() -> Markup:
        drawn.append(1)
        return Markup("0123456789")

    one, two, three, whole = ["1"], ["2"], ["3"], ["4"]
    for subject in (one, two, one, three, two, three):
        fragments(subject, "x", draw)
    assert len(drawn) == 3, "two parts of ten fit into twenty-five"
    fragments(one, "x", draw)
    assert len(drawn) == 4, "it was the oldest"
    long = Markup("0" * 100)
    assert [fragments(whole, "x", lambda: long), fragments(whole, "x", draw)] == [long, long]
    assert len(drawn) == 4, "what is longer than all together is kept until the next"
