"""Who looks at the pages of pages.txt, and what stands in the place of its words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Browser, Page

from lianxin.operate.demo.fill import demo_resident
from lianxin.testing.browser import somebody
from tests.journeys.grandson import Helper
from tests.journeys.invented import somebody_new
from tests.journeys.resident import Resident
from tests.journeys.staff import Staff
from tests.journeys.words import Words

PAGES = Path(__file__).parent / "pages.txt"
AS_ROLES = ("station", "labour", "supervisor", "system", "security", "auditor", "catalogue")
FOR_STAFF = ("/desk/", "/admin/", "/eservices/desk/", "/eservices/admin/", "/counter/desk/")


@dataclass(frozen=True)
class Place:
    """A line of pages.txt."""

    who: str
    address: str

    @property
    def for_staff(self) -> bool:
        """Whether it has the look of the desk: that one has no elder mode, and a dark one."""
        return self.address.startswith(FOR_STAFF)


def read_places() -> list[Place]:
    """The lines of pages.txt."""
    lines = [line.split() for line in PAGES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [Place(who, address) for who, address in lines]


class Tour:
    """Everybody signed in once, and a matter in each of the states that the pages are about."""

    def __init__(self, chrome: Browser, url: str) -> None:
        self.chrome = chrome
        self.url = url
        self.words = Words("zh")
        self.signed_in: dict[str, Any] = {"nobody": None}
        self.values: dict[str, str] = {"in_person": "marriage-appointment", "other": "longevity-allowance"}
        for login in AS_ROLES:
            self._once(login, partial(self._be, login=login))
        self._once("resident", self._apply)
        self._once("resident", self._help)
        self._once("family", lambda page: self.values.update(_live_together(page, self.words)))
        self._once("station", self._work)
        self._once("station", partial(_number, self.values))
        self._once("system", self._look_around)
        self._once("security", self._administrate)
        self._once("half_way", self._stop_half_way)
        self._once("one_of_many", self._share_a_phone)
        self._once("cut_off", self._lose_session)
        self._once("locked", partial(self._be, login="station2"))
        self._once("locked", _lock)

    def filled(self, address: str) -> str:
        """The address with its words replaced."""
        return re.sub(r"\{(\w+)\}", lambda word: self.values[word[1]], address)

    def _once(self, who: str, work: Callable[[Page], None]) -> None:
        """Lets somebody do something, and remembers where her browser stands then."""
        with somebody(self.chrome, self.url, storage_state=self.signed_in.get(who)) as page:
            work(page)
            self.signed_in[who] = page.context.storage_state()

    def _be(self, page: Page, login: str) -> None:
        page.goto("/demo/")
        with page.expect_navigation():
            page.locator(f'form[action="/demo/be/{login}"] button').click()

    def _apply(self, page: Page) -> None:
        she = Resident(page, self.words, somebody_new())
        she.sign_in()
        for name in ("sent", "corrected"):
            she.find_pension()
            self.values[name] = she.apply()
        she.lacks = "PHOTO1"
        she.find_pension()
        self.values["follows"] = she.apply()
        she.lacks = ""
        page.goto("/eservices/ssc-apply/apply")
        she.consent()
        steps = she.answer_all()
        self.values["photos"] = next(step for step in steps if step.startswith("photos-"))
        self.values["draft"] = page.url.split("/")[-2]

    def _help(self, page: Page) -> None:
        """Allowed to act for somebody, and asking to act for somebody else; and one who may act for her."""
        he = Helper(page, self.words, somebody_new())
        self.values["leave"] = he.may_act_for(somebody_new())
        self.values["asked"] = he.ask_to_act_for(somebody_new())

    def _work(self, page: Page) -> None:
        desk = Staff(page, self.words)
        desk.take(self.values["corrected"])
        desk.ask_for_corrections(self.values["corrected"], "户口簿的首页看不清\n身份证的背面")
        desk.take(self.values["follows"])
        desk.fill(self.values["follows"], "Accept, papers follow", papers="PHOTO1", days="5")
        page.goto(f"/eservices/receipt/{self.values['corrected']}")
        desk.press("Print later")
        page.goto("/eservices/posted/")
        self._take_from(page, "posting", "/eservices/posted/")
        page.goto(f"/desk/m/{self.values['sent']}")
        self._take_from(page, "person", "/desk/people/")
        page.goto(f"/desk/m/{self.values['dibao']}")
        self._take_from(page, "seat", "/eservices/desk/household/")
        self._note(page, ("task", "/desk/tasks"))

    def _look_around(self, page: Page) -> None:
        self._note(page, ("area", "/admin/areas"), ("setting", "/admin/settings"), ("hook", "/exchange/hooks"))

    def _note(self, page: Page, *wanted: tuple[str, str]) -> None:
        """The first address below each of these lists."""
        for name, where in wanted:
            page.goto(where)
            self._take_from(page, name, f"{where}/")

    def _take_from(self, page: Page, name: str, below: str) -> None:
        self.values[name] = _first_below(page, below)

    def _administrate(self, page: Page) -> None:
        page.goto("/admin/people")
        link = page.locator('#main a[href^="/admin/people/"][href$="/end"]').first.get_attribute("href") or ""
        self.values["grant"] = link.split("/")[3]
        for name in ("colleague", "newcomer"):
            login = name + somebody_new().phone[-4:]
            page.goto("/admin/staff/new")
            page.locator("input[name=name]").fill("岳小兰")
            page.locator("input[name=login_name]").fill(login)
            page.locator("#main button.btn-go").click()
            password = page.locator(".big .code").inner_text()
            if name == "colleague":
                self._once("new_staff", partial(self._prove, login=login, password=password, further=False))
            else:
                self._once("with_app", partial(self._prove, login=login, password=password, further=True))
                self._once("known_staff", partial(self._prove, login=login, password=password, further=False))
        page.goto("/admin/staff")
        self._take_from(page, "account", "/admin/staff/")

    def _prove(self, page: Page, login: str, password: str, *, further: bool) -> None:
        """Login name and password; `further`, the app is set up too."""
        page.goto("/sign-in/staff")
        page.locator("input[name=login_name]").fill(login)
        page.locator("input[name=password]").fill(password)
        with page.expect_navigation():
            page.locator("#main button.btn-go").click()
        if further:
            secret = page.locator("#main b.code").inner_text().replace(" ", "")
            page.locator("input[name=code]").fill(pyotp.TOTP(secret).now())
            with page.expect_navigation():
                page.locator("#main button.btn-go").click()

    def _stop_half_way(self, page: Page) -> None:
        she = Resident(page, self.words, somebody_new())
        she.prove_phone()

    def _share_a_phone(self, page: Page) -> None:
        """Somebody whose telephone several of her family use."""
        seed = demo_resident()
        she = Resident(page, self.words, replace(somebody_new(), phone=seed.phone.removeprefix("+86")))
        she.prove_phone()

    def _lose_session(self, page: Page) -> None:
        """Signed out elsewhere while a form was open here, and back again."""
        self._be(page, "resident")
        page.goto("/account/profile")
        with somebody(self.chrome, self.url, storage_state=page.context.storage_state()) as elsewhere:
            elsewhere.goto("/account/")
            with elsewhere.expect_navigation():
                elsewhere.locator('form[action^="/sign-out"] button').click()
        with page.expect_navigation():
            page.locator('form[action^="/account/profile"] button').first.click()
        self._be(page, "resident")
        page.goto("/eservices/households")
        self._take_from(page, "asked_of", "/eservices/households/")


def _lock(page: Page) -> None:
    """By the button at the foot of the desk's menu."""
    page.goto("/desk/")
    with page.expect_navigation():
        page.locator('form[action="/sign-in/lock"] button').click()


