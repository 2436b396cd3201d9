"""An administrator changes a service's questions, tries it, publishes; a resident in the middle stays on hers."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lianxin.testing.browser import Eyes, somebody
from lianxin.testing.processes import Engine, MadeDemo, served
from tests.journeys.editor import Editor
from tests.journeys.invented import somebody_new
from tests.journeys.resident import Resident
from tests.journeys.rows import ROWS, Row
from tests.journeys.words import Words

SERVICE, CODE = "ssc-apply", "RS-008"


@pytest.mark.browser
@pytest.mark.parametrize("row", [ROWS[0], ROWS[1], ROWS[5]], ids=lambda row: row.name)
def test_whoever_began_stays_on_hers(
    row: Row, chrome: Browser, demo_of: Callable[[Engine], MadeDemo], tmp_path: Path
) -> None:
    eyes, words = Eyes(), Words(row.language)
    label = f"您以前办过卡吗（{somebody_new().phone[-6:]}）？"
    code = f"HAD{somebody_new().phone[-6:]}"
    with ExitStack() as stack:
        site = stack.enter_context(served(demo_of(row.engine), tmp_path, row.shape))
        looks = {"language": row.language, "script": row.script, "eyes": eyes}
        pages = [
            stack.enter_context(somebody(chrome, url, screen=screen, **looks))
            for url, screen in ((site.urls[0], row.screen), (site.urls[-1], "desktop"))
        ]
        she = Resident(pages[0], words, somebody_new())
        editor = Editor(pages[1], words, CODE)
        she.sign_in()
        begin(she)
        she.page.locator("input[type=radio]").first.check()
        she.press("Continue")
        editor.sign_in()
        editor.add_question(label, code)
        assert f"ask-{code}" in editor.try_out(label)
        editor.publish(label, "县里今年的通知")
        assert f"ask-{code}" not in she.answer_all()
        expect(she.page.locator("#main")).not_to_contain_text(label)
        she.send()
        begin(she)
        assert f"ask-{code}" in she.answer_all()
        expect(she.page.locator("#main")).to_contain_text(label)
        she.send()
        assert site.faults == []
    eyes.assert_calm()


def begin(she: Resident) -> None:
    """To the first question."""
    she.page.goto(f"/eservices/{SERVICE}/apply")
    she.consent()
