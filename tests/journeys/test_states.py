"""Two ways that only some cases go, lived through: dibao refused after an objection; a paper that follows late."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from lianxin.api import make_id_number
from lianxin.operate.demo.fill import demo_resident
from lianxin.testing.browser import Eyes, Screen, somebody
from lianxin.testing.processes import Engine, MadeDemo, served
from tests.journeys.invented import somebody_new
from tests.journeys.resident import Resident
from tests.journeys.staff import Staff
from tests.journeys.words import Words

Language = Literal["zh", "en"]
REASON = "核对后家庭人均收入高于当地低保标准，暂不符合条件。"


class Cast:
    """Residents and colleagues, each in a browser of her own, on one site."""

    def __init__(self, stack: ExitStack, chrome: Browser, url: str, language: Language, screen: Screen) -> None:
        self._stack = stack
        self._chrome = chrome
        self._url = url
        self.words = Words(language)
        self._language: Language = language
        self._screen: Screen = screen
        self.eyes = Eyes()

    def resident(self) -> Resident:
        """Signed in by her telephone."""
        page = somebody(self._chrome, self._url, screen=self._screen, language=self._language, eyes=self.eyes)
        she = Resident(self._stack.enter_context(page), self.words, somebody_new())
        she.sign_in()
        return she

    def apply_together(self, she: Resident) -> str:
        """Dibao, up to where it waits for her brother, who then agrees; the address where she goes on."""
        she.page.goto("/eservices/dibao-apply/apply")
        she.consent()
        she.answer_all()
        expect(she.page.locator("#waits")).to_be_visible()
        review = she.page.url
        self.agrees_on_his_own_phone(she.who.name)
        return review

    def agrees_on_his_own_phone(self, applicant: str) -> None:
        """The demo's resident, whom the desk has seen: the question stands in his account a moment later."""
        page = self._stack.enter_context(
            somebody(self._chrome, self._url, screen=self._screen, language=self._language, eyes=self.eyes)
        )
        he = Resident(page, self.words, somebody_new())
        page.goto("/demo/")
        with page.expect_navigation():
            page.locator('form[action="/demo/be/resident"] button').click()
        asked = page.locator("#main li", has_text=applicant)
        for _ in range(40):
            page.goto("/eservices/households")
            if asked.count():
                break
            page.wait_for_timeout(500)
        with page.expect_navigation():
            asked.get_by_role("link").click()
        page.locator("input[name=agree]").check()
        he.press("I agree")

    def staff(self, login: str) -> Staff:
        """Signed in at the desk."""
        page = somebody(self._chrome, self._url, language=self._language, eyes=self.eyes)
        colleague = Staff(self._stack.enter_context(page), self.words)
        colleague.sign_in_as(login)
        return colleague


def two_others() -> tuple[tuple[str, str, str], ...]:
    """Her brother, whom the desk has seen, and a child."""
    brother = demo_resident()
    assert brother.number is not None
    child = make_id_number(date(2019, 6, 1), 302).value
    return ((brother.name, brother.number.value, "sibling"), ("何小雨", child, "child"))


@contextmanager
def cast_of(demo: MadeDemo, chrome: Browser, logs: Path, language: Language, screen: Screen) -> Iterator[Cast]:
    with ExitStack() as stack:
        site = stack.enter_context(served(demo, logs))
        cast = Cast(stack, chrome, site.url, language, screen)
        yield cast
        assert site.faults == []
        cast.eyes.assert_calm()


