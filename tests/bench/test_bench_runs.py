"""The bench itself: it runs to its end and says what it found. What it finds is looked at, never asserted."""

import subprocess
import sys

from tests.bench.goals import Goal, Row
from tests.bench.load import NUMBER, Requests
from tests.bench.pages import read_page
from tests.bench.servers import ROOT

FIGURES = [
    "list",
    "list unchanged",
    "detail",
    "submit",
    "one visitor alone",
    "one message to all",
    "memory of a listener",
    "start",
    "memory",
    "memory of a process",
    "first load",
]


def test_a_pair_that_is_none_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "oracle/granian"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "oracle/granian" in done.stderr


def test_a_goal_knows_its_direction() -> None:
    assert Goal(0.5, more=True).met(50, 100)
    assert not Goal(0.5, more=True).met(49, 100)
    assert Goal(2.5, more=False).met(2.5, 1)
    assert not Goal(2.5, more=False).met(2.6, 1)
    assert Goal(150, more=False, absolute=True).met(150, 0)
    assert not Goal(150, more=False, absolute=True).met(151, 0)
    assert Row("list", "a second", 30, 40, Goal(0.5, more=True)).ratio == 0.75


def test_no_two_requests_carry_the_same_number() -> None:
    requests = Requests([f"a {NUMBER}\r\n", f"b {NUMBER}\r\n"])
    taken = [requests.take().split() for _ in range(6)]
    assert [kind for kind, _ in taken] == [b"a", b"b"] * 3
    assert len({number for _, number in taken}) == 6
    assert {len(number) for _, number in taken} == {len(NUMBER)}


def test_a_page_is_read_as_a_browser_would_send_it() -> None:
    page = read_page(
        '<link rel="stylesheet" href="/a.css"><script src="/b.js"></script><a href="/out">out</a><main>'
        '<a href="/in"><b>In</b> <small>here</small></a><form method="post" action="/to">'
        '<input type="hidden" name="_key" value="k"><input type="radio" name="whom" value="self">'
        '<input type="radio" name="whom" value="family"><select name="area"><option value="1"><option value="2">'
        '</select><input type="file" name="photos"><textarea name="why"></textarea></form></main>'
    )
    assert page.files == ["/a.css", "/b.js"]
    assert page.links == [("/in", ["In", "here"])]
    assert page.form_to("/to").values == {"_key": "k", "whom": "self", "area": "1", "why": ""}
