"""What staff do in their browsers, by what they see there."""

import re

from playwright.sync_api import FilePayload, Page, Route, expect

from tests.journeys.words import Words

SOON = 3


class Staff:
    """Somebody at a desk."""

    def __init__(self, page: Page, words: Words) -> None:
        self.page = page
        self.words = words

    def sign_in_as(self, login: str) -> None:
        """One tap, as a demonstration offers it."""
        self.page.goto("/demo/")
        with self.page.expect_navigation():
            self.page.locator(f'form[action="/demo/be/{login}"] button').click()
        expect(self.page).to_have_url(re.compile("/desk/"))

    def watch_queue(self) -> None:
        """The queue stays open, and what comes in is to appear by itself.

        Without script the page asks again each minute by its own order; the minute is shortened here, nothing else.
        """
        self.page.route(re.compile(r"/desk/(\?.*)?$"), _sooner)
        self.page.goto("/desk/")

    def sees_arrive(self, code: str, *, script: bool) -> None:
        """The new matter shows without anybody touching the page; only then she opens it."""
        if script:
            expect(self.page.locator("#arrivals .live")).to_be_visible()
            with self.page.expect_navigation():
                self.page.locator("#arrivals .live a").click()
        expect(self.page.locator(f'a.job[data-code="{code}"]')).to_be_visible()
        self.page.unroute(re.compile(r"/desk/(\?.*)?$"))
        self.open(code)

    def open(self, code: str) -> None:
        """The page of a matter."""
        self.page.goto(f"/desk/m/{code}")

    def press(self, msgid: str) -> None:
        """A button or a link that looks like one, by its words."""
        wanted = self.page.locator("#main button, #main a.btn").filter(
            has_text=re.compile(rf"^{re.escape(self.words(msgid))}\W*[A-Z]?$")
        )
        with self.page.expect_navigation():
            wanted.first.click()

    def take(self, code: str) -> None:
        """Hers from now on."""
        self.open(code)
        self.press("Take it")

    def ask_for_corrections(self, code: str, wanted: str) -> None:
        """One complete list."""
        self.open(code)
        self.press("Ask for corrections")
        self.page.locator("textarea[name=wanted]").fill(wanted)
        self.press("Ask for corrections")

    def accept(self, code: str) -> None:
        """The papers are complete."""
        self.open(code)
        self.press("Accept")

    def approve(self, code: str) -> None:
        """The department's decision."""
        self.open(code)
        self.press("Approve")
        self.press("Approve")

    def fill(self, code: str, button: str, **typed: str) -> None:
        """A button of the matter, its questions by the names of their fields, and off it goes."""
        self.open(code)
        self.press(button)
        for name, value in typed.items():
            field = self.page.locator(f"[name={name}]").first
            kind = field.evaluate("one => one.tagName == 'SELECT' ? 'select' : one.type")
            if kind == "select":
                field.select_option(label=value)
            elif kind in ("radio", "checkbox"):
                self.page.locator(f'[name={name}][value="{value}"]').check()
            else:
                field.fill(value)
        self.press(button)

    def deliver(self, code: str) -> None:
        """With the document itself."""
        self.open(code)
        self.press("Deliver the result")
        self.page.locator("input[name=how][value=online]").check()
        file: FilePayload = {"name": "result.pdf", "mimeType": "application/pdf", "buffer": PDF}
        self.page.locator("input[name=document]").set_input_files(file)
        self.press("Deliver the result")

    def state_shown(self, code: str) -> str:
        """The state that stands at the head of the matter."""
        self.open(code)
        return self.page.locator(".pane-head .tag, header .tag").first.inner_text().strip()

    def photos_of(self, code: str) -> list[bytes]:
        """What the pictures on the page of the matter are made of."""
        self.open(code)
        sources = self.page.locator("img.photo").evaluate_all("all => all.map(one => one.getAttribute('src'))")
        return [self.page.request.get(source).body() for source in dict.fromkeys(sources)]


def _sooner(route: Route) -> None:
    answer = route.fetch()
    text = re.sub(r'(http-equiv="refresh" content=")\d+', rf"\g<1>{SOON}", answer.text())
    route.fulfill(response=answer, body=text)


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n"
    b"%%EOF\n"
)
