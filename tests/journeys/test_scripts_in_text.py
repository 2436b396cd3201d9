"""What people type is text wherever it is shown: no part of it ever runs (defence B10).

The content policy is switched off in these browsers, so that the escaping has to hold by itself. What the forms here do
not lead to is put straight into the database by test_scripts_in_data.py.
"""

import html
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from lianxin.testing.browser import Eyes, somebody
from lianxin.testing.processes import Served
from tests.faults.size import size
from tests.journeys.canary import ARMED, Canary
from tests.journeys.invented import Invented, somebody_new
from tests.journeys.payloads import PAYLOADS, REFUSED_IN_LINES, SHORT, in_parts, packed
from tests.journeys.resident import Resident
from tests.journeys.staff import PDF, Staff
from tests.journeys.words import Words

AT_LEAST = 120
MOST_HARMLESS = 40
"""Payloads for other eyes than an HTML parser's: templates, twofold decoding, letters that only look alike."""
# As careless as pages come: between tags, and in attributes of each kind of quotation.
_CARELESS = '<body><p>{0}</p><input value="{0}"><input value=\'{0}\'><input value={0}><a href="{0}">x</a>'
_PARSE_ALL = """
async (addresses) => {
  const armed = ARMED, found = [];
  for (const address of addresses) {
    const answer = await fetch(address);
    if (answer.status >= 500) found.push(`${address}: ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    found.push(...armed(page).map((one) => `${address}: ${one}`));
  }
  return found;
}
"""


@pytest.fixture
def canary() -> Canary:
    """A fresh one."""
    return Canary()


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= AT_LEAST
    everything = "".join(in_parts(1000))
    assert [each for each in PAYLOADS if each not in everything and REFUSED_IN_LINES not in each] == []


@pytest.mark.browser
def test_the_canary_sings(chrome: Browser, site: Served, canary: Canary) -> None:
    """Shown carelessly, a payload runs or would at a touch: else it would prove nothing."""
    with canary.browser(chrome, site.url) as page:
        page.goto("/privacy")
        frames = "".join(
            f'<iframe name="payload-{number}" srcdoc="{html.escape(_CARELESS.format(payload))}"></iframe>'
            for number, payload in enumerate(PAYLOADS)
        )
        page.evaluate("frames => document.body.insertAdjacentHTML('beforeend', frames)", frames)
        page.wait_for_timeout(2000)
        names = [f"payload-{number}" for number in range(len(PAYLOADS))]
        armed = {name for name in names if (frame := page.frame(name=name)) is None or frame.evaluate(ARMED)}
        silent = set(names) - armed - set(canary.called_on)
    assert len(set(canary.called_on)) > 1, "some run by themselves"
    assert len(silent) <= MOST_HARMLESS, [PAYLOADS[int(name.split("-")[1])] for name in sorted(silent)]


@pytest.mark.browser
def test_what_stands_in_an_address(chrome: Browser, site: Served, canary: Canary) -> None:
    """Each payload in addresses of all kinds, read by the browser's parser; some of the pages are really opened."""
    places = ("/eservices/?q={}", "/sign-in?next={}", "/sign-in?next=/{}", "/community?above={}", "/nowhere/{}")
    addresses = [place.format(quote(payload, safe="")) for payload in PAYLOADS for place in places][:: size(2, 1)]
    parse = _PARSE_ALL.replace("ARMED", ARMED)
    with canary.browser(chrome, site.url) as page:
        page.goto("/")
        for begin in range(0, len(addresses), 100):
            assert page.evaluate(parse, addresses[begin : begin + 100]) == []
        for payload in PAYLOADS[:: size(12, 1)]:
            canary.looks_at(page, f"/eservices/?q={quote(payload)}")
        page.goto(f"/eservices/?q={quote(SHORT)}")
        expect(page.locator("#main")).to_contain_text(SHORT)


@pytest.mark.browser
def test_what_people_write_to_each_other(chrome: Browser, site: Served, canary: Canary) -> None:
    """Every field of an application's way from the first question to the rating, and of the desk beside it."""
    words, known = Words("zh"), somebody_new()
    who = Invented(SHORT, known.phone, known.id_number)
    with people(canary, chrome, site.url) as (hers, theirs, decides):
        she, desk, office = Resident(hers, words, who), Staff(theirs, words), Staff(decides, words)
        she.sign_in()
        she.find_pension()
        code = she.apply()
        desk.sign_in_as("station")
        desk.take(code)
        for part in in_parts(1000):
            leave_note(desk, code, part)
        desk.ask_for_corrections(code, written(20))
        hers.goto(f"/eservices/correct/{code}")
        canary.looks_at(hers, f"/eservices/correct/{code}")
        canary.looks_at(theirs, f"/desk/m/{code}")
        she.complete_correction(code)
        desk.accept(code)
        office.sign_in_as("labour")
        decide(office, code)
        deliver(desk, code)
        she.rate(code, 2, written(80))
        look_at_her_number(desk, code)
        shown = hers.goto(f"/account/m/{code}")
        assert shown is not None
        assert "&lt;script" in shown.text(), "the text stands there as it was typed"
        canary.looks_at(hers, "/", "/account/", f"/account/m/{code}", "/account/messages", "/account/readings")
        canary.looks_at(theirs, "/desk/", f"/desk/m/{code}", "/desk/tasks", "/demo/outbox")
        finish_task(desk, code)
        canary.looks_at(theirs, f"/desk/m/{code}")
        expect(theirs.locator("#main")).to_contain_text(PAYLOADS[0])
        she.find_pension()
        code = she.apply()
        withdraw(she, code)
        canary.looks_at(hers, f"/account/m/{code}", "/account/sessions")
        canary.looks_at(theirs, f"/desk/m/{code}")


