"""A resident is told in writing: she opens the notice, prints it, and takes the PDF home."""

from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from lianxin.testing.browser import Eyes, somebody
from lianxin.testing.processes import Served
from tests.journeys.invented import somebody_new
from tests.journeys.resident import Resident
from tests.journeys.staff import Staff
from tests.journeys.words import Words

MISSING = "户口簿的首页看不清\n身份证反面没有拍"


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_missing_is_told_in_writing(
    chrome: Browser, site: Served, language: Literal["zh", "en"], tmp_path: Path
) -> None:
    eyes, words, who = Eyes(), Words(language), somebody_new()
    with ExitStack() as stack:

        def browser() -> Page:
            return stack.enter_context(somebody(chrome, site.url, language=language, eyes=eyes))

        she, desk = Resident(browser(), words, who), Staff(browser(), words)
        she.sign_in()
        she.find_pension()
        code = she.apply()
        desk.sign_in_as("station")
        desk.take(code)
        desk.ask_for_corrections(code, MISSING)
        page = she.page
        page.goto(f"/account/m/{code}")
        with page.expect_navigation():
            page.locator(f'#main a[href^="/eservices/notice/{code}"]').first.click()
        letter = page.locator("article.letter")
        expect(letter.get_by_role("heading", name="补正告知书")).to_be_visible()
        for words_of_hers in (who.name, *MISSING.splitlines()):
            expect(letter).to_contain_text(words_of_hers)
        with page.expect_download() as taken:
            page.locator(f'#main a[href^="/eservices/notice/{code}/pdf"]').click()
        taken.value.save_as(tmp_path / "notice.pdf")
        paper = "".join(pypdf.PdfReader(tmp_path / "notice.pdf").pages[0].extract_text().split())
        assert all(line in paper for line in (who.name, *MISSING.splitlines()))
        with page.expect_navigation():
            page.locator(f'#main a[href^="/eservices/notice/{code}/print"]').click()
        expect(page.locator("main.paper")).to_contain_text("补正告知书")
        desk.page.goto(f"/eservices/notice/{code}")
        expect(desk.page.locator("article.letter")).to_contain_text(who.name)
    eyes.assert_calm()