def _number(values: dict[str, str], page: Page) -> None:
    """Taken in the hall, and found at the desk by its code; she sits there, also after the end of a day."""
    page.goto("/counter/desk/")
    if page.url.endswith("/seat"):
        page.locator("input[name=counter]").first.check()
        page.locator("#main button.btn-go").click()
        page.wait_for_url("**/counter/desk/")
    page.goto("/counter/510821107001/")
    page.locator("button[value=A]").click()
    page.wait_for_url("**/slip/*")
    values["number"] = page.url.rsplit("/", 1)[1]
    page.goto(f"/counter/s/{values['number']}")
    values["slip"] = page.url.rsplit("/", 1)[1]


def _live_together(page: Page, words: Words) -> dict[str, str]:
    """Dibao, once sent by her alone, once waiting for the demo's resident, whom she names."""
    she = Resident(page, words, somebody_new())
    she.sign_in()
    brother, found = demo_resident(), {}
    assert brother.number is not None
    for name, household in (("dibao", ()), ("together", ((brother.name, brother.number.value, "sibling"),))):
        she.household = household
        she.page.goto("/eservices/dibao-apply/apply")
        she.consent()
        she.answer_all()
        found[name] = she.page.url.split("/")[-2] if household else she.send()
    she.page.goto(f"/eservices/draft/{found['together']}/household")
    below = f"/eservices/household/{found['together']}/"
    return {**found, "member": _first_below(she.page, below)}


def _first_below(page: Page, below: str) -> str:
    hrefs: list[str] = page.locator(f'#main a[href^="{below}"]').evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    names = [href.removeprefix(below).partition("/")[0].partition("?")[0] for href in hrefs]
    return next(name for name in names if name and name not in ("new", "grant"))


def lacking(routes: list[Mapping[str, Any]], left_out: Mapping[str, str]) -> list[str]:
    """Pages of the site that stand in no line."""
    addresses = [place.address.partition("?")[0] for place in read_places()]
    found = []
    for route in routes:
        path = str(route["path"])
        if path.startswith("/api/"):
            continue  # for programs
        pattern = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))
        if "GET" in route["methods"] and path not in left_out and not any(map(pattern.fullmatch, addresses)):
            found.append(path)
    return found
