"""What somebody does in his browser who helps another, by what he sees there."""

import re

from playwright.sync_api import expect

from tests.journeys.invented import Invented
from tests.journeys.resident import Resident


class Helper(Resident):
    """A grandson, a neighbour, a grid worker."""

    def ask_to_act_for(self, other: Invented) -> str:
        """The code goes to the other's telephone. Answers what was asked, by its address."""
        self.page.goto("/eservices/acting")
        self.follow("Help somebody")
        self.page.locator("input[name=name]").fill(other.name)
        self.page.locator("input[name=phone]").fill(other.phone)
        self.page.locator("input[name=relationship]").first.check()
        self.page.locator("input[name=days]").first.check()
        self.press("Send the code")
        return self.page.url.rsplit("/", 1)[1]

    def may_act_for(self, other: Invented) -> str:
        """With the code that the other reads to him. Answers the authorisation, by its address."""
        self.ask_to_act_for(other)
        here = self.page.url
        code = Resident(self.page, self.words, other).code_sent()
        self.page.goto(here)
        self.page.locator("input[name=code]").fill(code)
        self.press("Continue")
        expect(self.page).to_have_url(re.compile("/eservices/acting/for/"))
        return self.page.url.rsplit("/", 1)[1]

    def apply_for(self, other: Invented) -> str:
        """From the page of the person to the receipt."""
        self.page.locator("select[name=item]").select_option("resident-pension-enrol")
        self.press("Continue")
        expect(self.page.locator("h1")).to_contain_text(other.name)
        self.consent()
        expect(self.page.locator(".note-warm")).to_contain_text(other.name)
        self.who = other
        self.answer_all()
        expect(self.page.locator(".note-warm")).to_contain_text(other.name)
        return self.send()