def move_end(demo: MadeDemo, code: str, kind: str, end: datetime) -> None:
    """Puts the end of a clock, and what hangs on it, where the journey needs it: nobody waits a week for a test."""
    began, due = (end - timedelta(days=7)).isoformat(sep=" "), end.isoformat(sep=" ")
    (database,) = demo.folder.glob("*.sqlite3")
    with closing(sqlite3.connect(database, timeout=20)) as connection, connection:
        (matter,) = connection.execute("SELECT id FROM matter WHERE code = ?", (code,)).fetchone()
        moved = connection.execute(
            "UPDATE clock SET started_at = ?, due_at = ? WHERE matter_id = ? AND kind = ? AND state = 'running'",
            (began, due, matter, kind),
        ).rowcount
        assert moved == 1
        if kind == "posting":
            connection.execute(
                "UPDATE eservices_posting SET posted_at = ?, ends_at = ? WHERE matter_id = ?", (began, due, matter)
            )
        else:
            connection.execute(
                "UPDATE eservices_promised_paper SET promised_at = ?, due_at = ? WHERE matter_id = ?",
                (began, due, matter),
            )


@pytest.mark.browser
def test_dibao_is_looked_into_by_two_posted_objected_to_and_refused_in_writing(
    chrome: Browser, demo_of: Callable[[Engine], MadeDemo], tmp_path: Path
) -> None:
    demo = demo_of("sqlite")
    with cast_of(demo, chrome, tmp_path, "zh", "phone") as cast:
        she, desk, second, office = cast.resident(), cast.staff("station"), cast.staff("station2"), cast.staff("civil")
        she.household = two_others()
        review = cast.apply_together(she)
        she.page.goto(review)
        code = she.send()
        desk.take(code)
        desk.accept(code)
        office.fill(code, "Look into it on the spot", first="何静", second="何勇")
        for one, found in ((desk, "两间瓦房，没有车"), (second, "存折和工资单都看过")):
            one.fill(code, "Write what I found, and sign", findings=found, signed="yes")
        office.fill(code, "Post it for objections", amount="620")
        neighbour = cast.resident()
        neighbour.page.goto("/eservices/posted/")
        posted = neighbour.page.locator("section.card", has_text=she.who.name)
        expect(posted.locator("div", has_text=cast.words("People in the household")).last).to_contain_text("3")
        neighbour.object_to(she.who.name, "她儿子去年买了车，房子也是新修的。")
        office.open(code)
        expect(office.page.locator("#main")).to_contain_text("她儿子去年买了车")
        move_end(demo, code, "posting", datetime.now(UTC) - timedelta(minutes=1))
        office.fill(code, "Answer an objection", answer="车是他单位的，新房是借住的，已经核对过。")
        if office.state_shown(code) != cast.words("Being decided"):
            office.press("Go on with the decision")
        office.fill(code, "Don't approve", reason=REASON)
        desk.open(code)
        expect(desk.page.locator("#main")).to_contain_text(cast.words("Refusal in writing"))
        desk.fill(code, "Deliver the result", how="desk")
        she.page.goto(f"/account/m/{code}")
        expect(she.page.locator("#main")).to_contain_text(REASON)
        assert "她儿子" not in she.page.locator("#main").inner_text()
        neighbour.page.goto("/account/messages")
        expect(neighbour.page.locator("#main")).to_contain_text("车是他单位的")


@pytest.mark.browser
def test_a_paper_follows_on_the_last_day(
    chrome: Browser, demo_of: Callable[[Engine], MadeDemo], tmp_path: Path
) -> None:
    demo = demo_of("sqlite")
    with cast_of(demo, chrome, tmp_path, "en", "desktop") as cast:
        she, desk, office = cast.resident(), cast.staff("station"), cast.staff("labour")
        she.lacks = "PHOTO1"
        she.find_pension()
        code = she.apply()
        desk.take(code)
        desk.fill(code, "Accept, papers follow", papers="PHOTO1", days="5")
        move_end(demo, code, "papers", datetime.now(UTC) + timedelta(minutes=30))
        she.send_paper(code)
        expect(she.page.locator("#main")).to_contain_text(cast.words("Here; we look at it"))
        office.fill(code, "Confirm papers that followed", papers="PHOTO1")
        expect(office.page.locator("#main")).to_contain_text(cast.words("Here, and in order"))
        office.approve(code)
        assert office.words("Approved") in desk.state_shown(code)