@pytest.mark.browser
def test_what_is_typed_wrongly_comes_back_as_text(chrome: Browser, site: Served, canary: Canary) -> None:
    """Forms that are refused show again what was typed."""
    with people(canary, chrome, site.url) as (hers, theirs, admin):
        hers.goto("/sign-in")
        for begin in range(0, len(PAYLOADS), 40):
            refuse(canary, hers, {"phone": packed(30, begin)})
        desk = Staff(theirs, Words("zh"))
        desk.sign_in_as("station")
        theirs.goto("/desk/people/new")
        refuse(canary, theirs, {"name": packed(200), "id_number": packed(60, 50), "phone": packed(60, 90)})
        theirs.goto("/desk/find")
        refuse(canary, theirs, {"q": packed(60, 5)})
        admin.goto("/demo/")
        with admin.expect_navigation():
            admin.locator('form[action="/demo/be/system"] button').click()
        admin.goto("/admin/calendar/year")
        refuse(canary, admin, {"year": "2027", "days": written(40)})
        admin.goto("/admin/calendar/day?day=2026-10-01")
        admin.locator("input[name=working]").first.check()
        refuse(canary, admin, {"day": "2027-03-01", "note": packed(80, 70)})
        canary.looks_at(admin, "/admin/calendar?year=2027", "/admin/calendar")


@pytest.mark.browser
def test_nothing_of_it_meets_the_content_policy(chrome: Browser, site: Served) -> None:
    """What the policy would have to stop is not there: with it switched on, it has nothing to say."""
    eyes = Eyes()
    with somebody(chrome, site.url, eyes=eyes) as page:
        for payload in PAYLOADS[:: size(16, 2)]:
            page.goto(f"/eservices/?q={quote(payload)}")
    eyes.assert_calm()


@contextmanager
def people(canary: Canary, chrome: Browser, url: str) -> Iterator[tuple[Page, Page, Page]]:
    """Three, none of whom has been here."""
    with ExitStack() as stack:
        yield tuple(stack.enter_context(canary.browser(chrome, url)) for _ in range(3))  # type: ignore[misc]


def written(begin: int) -> str:
    """What fits into a field for several lines."""
    return packed(900, begin, REFUSED_IN_LINES)


def refuse(canary: Canary, page: Page, typed: dict[str, str]) -> None:
    """Fills in a form that is then refused or not, and looks at what comes."""
    form = page.locator("#main form", has=page.locator(f"[name={next(iter(typed))}]")).first
    for name, text in typed.items():
        form.locator(f"[name={name}]").first.fill(text)
    with page.expect_navigation():
        form.locator("button").first.click()
    armed = page.evaluate(ARMED)
    assert armed == [], f"{page.url}: {armed}"
    assert canary.called_on == []


def leave_note(desk: Staff, code: str, text: str) -> None:
    """One that the applicant may read."""
    desk.open(code)
    desk.page.locator("textarea[name=text]").fill(text)
    desk.page.locator("input[name=public]").check()
    with desk.page.expect_navigation():
        desk.page.locator("form:has(textarea[name=text]) button").first.click()


def decide(office: Staff, code: str) -> None:
    """In favour, with a word about it."""
    office.open(code)
    office.press("Approve")
    office.page.locator("textarea[name=reason]").fill(written(40))
    office.press("Approve")


def deliver(desk: Staff, code: str) -> None:
    """With a document whose name is one as well."""
    desk.open(code)
    desk.press("Deliver the result")
    desk.page.locator("input[name=how][value=online]").check()
    file: FilePayload = {"name": f"{SHORT}.pdf", "mimeType": "application/pdf", "buffer": PDF}
    desk.page.locator("input[name=document]").set_input_files(file)
    desk.page.locator("[name=note]").fill(packed(200, 60))
    desk.press("Deliver the result")


def look_at_her_number(desk: Staff, code: str) -> None:
    """What she needs it for can be read by whose it is."""
    desk.open(code)
    desk.page.locator('#main a[href^="/desk/people/"]').first.click()
    desk.page.locator('#main a[href$="/number"], #main a[href*="/number?"]').first.click()
    desk.page.locator("input[name=purpose]").fill(packed(100, 100))
    with desk.page.expect_navigation():
        desk.page.locator("form:has(input[name=purpose]) button").first.click()


def finish_task(desk: Staff, code: str) -> None:
    """The one that a bad rating makes."""
    desk.open(code)
    desk.page.locator('#main a[href*="/desk/tasks/"]').first.click()
    desk.page.locator("textarea[name=outcome]").fill(written(120))
    desk.press("Done")


def withdraw(she: Resident, code: str) -> None:
    """She does not want it any more."""
    she.page.goto(f"/account/m/{code}/withdraw")
    she.page.locator("input[name=reason]").fill(packed(200, 140))
    she.press("Withdraw the application")
